import type { EmulatedOrder } from './orders.ts';
import { refused, type MethodTable } from './method-result.ts';
import { countOf, longOf, objectOf, textOf, type CallParameters } from './parameters.ts';

/** A page of tickets has so many by default: the vendor's page. */
const defaultPage = 5_000;

/** The methods of `externalOrderHistoryService`, over the orders that were closed. */
export function orderHistoryMethods(orders: () => readonly EmulatedOrder[]): MethodTable {
  const closed = () => orders().filter((order) => order.orderState === 'COMPLETE');
  return {
    'externalOrderHistoryService.countFilesByCriteria': (parameters) => ({
      count: closed().filter(isWithin(parameters)).length,
    }),
    'externalOrderHistoryService.listTicketsByCriteria': (parameters) => {
      const criteria = objectOf(parameters, 'ticketFilterCriteria');
      if (
        textOf(criteria, 'startDate') === undefined ||
        textOf(criteria, 'endDate') === undefined
      ) {
        return refused('error.parameter.missing', '`startDate` and `endDate` are mandatory.');
      }
      const page = objectOf(parameters, 'paginationParameter');
      const first = countOf(page, 'startPosition') ?? 0;
      const end = first + (countOf(page, 'maxResult') ?? defaultPage);
      const tickets = ticketsOf(closed().filter(isWithin(criteria)), longOf(criteria, 'productId'));
      return { truncated: end < tickets.length, ticketSummaries: tickets.slice(first, end) };
    },
  };
}

function isWithin(criteria: CallParameters): (order: EmulatedOrder) => boolean {
  const startMs = Date.parse(textOf(criteria, 'startDate') ?? '1970-01-01');
  const endMs = Date.parse(textOf(criteria, 'endDate') ?? '9999-12-31');
  return ({ createdAtMs }) => createdAtMs >= startMs && createdAtMs <= endMs;
}

function ticketsOf(orders: readonly EmulatedOrder[], productId: bigint | undefined): object[] {
  return orders
    .flatMap((order) => order.lines)
    .filter(({ item }) => productId === undefined || item.product.id === productId)
    .flatMap(({ item, audienceSubCategoryId, quantity, unitPrice }) =>
      Array.from({ length: quantity }, () => ({
        ticketState: 'VALID',
        performanceId: item.id,
        audienceSubCategoryId,
        price: unitPrice,
      })),
    );
}
