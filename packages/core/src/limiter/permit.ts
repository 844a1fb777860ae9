import type { ObservedQuota } from './restraint.ts';
import type { Priority } from './rule.ts';
import type { QuotaWindow, WindowCall } from './quota-window.ts';

/** A call that asks to be let through. */
export interface PermitRequest {
  /** The values of the scopes, for instance `{ institution: 'MOSA', service: 'catalogService' }`. */
  scopes: Readonly<Record<string, string>>;
  /**
   * Whether this asks again after a long-running operation.
   * @defaultValue false
   */
  poll?: boolean;
  /** Who goes first among those that wait. */
  priority: Priority;
  /** When the call must have begun at the latest, on the monotonic scale of the limiter's clock. */
  deadlineAt: number;
  /** Ends the wait. */
  signal?: AbortSignal | undefined;
}

/**
 * The right to send one request. It must be given back by exactly one of `settle`, `refused` and
 * `release`; what comes after the first of them is ignored, but for a refusal after `settle`.
 */
export interface Permit {
  /** How long the call waited for it, in milliseconds. */
  readonly waitedMs: number;
  /**
   * Whether the call is the first one after a pause, which tries out whether the vendor accepts again.
   * It is so until the permit is given back. Limiters of older copies of this package do not tell.
   */
  readonly isProbe?: boolean | undefined;
  /**
   * The call was answered, or ended without an answer. Its slots become free a window later.
   *
   * @param options - `transitMs`: how much later than now the vendor may still count the call, in
   * milliseconds: 0 for a call that was answered.
   */
  settle(options?: { transitMs?: number }): void;
  /** Nothing was sent: the slots are free again at once. */
  release(): void;
  /**
   * The vendor refused the call (429 or 509): its quota pauses, once for all calls under way.
   *
   * @param options - `retryAfterMs`: the pause that the vendor asked for, in milliseconds; a window if
   * absent.
   */
  refused(options: { retryAfterMs?: number }): void;
  /**
   * What the answer told of the quota. It is taken to speak of the call's rule with the limit that it
   * names, or else of the narrowest.
   */
  learn(observed: ObservedQuota): void;
}

/** The answer to a call that gets no permit. */
export interface Refusal {
  granted: false;
  /** `quota`: no slot in time. `aborted`: by the call's signal. `closed`: the limiter was. */
  reason: 'aborted' | 'quota' | 'closed';
  /** When a slot is expected, and no earlier: on the wall clock, in milliseconds since the epoch. */
  availableAtMs: number;
}

/** The limiter's answer. */
export type Admission = { granted: true; permit: Permit } | Refusal;

/** What a permit reports to. */
export interface PermitOwner {
  /** The call ended. */
  settle(permit: QuotaPermit, transitMs: number): void;
  /** The call was not sent. */
  release(permit: QuotaPermit): void;
  /** The vendor refused the call. */
  cool(permit: QuotaPermit, retryAfterMs: number | undefined): void;
  /** The vendor told how it counts. */
  learn(permit: QuotaPermit, observed: ObservedQuota): void;
}

/** A permit that holds a slot in each of its windows. */
export class QuotaPermit implements Permit, WindowCall {
  readonly waitedMs: number;
  /** When it was granted, on the clock's monotonic scale. */
  readonly dispatchedAt: number;
  /** Where it holds a slot. */
  readonly windows: readonly QuotaWindow[];
  readonly #owner: PermitOwner;
  #state: 'open' | 'settled' | 'released' = 'open';

  /** Takes the slots. The caller has made sure that they are free. */
  constructor(
    owner: PermitOwner,
    windows: readonly QuotaWindow[],
    dispatchedAt: number,
    waitedMs: number,
  ) {
    this.#owner = owner;
    this.windows = windows;
    this.dispatchedAt = dispatchedAt;
    this.waitedMs = waitedMs;
    for (const window of windows) window.take(this);
  }

  get isProbe(): boolean {
    return this.windows.some((window) => window.isProbe(this));
  }

  settle(options?: { transitMs?: number }): void {
    if (this.#state !== 'open') return;
    this.#state = 'settled';
    this.#owner.settle(this, positive(options?.transitMs) ?? 0);
  }

  release(): void {
    if (this.#state !== 'open') return;
    this.#state = 'released';
    this.#owner.release(this);
  }

  refused({ retryAfterMs }: { retryAfterMs?: number }): void {
    if (this.#state === 'released') return;
    // The pause begins first: the slot that becomes free must not let the next call through.
    this.#owner.cool(this, positive(retryAfterMs));
    this.settle();
  }

  learn(observed: ObservedQuota): void {
    if (this.#state !== 'released') this.#owner.learn(this, observed);
  }
}

function positive(durationMs: number | undefined): number | undefined {
  return durationMs !== undefined && durationMs >= 0 ? durationMs : undefined;
}
