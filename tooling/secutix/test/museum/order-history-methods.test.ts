import { expect, test } from '@jest/globals';
import { night, nightOrder, visit } from './visit.ts';

const list = 'externalOrderHistoryService.listTicketsByCriteria';
const count = 'externalOrderHistoryService.countFilesByCriteria';
const dates = { startDate: '2026-03-01T00:00:00Z', endDate: '2026-03-02T00:00:00Z' };

test('orders become tickets when they are closed', () => {
  const { ask, museum } = visit();
  const criteria = { ticketFilterCriteria: dates, paginationParameter: { maxResult: 2 } };
  ask('externalOrderFacade.createOrUpdateOrder', nightOrder(3));
  expect(ask(list, criteria)).toMatchObject({ truncated: false, ticketSummaries: [] });
  ask('externalOrderService.closeOrder', { orderId: museum.state.orders[0]?.orderId });
  expect(ask(list, criteria)).toMatchObject({
    truncated: true,
    ticketSummaries: [{ ticketState: 'VALID', price: 30_000n }, { performanceId: night }],
  });
  expect(ask(count, dates)).toMatchObject({ count: 1 });
  expect(ask(count, { endDate: '2026-02-01' })).toMatchObject({ count: 0 });
});

test('dates may come as dates, which XML has', () => {
  const { ask, museum } = visit();
  ask('externalOrderFacade.createOrUpdateOrder', nightOrder(1));
  ask('externalOrderService.closeOrder', { orderId: museum.state.orders[0]?.orderId });
  const criteria = { startDate: new Date(dates.startDate), endDate: new Date(dates.endDate) };
  expect(ask(count, criteria)).toMatchObject({ count: 1 });
  expect(ask(list, { ticketFilterCriteria: criteria }).statusCode).toBe('success');
});

test('a list without dates is refused', () => {
  expect(visit().ask(list).statusCode).toBe('error.parameter.missing');
});
