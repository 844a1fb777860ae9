import { startDeadline } from '@vendorkit/core';
import type { AccessToken } from '../token.ts';
import type { EventsHost } from './events-host.ts';
import { pause } from './pause.ts';

const minuteMs = 60_000;

/** Tokens that end at once, as a wrong clock makes them look, must not make us connect at once. */
const shortestDelayMs = 1000;

/**
 * When to ask for a new token, in milliseconds from now: four to five minutes before the end, so that
 * not all clients ask at once, and once more at the end. Of a token that lives for minutes only, half
 * its life is used first.
 *
 * @param remainingMs - How long the token lives on.
 */
export function renewalDelays(remainingMs: number, random: () => number): number[] {
  if (remainingMs <= 0) return [];
  const early = remainingMs - 4 * minuteMs - random() * minuteMs;
  return [early, remainingMs].map((delayMs) => Math.max(delayMs, remainingMs / 2, shortestDelayMs));
}

/**
 * Waits until there is another token in place of one that is about to end. A broker may close the
 * connection at that moment, as RabbitMQ's OAuth2 back end does, or not at all, as its HTTP back end
 * does (RabbitMQ 4.0, measured); it never takes a new token on an old connection.
 *
 * @returns `false` if there is none, or the signal was aborted.
 */
export async function untilRenewed(
  { tokens, clock, deadlineMs }: Pick<EventsHost, 'tokens' | 'clock' | 'deadlineMs'>,
  { token, expiresAtMs }: AccessToken,
  signal: AbortSignal,
  random: () => number,
): Promise<boolean> {
  if (expiresAtMs === undefined) return false;
  const startMs = clock.monotonicNow();
  for (const delayMs of renewalDelays(expiresAtMs - clock.now(), random)) {
    await pause(clock, startMs + delayMs - clock.monotonicNow(), signal);
    if (signal.aborted) return false;
    const deadline = startDeadline({ clock, deadlineMs, signal });
    try {
      const renewed = await deadline.until(tokens.getRenewed(deadline));
      if (renewed.token !== token) return !signal.aborted;
    } catch {
      // The connection stands, whatever is wrong; it is asked again at the token's end.
    }
  }
  return false;
}
