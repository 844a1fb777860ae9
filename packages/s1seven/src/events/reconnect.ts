import type { VendorError } from '@vendorkit/core';

/** How an attempt to stay connected ended, in so far as it may go on. */
export type Ending =
  /** There is another token, or reason to ask for one. */
  | { readonly kind: 'again' }
  /** No connection, or no login. */
  | { readonly kind: 'unreachable'; readonly reason: VendorError }
  /** The connection ended between SUBSCRIBE and SUBACK. */
  | {
      readonly kind: 'unanswered';
      readonly reason: VendorError;
      readonly topic: string;
      /** Whether the broker granted this topic before. */
      readonly wasGranted: boolean;
      /** When it was, by a clock that never jumps, in milliseconds. */
      readonly atMs: number;
    }
  /** The connection ended after all topics were granted. */
  | {
      readonly kind: 'cut';
      readonly reason: VendorError;
      readonly livedMs: number;
      /** Whether the other side closed it, as it does after a takeover. */
      readonly byOtherSide: boolean;
      /** Whether a message came by it that was not sent before, or one was acknowledged. */
      readonly hasProgressed: boolean;
      /** Whether any message came lately, by this connection or those before. */
      readonly hasTraffic: boolean;
      /** What a second connection proved, if there was one and it could tell. */
      readonly proof: TakeoverProof | undefined;
      /** When it was, by a clock that never jumps, in milliseconds. */
      readonly atMs: number;
    };

/**
 * What a second connection, which nobody competes for, tells of the first one's end. It lives: only the
 * first was closed, as after a takeover. It ended too, or before: whatever cuts connections cut both.
 */
export type TakeoverProof = 'takeover' | 'network';

/** How likely it is that another client with the same id takes the session over again and again. */
export interface Suspicion {
  /** In hundredths; from 300 on, connections are accompanied by a second one. */
  readonly score: number;
  /** When it began, by a clock that never jumps, in milliseconds. */
  readonly sinceMs: number;
  /** How many endings in a row were proved to be of the first connection only. */
  readonly confirmations: number;
  /** How many endings in a row had no second connection, because the broker refuses it. */
  readonly unproved: number;
}

/** What earlier endings say about the next attempt. */
export interface History {
  /** How many attempts in a row were in vain. */
  readonly failures: number;
  /** How many connections in a row were short. */
  readonly shortLives: number;
  readonly suspicion: Suspicion;
  /** The topic that was not answered in the last attempt, how often running, and since when. */
  readonly unanswered:
    | { readonly topic: string; readonly times: number; readonly sinceMs: number }
    | undefined;
}

const noSuspicion: Suspicion = { score: 0, sinceMs: 0, confirmations: 0, unproved: 0 };

/** Before the first attempt. */
export const noHistory: History = {
  failures: 0,
  shortLives: 0,
  suspicion: noSuspicion,
  unanswered: undefined,
};

const healthyMs = 10_000;

/** A connection that lived so long, in milliseconds, is not part of a fight for the session. */
export const longLifeMs = 30_000;

const suspiciousScore = 300;
const idleScore = 100;
const busyScore = 15;
const revocationMs = 60_000;

/** Takes an ending into account. */
export function historyAfter(history: History, ending: Ending): History {
  switch (ending.kind) {
    case 'again':
      return { ...history, failures: 0, unanswered: undefined };
    case 'unreachable':
      return { ...history, failures: history.failures + 1, unanswered: undefined };
    case 'unanswered': {
      const { topic, atMs } = ending;
      const before = history.unanswered?.topic === topic ? history.unanswered : undefined;
      const { times = 0, sinceMs = atMs } = before ?? {};
      const unanswered = { topic, times: times + 1, sinceMs };
      return { ...history, failures: history.failures + 1, unanswered };
    }
    case 'cut':
      break;
  }
  const isShort = ending.livedMs < longLifeMs;
  const isHealthy = ending.hasProgressed || ending.livedMs >= healthyMs;
  return {
    failures: isHealthy ? 0 : history.failures + 1,
    shortLives: isShort ? history.shortLives + 1 : 0,
    suspicion: suspicionAfter(isShort ? history.suspicion : noSuspicion, ending),
    unanswered: undefined,
  };
}

/**
 * MQTT 3.1.1 tells nobody that his session was taken over: the connection is closed, as by a network
 * that cuts it. So each ending by the other side is suspected, but less while messages come: then two
 * clients that fight still get something done, and a network that cuts often must not be taken for a
 * rival. The older of two rivals is closed first, also out of a long life, and so is ahead in all that
 * is counted here.
 */
function suspicionAfter(before: Suspicion, ending: Ending & { kind: 'cut' }): Suspicion {
  const { byOtherSide, hasTraffic, proof, atMs } = ending;
  if (proof === 'network') return noSuspicion;
  if (!byOtherSide) return before;
  const isWatched = before.score >= suspiciousScore;
  return {
    score: before.score + (hasTraffic ? busyScore : idleScore),
    sinceMs: before.score === 0 ? atMs : before.sinceMs,
    confirmations: before.confirmations + (proof === 'takeover' ? 1 : 0),
    unproved: isWatched && proof === undefined ? before.unproved + 1 : 0,
  };
}

/** Whether the next connection is to be watched for a takeover. */
export function suspectsTakeover({ suspicion }: History): boolean {
  return suspicion.score >= suspiciousScore;
}

/** From so long after its first connect on, in milliseconds, a stream gives way to a newer one. */
const oldMs = 60_000;
const proofOfOld = { confirmations: 4, overMs: 10_000 };
const proofOfYoung = { confirmations: 7, overMs: 20_000 };

/**
 * Whether a takeover is proved. Of two rivals the older gives way, as the broker lets the newest win:
 * the process that a new one replaces, not the new one.
 *
 * @param readySinceMs - When the stream was subscribed for the first time, by the clock of the endings.
 * @returns How long to wait, in milliseconds, before it is: the second connection has to last so long;
 * `undefined` if it is not.
 */
export function takeoverProvedInMs(
  { suspicion }: History,
  { atMs }: { readonly atMs: number },
  readySinceMs: number,
): number | undefined {
  const needed = atMs - readySinceMs > oldMs ? proofOfOld : proofOfYoung;
  if (suspicion.confirmations < needed.confirmations) return undefined;
  return Math.max(0, suspicion.sinceMs + needed.overMs - atMs);
}

/** The history without what was suspected. */
export function withoutSuspicion(history: History): History {
  return { ...history, suspicion: noSuspicion };
}

/**
 * Whether the broker refuses the topic: RabbitMQ 3.10 closes the connection instead of answering
 * (measured). Once may be the network. If the topic was granted before, the network is the likelier
 * cause, unless it goes on for a minute.
 */
export function isRefusal(
  { unanswered }: History,
  { wasGranted, atMs }: Ending & { kind: 'unanswered' },
): boolean {
  const { times = 0, sinceMs = atMs } = unanswered ?? {};
  return wasGranted ? times >= 5 && atMs - sinceMs >= revocationMs : times >= 2;
}

const firstBoundMs = 250;
const longestBoundMs = 30_000;
const firstFightBoundMs = 1000;
const longestFightBoundMs = 8000;

/**
 * How long to wait before the next attempt, in milliseconds: any length up to a bound (full jitter).
 * It doubles with each failure, with every eighth short connection, and with every third that should
 * have been watched for a takeover and could not be, so that it is at its longest after twenty of
 * them. It doubles with each confirmed takeover, too, up to less than a long life.
 */
export function reconnectDelayMs(history: History, ending: Ending, random: () => number): number {
  if (ending.kind === 'again') return 0;
  return random() * (ending.kind === 'cut' ? boundAfterCutMs(history) : boundMs(history));
}

function boundAfterCutMs(history: History): number {
  const { confirmations } = history.suspicion;
  if (confirmations === 0) return boundMs(history);
  return Math.min(longestFightBoundMs, firstFightBoundMs * 2 ** confirmations);
}

function boundMs({ failures, shortLives, suspicion }: History): number {
  const doublings =
    Math.max(0, failures - 1) + Math.floor(shortLives / 8) + Math.floor(suspicion.unproved / 3);
  return Math.min(longestBoundMs, firstBoundMs * 2 ** doublings);
}
