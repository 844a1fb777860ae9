import type { SecutixRest } from '@vendorkit/secutix-rest';
import type { Product } from './catalogue.ts';
import type { Screen } from './screen.ts';

/** How many ids went to the program and back without losing a digit. */
export interface IdReport {
  readonly sent: number;
  readonly found: number;
  /** How many of them are above 2^53, where ordinary numbers lose digits. */
  readonly long: number;
}

/** Sends the ids of the catalogue back: only an id with all its digits is found again. */
export async function verifyIds(
  secutix: SecutixRest,
  products: readonly Product[],
  pointOfSalesId: bigint,
  screen: Screen,
): Promise<IdReport> {
  const productIds = products.map(({ id }) => id);
  const performanceIds = products.flatMap(
    ({ event }) => event?.performances.map(({ id }) => id) ?? [],
  );
  const ids = [...productIds, ...performanceIds];
  const availability = secutix.service('availabilityService');
  const [byProduct, byPerformance] = await Promise.all([
    availability.getUpdatedAvailabilities({
      pointOfSalesId,
      productIds,
      referenceDate: '2000-01-01T00:00:00.000Z',
    }),
    availability.getPerformanceAvailability({ pointOfSalesId, performanceIds }),
  ]);
  const performances = (byPerformance['performanceAvailabilityData'] ?? []) as {
    performanceId: bigint;
  }[];
  const found = new Set([
    ...(byProduct.availabilityUpdateData ?? []).map(({ productId }) => productId),
    ...performances.map(({ performanceId }) => performanceId),
  ]);
  const report = {
    sent: ids.length,
    found: ids.filter((id) => found.has(id)).length,
    long: ids.filter((id) => id > BigInt(Number.MAX_SAFE_INTEGER)).length,
  };
  screen.line(`${report.found} of ${report.sent} found again, ${report.long} of them above 2^53`);
  return report;
}
