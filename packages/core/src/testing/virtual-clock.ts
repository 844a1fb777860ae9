import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as realSleep } from 'node:timers/promises';
import type { Clock, Timer } from '../time/clock.ts';

interface Alarm {
  at: number;
  order: number;
  task: () => void;
}

/**
 * How many turns of the event loop, of a millisecond or more, real input and output may stand still
 * before virtual time moves on regardless. Turns, since a busy computer makes them longer.
 */
const patience = 50;

/**
 * A clock that a test moves by hand, so that a two-minute quota passes in milliseconds. Give the same
 * clock to a client and to its emulator.
 *
 * @example
 * ```ts
 * const clock = new VirtualClock();
 * const emulator = await startSecutixRestEmulator({ clock });
 * const secutix = new SecutixRest({ ...emulator.options, clock });
 * await clock.run(Promise.all(calls)); // minutes pass as fast as the calls allow
 * ```
 */
export class VirtualClock implements Clock {
  readonly #epochMs: number;
  #elapsedMs = 0;
  #order = 0;
  #alarms: Alarm[] = [];
  #inFlight = 0;
  /** Counts whatever happens, so that a standstill can be told from much work. */
  #steps = 0;

  /** @param start - The wall clock's first reading; 1 January 2026 if absent. */
  constructor(start: Date = new Date('2026-01-01T00:00:00Z')) {
    this.#epochMs = start.getTime();
  }

  /** The virtual wall clock, in milliseconds since the Unix epoch. */
  now(): number {
    return this.#epochMs + this.#elapsedMs;
  }

  /** How much virtual time has passed since the clock was made, in milliseconds. */
  monotonicNow(): number {
    return this.#elapsedMs;
  }

  /** How many timers are armed. */
  get pendingTimers(): number {
    return this.#alarms.length;
  }

  schedule(delayMs: number, task: () => void): Timer {
    const alarm = { at: this.#elapsedMs + Math.max(0, delayMs), order: (this.#order += 1), task };
    this.#alarms.push(alarm);
    this.#steps += 1;
    return {
      cancel: () => {
        this.#steps += 1;
        this.#alarms = this.#alarms.filter((other) => other !== alarm);
      },
    };
  }

  /** Waits on this clock. A server that sleeps here does not hold virtual time back. */
  async sleep(delayMs: number): Promise<void> {
    this.#count(-1);
    await new Promise<void>((resolve) => this.schedule(delayMs, resolve));
    this.#count(1);
  }

  /** Lets so much time pass, firing every timer on the way at its moment. */
  async advance(durationMs: number): Promise<void> {
    const end = this.#elapsedMs + durationMs;
    await settle();
    for (let next = this.#next(); next !== undefined && next.at <= end; next = this.#next()) {
      this.#fire(next);
      // Each timer's consequences come before the next timer.
      await settle();
    }
    this.#elapsedMs = end;
  }

  /**
   * Lets time pass as fast as possible until a promise settles. Time stands still while a Vendorkit
   * client or its emulator is busy with real input and output.
   */
  async run<Result>(promise: Promise<Result>): Promise<Result> {
    const work = { isDone: false };
    const finish = () => {
      work.isDone = true;
    };
    promise.then(finish, finish);
    const sent = () => this.#count(1);
    const ended = () => this.#count(-1);
    subscribe('vendorkit:attemptStart', sent);
    subscribe('vendorkit:attemptEnd', ended);
    try {
      while (!work.isDone) {
        await this.#quiet(work);
        const next = this.#next();
        if (!work.isDone && next !== undefined) this.#fire(next);
      }
    } finally {
      unsubscribe('vendorkit:attemptStart', sent);
      unsubscribe('vendorkit:attemptEnd', ended);
      this.#inFlight = 0;
    }
    return promise;
  }

  async #quiet(work: { isDone: boolean }): Promise<void> {
    await settle();
    let seen = this.#steps;
    for (let turns = 0; turns < patience && !work.isDone && this.#busy(); turns += 1) {
      await realSleep(1);
      if (this.#steps !== seen) turns = 0;
      seen = this.#steps;
    }
    await settle();
  }

  #count(change: 1 | -1): void {
    this.#inFlight += change;
    this.#steps += 1;
  }

  #busy(): boolean {
    return this.#inFlight > 0 || this.#alarms.length === 0;
  }

  #next(): Alarm | undefined {
    let next: Alarm | undefined;
    for (const alarm of this.#alarms) {
      if (
        next === undefined ||
        alarm.at < next.at ||
        (alarm.at === next.at && alarm.order < next.order)
      )
        next = alarm;
    }
    return next;
  }

  #fire(alarm: Alarm): void {
    this.#alarms = this.#alarms.filter((other) => other !== alarm);
    this.#elapsedMs = Math.max(this.#elapsedMs, alarm.at);
    alarm.task();
  }
}

/** Lets everything that is already due, microtasks and immediates, happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
