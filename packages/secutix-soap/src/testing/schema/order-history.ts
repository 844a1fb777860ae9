import { assumedResult, operation, record, result, service, type SchemaTypes } from './notation.ts';
import { requestId } from './shared-types.ts';

/** `ExternalOrderHistoryService`: the vendor's pages and a public client, which names no result element. */
export const orderHistoryService = service('ExternalOrderHistoryService', {
  countFilesByCriteria: operation(
    {
      ...requestId,
      pointOfSalesId: 'long',
      startDate: 'dateTime',
      endDate: 'dateTime',
      states: 'string*',
      productId: 'long~',
      performanceId: 'long~',
    },
    'FileCountResult',
    'result',
  ),
  listTicketsByCriteria: operation(
    { ticketFilterCriteria: 'TicketFilterCriteria', paginationParameter: 'PaginationParameter' },
    'TicketListResult',
    'result',
  ),
});

/** What the order history speaks of. */
export const orderHistoryTypes: SchemaTypes = {
  FileCountResult: assumedResult({ count: 'int' }),
  TicketFilterCriteria: record({
    pointOfSalesId: 'long',
    productId: 'long~',
    startDate: 'dateTime',
    endDate: 'dateTime',
  }),
  PaginationParameter: record({ startPosition: 'int', maxResult: 'int' }),
  TicketListResult: result({ truncated: 'boolean', ticketSummaries: 'TicketSummary*' }),
  TicketSummary: record({
    ticketState: 'string',
    performanceId: 'long',
    seatCategoryId: 'long~',
    audienceSubCategoryId: 'long',
    priceLevelId: 'long',
    price: 'long',
  }),
};
