import { createHash, randomUUID } from 'node:crypto';
import type { Clock, Timer } from '@vendorkit/core';
import type { Mode } from '../../operation-caller.ts';
import { hashContent, type ContentHash } from './canonical.ts';
import type { CompanyRecord, IdentityRecord } from './records.ts';

/** A certificate that was notarized, or that is waiting for it. */
export interface Notarization {
  readonly jobId: string;
  readonly mode: Mode;
  readonly hash: ContentHash;
  readonly certificate: unknown;
  readonly company: CompanyRecord;
  readonly identity: IdentityRecord;
  /** ISO 8601: of the job, and of the transaction once there is one. */
  readonly timestamp: string;
  /** Absent while the job waits. */
  readonly transactionId?: string;
}

/** Notarizes certificates a little later, each content once in each mode. */
export class Notary {
  readonly #clock: Clock;
  readonly #durationMs: number;
  readonly #onNotarized: (notarization: Notarization) => void;
  readonly #notarizations = new Map<string, Notarization>();
  readonly #timers = new Set<Timer>();

  /** @param durationMs - How long a job takes. */
  constructor(clock: Clock, durationMs: number, onNotarized: (notarization: Notarization) => void) {
    this.#clock = clock;
    this.#durationMs = durationMs;
    this.#onNotarized = onNotarized;
  }

  get all(): readonly Notarization[] {
    return [...this.#notarizations.values()];
  }

  find(certificate: unknown, mode: Mode): Notarization | undefined {
    return this.#notarizations.get(keyOf(hashContent(certificate), mode));
  }

  /** Begins a job. The same content may be submitted again; it has one job. */
  submit(
    certificate: unknown,
    { mode, company, identity }: Pick<Notarization, 'mode' | 'company' | 'identity'>,
  ): { readonly notarization: Notarization; readonly isNew: boolean } {
    const known = this.find(certificate, mode);
    if (known !== undefined) return { notarization: known, isNew: false };
    const notarization: Notarization = {
      jobId: randomUUID(),
      mode,
      hash: hashContent(certificate),
      certificate,
      company,
      identity,
      timestamp: this.#now(),
    };
    this.#keep(notarization);
    this.#later(() => this.#finish(notarization));
    return { notarization, isNew: true };
  }

  /** Calls off the jobs that wait. */
  close(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #finish(job: Notarization): void {
    const transactionId = createHash('sha256').update(job.jobId).digest('hex');
    const notarization = { ...job, transactionId, timestamp: this.#now() };
    this.#keep(notarization);
    this.#onNotarized(notarization);
  }

  #keep(notarization: Notarization): void {
    this.#notarizations.set(keyOf(notarization.hash, notarization.mode), notarization);
  }

  #later(task: () => void): void {
    const timer = this.#clock.schedule(this.#durationMs, () => {
      this.#timers.delete(timer);
      task();
    });
    this.#timers.add(timer);
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}

function keyOf({ value }: ContentHash, mode: Mode): string {
  return `${mode} ${value}`;
}
