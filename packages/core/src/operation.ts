import type { Step } from './call-request.ts';
import { addContext, asVendorError, VendorError } from './errors/vendor-error.ts';
import { readWait } from './options.ts';
import type { Clock } from './time/clock.ts';
import { startDeadline, type Deadline } from './time/deadline.ts';

/** How long to wait for the result of an operation. */
export interface OperationWait {
  /** The longest wait, in milliseconds. The client's `deadline` if absent. */
  deadline?: number | undefined;
  /** Ends the wait, and nothing but the wait: the operation can be asked again. */
  signal?: AbortSignal | undefined;
}

/** Where an operation stands, as far as this process knows. */
export type OperationStatus = 'in-progress' | 'done' | 'failed';

/** What an operation needs of its client. */
export interface OperationHost<Result> {
  /** The operation's name, for its errors. */
  readonly operation: string;
  /** The vendor's name, for its errors. */
  readonly vendor: string;
  /** The client's clock. */
  readonly clock: Clock;
  /** How long to wait between two questions, in milliseconds. */
  readonly intervalMs: number;
  /** The client's deadline, in milliseconds. */
  readonly deadlineMs: number;
  /** Does what ends with the client: see `Engine.whileOpen`. */
  readonly whileOpen: <Result>(
    caller: AbortSignal | undefined,
    task: (signal: AbortSignal) => Promise<Result>,
  ) => Promise<Result>;
  /** Asks the vendor once. */
  readonly ask: (
    requestId: bigint | string | undefined,
    limits: { deadline: number; signal: AbortSignal | undefined },
  ) => Promise<Step<Result>>;
  /**
   * What must be kept to ask again after a restart. A method, so that an operation with a narrower
   * result can stand for one with a wider.
   */
  serialise(step: Step<Result>): Readonly<Record<string, unknown>>;
}

/**
 * Work that the vendor does for longer than one call. It can be kept (`JSON.stringify`) and resumed
 * by another process; it is never submitted twice.
 */
export class Operation<Result> {
  readonly #host: OperationHost<Result>;
  #step: Step<Result>;
  #failure: VendorError | undefined;
  #askAt: number;
  #asking: Promise<void> | undefined;

  constructor(host: OperationHost<Result>, step: Step<Result>, { askNow = false } = {}) {
    this.#host = host;
    this.#step = step;
    this.#askAt = host.clock.monotonicNow() + (askNow ? 0 : host.intervalMs);
  }

  /** The vendor's identifier of the operation, if it gave one. */
  get requestId(): bigint | string | undefined {
    return this.#step.requestId;
  }

  /** Where the operation stands. It changes only while somebody waits for the result. */
  get status(): OperationStatus {
    if (this.#failure) return 'failed';
    return this.#step.state;
  }

  /**
   * Waits for the result. A wait that was ended by its signal or deadline can be begun again.
   *
   * @throws VendorError `OPERATION_FAILED` if the vendor said no; `ABORTED` or `DEADLINE_EXCEEDED` if
   * the wait ended first; `INVALID_REQUEST` if an option is wrong; and whatever a call may throw.
   */
  async result(options?: OperationWait): Promise<Result> {
    const { clock, whileOpen, deadlineMs: usualMs } = this.#host;
    try {
      const { deadline: deadlineMs = usualMs, signal: caller } = readWait(options);
      return await whileOpen(caller, async (signal) =>
        this.#wait(startDeadline({ clock, deadlineMs, signal })),
      );
    } catch (thrown) {
      throw this.#explain(asVendorError(thrown, 'INVALID_RESPONSE'));
    }
  }

  /** What must be kept to resume the operation later, as plain JSON data. */
  toJSON(): Readonly<Record<string, unknown>> {
    return this.#host.serialise(this.#step);
  }

  async #wait(deadline: Deadline): Promise<Result> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      if (this.#step.state === 'done') return this.#step.result;
      deadline.check();
      const waitMs = this.#askAt - this.#host.clock.monotonicNow();
      // After a wait it is looked at again: somebody else may have asked meanwhile.
      if (waitMs > 0) await deadline.sleep(waitMs);
      else await this.#ask(deadline);
    }
  }

  /** Whatever became of a question, the operation itself was submitted. */
  #explain(error: VendorError): VendorError {
    const { vendor, operation } = this.#host;
    const { requestId } = this;
    addContext(error, { vendor, operation, requestId, outcome: 'answered' });
    return error.outcome === 'not-sent' && error.field === undefined
      ? Object.assign(error, { outcome: 'answered' })
      : error;
  }

  /** Asks the vendor once, however many wait for the answer. */
  async #ask(deadline: Deadline): Promise<void> {
    if (this.#asking) {
      // Somebody else's question may end with somebody else's abort: then the loop asks again.
      await deadline.until(this.#asking.catch(() => undefined));
      return;
    }
    this.#asking = this.#askOnce(deadline);
    try {
      await this.#asking;
    } finally {
      this.#asking = undefined;
    }
  }

  async #askOnce(wait: Deadline): Promise<void> {
    const { ask, clock, intervalMs } = this.#host;
    try {
      const limits = { deadline: Math.max(1, Math.floor(wait.remainingMs())), signal: wait.signal };
      const step = await ask(this.requestId, limits);
      // An answer that does not repeat the identifier does not change it.
      this.#step = { ...step, requestId: step.requestId ?? this.requestId };
    } catch (error) {
      if (VendorError.is(error) && error.code === 'OPERATION_FAILED') this.#failure = error;
      else throw error;
    } finally {
      this.#askAt = clock.monotonicNow() + intervalMs;
    }
  }
}
