import type { SecutixRest } from '@vendorkit/secutix-rest';
import type { Screen } from './screen.ts';
import type { Vendor } from './vendor.ts';

/** How the contacts went. */
export interface ContactReport {
  readonly count: number;
  readonly elapsedMs: number;
  /** What the quota alone makes it take, with the answers measured. */
  readonly minimumMs: number;
}

/** Asks for all contacts at once; the client spreads them over the quota. */
export async function fetchContacts(
  secutix: SecutixRest,
  vendor: Vendor,
  screen: Screen,
  longestAttemptMs: () => number,
): Promise<ContactReport> {
  const contacts = secutix.service('contactInformationPublicService');
  const { contactNumbers, contactRule } = vendor;
  const total = contactNumbers.length;
  const startedAt = performance.now();
  let done = 0;
  const fetchOne = async (contactNumber: string) => {
    await contacts.getContactData({ contactNumber, details: ['GENERAL', 'ADDRESSES'] });
    done += 1;
    screen.progress(done, total, waiting(secutix));
  };
  await Promise.all(contactNumbers.map(fetchOne));
  const elapsedMs = performance.now() - startedAt;
  const cycles = Math.max(0, Math.ceil(total / contactRule.limit) - 1);
  const minimumMs = cycles * contactRule.windowMs;
  screen.line(`${total} contacts in ${seconds(elapsedMs)}; answers took up to ${longestAttemptMs().toFixed(0)} ms`);
  return { count: total, elapsedMs, minimumMs };
}

/** Durations for a person. */
export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(2)} s`;
}

function waiting(secutix: SecutixRest): string {
  const { rules } = secutix.quota.peek();
  const [busiest] = rules.toSorted((one, other) => other.waiting - one.waiting);
  if (busiest === undefined || busiest.waiting === 0) return '';
  const { nextSlotAt } = busiest;
  const next = nextSlotAt === null ? 0 : Math.max(0, nextSlotAt.getTime() - Date.now());
  return `${busiest.waiting} wait for the quota, next slot in ${seconds(next)}`;
}
