import type { SecutixRest } from '@vendorkit/secutix-rest';
import type { Screen } from './screen.ts';
import type { Tally } from './tally.ts';
import type { Vendor } from './vendor.ts';

/** How the contacts went. */
export interface ContactReport {
  readonly count: number;
  readonly elapsedMs: number;
  /** What the quota makes it take at least: full windows, and the answers between them. */
  readonly minimumMs: number;
}

/** Asks for all contacts at once; the client spreads them over the quota. */
export async function fetchContacts(
  secutix: SecutixRest,
  { contactNumbers, contactRule }: Vendor,
  screen: Screen,
  tally: Tally,
): Promise<ContactReport> {
  const contacts = secutix.service('contactInformationPublicService');
  const count = contactNumbers.length;
  const before = { ...tally };
  const startedAt = performance.now();
  let done = 0;
  const fetchOne = async (contactNumber: string) => {
    await contacts.getContactData({ contactNumber, details: ['GENERAL', 'ADDRESSES'] });
    done += 1;
    screen.progress(done, count, waiting(secutix));
  };
  await Promise.all(contactNumbers.map(fetchOne));
  const elapsedMs = performance.now() - startedAt;
  const answerMs = (tally.attemptsMs - before.attemptsMs) / (tally.attempts - before.attempts);
  const cycles = Math.ceil(count / contactRule.limit) - 1;
  const minimumMs = cycles * (contactRule.windowMs + answerMs) + answerMs;
  screen.line(
    `${count} contacts in ${seconds(elapsedMs)}; an answer took ${answerMs.toFixed(0)} ms on average`,
  );
  return { count, elapsedMs, minimumMs };
}

/** Durations for a person. */
export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(2)} s`;
}

/** How many wait, and when the next of them may go. */
function waiting(secutix: SecutixRest): string {
  const busy = secutix.quota.peek().rules.filter((rule) => rule.waiting > 0 && rule.nextSlotAt);
  const [rule] = busy;
  if (!rule?.nextSlotAt) return '';
  const nextMs = Math.max(0, rule.nextSlotAt.getTime() - Date.now());
  return `${rule.waiting} wait for the quota; the next slot is free in ${seconds(nextMs)}`;
}
