import { describe, expect, test } from '@jest/globals';
import { aliveMethodOf, serviceKey, services } from '../../src/index.ts';
import { MalformedRequest, refused } from '../../src/museum/index.ts';
import { nightOrder, visit } from './visit.ts';

const catalogue = 'catalogService.getCatalog';

describe('a method', () => {
  test.each(services.map(({ name }) => name))('of %s tells that the service is alive', (name) => {
    const { ask } = visit();
    expect(ask(`${serviceKey(name)}.${aliveMethodOf(name)}`)).toEqual({
      statusCode: 'success',
      statusDetail: null,
      requestId: null,
    });
  });

  test('tells the time zone', () => {
    expect(visit().ask('externalAccessControlService.getTimeZone')).toMatchObject({
      timeZone: 'Europe/Zurich',
    });
  });

  test.each(['externalPaymentService.checkPayment', 'catalogService.toString', 'constructor'])(
    '%s is not imitated, and refused',
    (operation) => {
      expect(visit().ask(operation).statusCode).toBe('error.emulator.unsupported');
    },
  );

  test('can be replaced and added, and may throw', () => {
    const { ask, museum } = visit({
      methods: {
        [catalogue]: () => refused('error.forbidden', 'No.', { reason: 'scope' }),
        'voucherService.list': ({ id }, { nowMs }) => ({ id, nowMs }),
        'voucherService.burn': () => {
          throw new Error('ORA-00060: deadlock detected');
        },
      },
    });
    expect(ask(catalogue)).toMatchObject({ statusCode: 'error.forbidden', reason: 'scope' });
    expect(ask('voucherService.list', { id: 7n })).toMatchObject({
      statusCode: 'success',
      id: 7n,
      nowMs: Date.parse('2026-03-01T12:00:00.500Z'),
    });
    expect(() => ask('voucherService.burn')).toThrow('ORA-00060');
    expect([...museum.added]).toEqual([catalogue, 'voucherService.list', 'voucherService.burn']);
  });
});

describe('work that takes long', () => {
  const requestId = 9_007_199_254_740_993n;
  const from = new Date('2026-01-01T00:00:00Z');

  test('is in progress as often as was asked for, then done, and stays done', () => {
    const { ask, museum } = visit({ longRunning: { polls: 2 } });
    const parameters = { seasonCode: '2026', from };
    expect(ask(catalogue, { requestId: null, ...parameters })).toEqual({
      statusCode: 'in_progress',
      statusDetail: null,
      requestId,
    });
    const poll = () => ask(catalogue, { requestId, ...parameters, from: new Date(from) });
    expect([poll().statusCode, poll().statusCode]).toEqual(['in_progress', 'success']);
    expect(poll()).toMatchObject({ statusCode: 'success', requestId });
    expect(museum.state.submissions).toEqual({ [catalogue]: 1 });
  });

  test.each([[{}], [{ from: new Date(0) }], [{ from, more: 1n }]])(
    'is asked after with all its parameters, and not with %p',
    (others) => {
      const { ask } = visit({ longRunning: { polls: 1 } });
      ask(catalogue, { from });
      expect(() => ask(catalogue, { ...others, requestId })).toThrow(MalformedRequest);
    },
  );

  test('is not another method’s', () => {
    const { ask } = visit({ longRunning: { polls: 1 } });
    ask(catalogue);
    expect(ask('catalogService.getCatalogDetailed', { requestId }).statusCode).toBe(
      'error.request.unknown',
    );
  });

  test('is done once, however often it is asked after', () => {
    const operation = 'externalOrderFacade.createOrUpdateOrder';
    const { ask, museum } = visit({ longRunning: { polls: 1, operations: [operation] } });
    ask(operation, nightOrder(1));
    ask(operation, nightOrder(1, { requestId }));
    ask(operation, nightOrder(1, { requestId }));
    expect(museum.state.orders).toHaveLength(1);
  });
});

describe('the limits', () => {
  const minute = { limit: 1, windowMs: 60_000 } as const;

  test('count a service once, whichever way it is named', () => {
    const { museum } = visit({ quota: [{ key: 'service', ...minute }] });
    expect(museum.overLimit({ service: 'catalogService', method: 'a' }, false)).toBeUndefined();
    const refusal = museum.overLimit({ service: 'CatalogService', method: 'b' }, false);
    expect(refusal).toMatchObject({ status: 509, body: expect.stringContaining('<html>') });
    expect(museum.overLimit({ service: 'SetupService', method: 'a' }, false)).toBeUndefined();
    expect(museum.state.quotaRefusals).toBe(1);
  });

  test('count what leads nowhere for the institution only', () => {
    const { museum } = visit({ quota: [{ key: 'service', ...minute }] });
    expect(museum.overLimit(undefined, false)).toBeUndefined();
    expect(museum.overLimit(undefined, false)).toBeUndefined();
    const strict = visit({ quota: [{ key: 'institution', ...minute, status: 429 }] }).museum;
    expect(strict.overLimit(undefined, false)).toBeUndefined();
    expect(strict.overLimit(undefined, false)).toMatchObject({ status: 429 });
  });

  test('are the vendor’s by default: one detailed catalogue in ten minutes, its polls apart', async () => {
    const { museum, clock } = visit({ quota: undefined });
    const detailed = { service: 'CatalogService', method: 'getCatalogDetailed' };
    expect(museum.overLimit(detailed, false)).toBeUndefined();
    expect(museum.overLimit(detailed, true)).toBeUndefined();
    expect(museum.overLimit(detailed, false)).toMatchObject({ status: 509 });
    await clock.advance(600_000);
    expect(museum.overLimit(detailed, false)).toBeUndefined();
  });
});
