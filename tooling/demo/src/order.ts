import { Money, VendorError, type SecutixRest } from '@vendorkit/secutix-rest';
import type { SecutixRestEmulator } from '@vendorkit/secutix-rest/testing';
import type { Product } from './catalogue.ts';
import type { Screen } from './screen.ts';

/** How the order went. */
export interface OrderReport {
  /** How many orders the vendor holds. */
  readonly orders: number;
  /** What the program got to see. */
  readonly error: VendorError;
}

/**
 * Orders two tickets through a connection that breaks after the vendor has done the work. The client
 * does not repeat a write whose outcome is unknown; the program looks first.
 */
export async function orderOnce(
  secutix: SecutixRest,
  emulator: SecutixRestEmulator,
  {
    pointOfSalesId,
    products,
    screen,
  }: { pointOfSalesId: bigint; products: readonly Product[]; screen: Screen },
): Promise<OrderReport> {
  const { performanceId, audienceSubCategoryId, amount } = firstTicket(products);
  const availability = async () => {
    const answer = await secutix.call('availabilityService', 'getPerformanceAvailability', {
      pointOfSalesId,
      performanceIds: [performanceId],
    });
    const [performance] = answer['performanceAvailabilityData'] as { quantity: number }[];
    return performance?.quantity ?? 0;
  };
  const before = await availability();
  screen.line(`two tickets of ${Money.fromThousandths(amount).toString()} each; ${before} left`);
  emulator.faults.next('lost', { when: ({ path }) => path.endsWith('/createOrUpdateOrder') });
  try {
    await secutix.service('externalOrderFacade').createOrUpdateOrder({
      pointOfSalesId,
      orderType: 'SALE',
      purchasersInfo: { contactReference: '301' },
      singleEntryAttributionOperations: [
        { operationAttributions: [{ performanceId, audienceSubCategoryId, quantity: 2 }] },
      ],
    });
  } catch (error) {
    if (!VendorError.is(error)) throw error;
    const { code, outcome, attempts } = error;
    screen.line(`the connection breaks: ${code}, outcome ${outcome}, ${attempts} attempt`);
    const sold = before - (await availability());
    screen.line(`the program looks before it repeats: ${sold} fewer left, so the order was taken`);
    return { orders: emulator.state.orders.length, error };
  }
  throw new Error('The connection should have broken.');
}

function firstTicket(products: readonly Product[]): {
  performanceId: bigint;
  audienceSubCategoryId: bigint;
  amount: bigint;
} {
  for (const { event } of products) {
    const [performance] = event?.performances ?? [];
    const price = performance?.prices.find(({ amount }) => amount > 0n);
    if (performance && price) {
      const { audSubCatId: audienceSubCategoryId, amount } = price;
      return { performanceId: performance.id, audienceSubCategoryId, amount };
    }
  }
  throw new Error('The catalogue sells no tickets.');
}
