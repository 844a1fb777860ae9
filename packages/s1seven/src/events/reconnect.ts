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
      /** Whether a second connection proved that it was no takeover. */
      readonly isNoTakeover: boolean;
    };

/** What earlier endings say about the next attempt. */
export interface History {
  /** How many attempts in a row were in vain. */
  readonly failures: number;
  /** How many connections in a row were short. */
  readonly shortLives: number;
  /**
   * How likely it is that another client with the same id takes the session over again and again, in
   * tenths.
   */
  readonly takeoverScore: number;
  /** The topic that was not answered in the last attempt, how often running, and since when. */
  readonly unanswered:
    | { readonly topic: string; readonly times: number; readonly sinceMs: number }
    | undefined;
}

/** Before the first attempt. */
export const noHistory: History = {
  failures: 0,
  shortLives: 0,
  takeoverScore: 0,
  unanswered: undefined,
};

const healthyMs = 10_000;

/** A connection that lived so long, in milliseconds, was not taken over. */
export const longLifeMs = 30_000;

const suspicious = 30;
const revocationMs = 60_000;

/**
 * Takes an ending into account.
 *
 * MQTT 3.1.1 tells nobody that his session was taken over: the connection is closed, as by a network
 * that cuts it. A connection that was closed within 30 s is suspected, but a tenth as much while
 * messages come: then two clients that fight still get something done, and a network that cuts often
 * must not be taken for a rival.
 */
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
    takeoverScore: isShort && !ending.isNoTakeover ? scoreAfter(history, ending) : 0,
    unanswered: undefined,
  };
}

function scoreAfter(
  { takeoverScore }: History,
  { byOtherSide, hasTraffic }: Ending & { kind: 'cut' },
): number {
  if (!byOtherSide) return takeoverScore;
  return takeoverScore + (hasTraffic ? 1 : 10);
}

/** Whether the next connection is to be watched for a takeover. */
export function suspectsTakeover({ takeoverScore }: History): boolean {
  return takeoverScore >= suspicious;
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

/**
 * How long to wait before the next attempt, in milliseconds: any length up to a bound that doubles
 * with each failure (full jitter), and with every eighth short connection, so that a fight for the
 * session does not become a storm.
 */
export function reconnectDelayMs(history: History, ending: Ending, random: () => number): number {
  if (ending.kind === 'again') return 0;
  const doublings = Math.max(0, history.failures - 1) + Math.floor(history.shortLives / 8);
  return random() * Math.min(longestBoundMs, firstBoundMs * 2 ** doublings);
}
