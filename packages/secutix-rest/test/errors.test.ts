import { afterEach, describe, expect, test } from '@jest/globals';
import type { EmulatorAnswer } from '@vendorkit/core/testing';
import { canaries } from '../../../tooling/canary/canary.ts';
import { SecutixError, VendorError } from '../src/index.ts';
import { refused } from '../src/testing/index.ts';
import { closeAll, connect, emulate, failure, virtualClock } from './harness.ts';

afterEach(closeAll);

const json = (value: unknown, status = 200): EmulatorAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: typeof value === 'string' ? value : JSON.stringify(value),
});

/** How a write fails when the vendor gives this answer each time. */
async function failureOf(answer: EmulatorAnswer): Promise<VendorError> {
  const clock = virtualClock();
  const emulator = await emulate({ clock });
  emulator.faults.answer(answer, { times: 100 });
  const call = connect(emulator).call('externalOrderFacade', 'createOrUpdateOrder');
  return failure(clock.run(call));
}

describe('an HTTP status', () => {
  test.each([
    [301, 'INVALID_RESPONSE'],
    [302, 'INVALID_RESPONSE'],
    [400, 'BAD_REQUEST'],
    [401, 'UNAUTHENTICATED'],
    [402, 'BAD_REQUEST'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [405, 'BAD_REQUEST'],
    [406, 'BAD_REQUEST'],
    [409, 'CONFLICT'],
    [410, 'NOT_FOUND'],
    [413, 'BAD_REQUEST'],
    [415, 'BAD_REQUEST'],
    [422, 'BAD_REQUEST'],
    [500, 'SERVER_ERROR'],
    [501, 'SERVER_ERROR'],
    [502, 'SERVER_ERROR'],
    [503, 'SERVER_ERROR'],
    [504, 'SERVER_ERROR'],
  ] as const)('of %i is %s, after one attempt', async (status, code) => {
    const error = await failureOf(json({ message: 'No.' }, status));
    expect(error).toBeInstanceOf(SecutixError);
    expect(error).toMatchObject({
      code,
      status,
      vendor: 'secutix',
      operation: 'externalOrderFacade.createOrUpdateOrder',
      attempts: 1,
      retryable: false,
      outcome: 'answered',
      details: { message: 'No.' },
    });
    expect(error.message).toBe(`SecuTix answered with HTTP ${status}: No.`);
  });

  test.each([429, 509])('of %i is RATE_LIMITED after three attempts', async (status) => {
    const error = await failureOf(json({ message: 'Slowly.' }, status));
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      status,
      attempts: 3,
      retryable: true,
      outcome: 'answered',
      hint: expect.stringContaining('support'),
    });
  });

  test('is never followed elsewhere', async () => {
    const emulator = await emulate();
    const location = `${emulator.url}/tnseb/backend-apis/setupService/v1_33/listSeasons`;
    emulator.faults.answer({ status: 302, headers: { location } });
    const error = await failure(connect(emulator).call('setupService', 'listSeasons'));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', status: 302 });
    expect(emulator.requests).toHaveLength(1);
  });
});

describe('a page that is not JSON', () => {
  test('of a 509 is kept in part, in its own encoding', async () => {
    const error = await failureOf({
      status: 509,
      headers: { 'content-type': 'text/html; charset=iso-8859-1' },
      body: Buffer.from('<h1>Bande passante dépassée</h1>', 'latin1'),
    });
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      details: { text: '<h1>Bande passante dépassée</h1>' },
    });
  });

  test('is cut, and its secrets are taken out before', async () => {
    const body = `${'x'.repeat(1_980)}${canaries.secret}`;
    const { details, message } = await failureOf({ status: 500, body });
    const { text = '' } = details as { text?: string };
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(text).toMatch(/^x{1980}\[redacted/);
    expect(message).toBe('SecuTix answered with HTTP 500.');
  });

  test('or nothing at all leaves no details', async () => {
    expect(await failureOf({ status: 500 })).not.toHaveProperty('details');
  });
});

describe('the detailed message of a 500', () => {
  test('is kept, with all its fields and its 64-bit integers', async () => {
    const error = await failureOf(
      json(
        '{"statusCode":"error.internal","statusDetail":"NPE in OrderService","ticketId":9007199254740993}',
        500,
      ),
    );
    expect(error).toMatchObject({
      code: 'SERVER_ERROR',
      vendorCode: 'error.internal',
      statusDetail: 'NPE in OrderService',
      details: { statusDetail: 'NPE in OrderService', ticketId: 9_007_199_254_740_993n },
    });
    expect(error.toJSON()).toMatchObject({
      statusDetail: 'NPE in OrderService',
      details: { ticketId: '9007199254740993' },
    });
  });

  test('does not repeat a secret or a token that the vendor quotes', async () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJNT1NBIn0.c2lnbmF0dXJlLW9mLXRoaXM';
    const error = await failureOf(
      json({ message: `Bearer ${token} is wrong for ${canaries.secret}`, secret: 'x' }, 500),
    );
    expect(error.message).toMatch(/^SecuTix answered with HTTP 500: .*\[redacted/);
    expect(error.details).toMatchObject({ secret: '[redacted]' });
  });
});

describe('a status of success', () => {
  test.each<[string, EmulatorAnswer]>([
    ['204', { status: 204 }],
    ['an empty 200', { status: 200, headers: { 'content-type': 'application/json' } }],
    ['HTML', { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Hello</p>' }],
    ['truncated JSON', json('{"statusCode":"success","catalogData":{"sea')],
    ['two texts', json('{"statusCode":"success"}{"statusCode":"success"}')],
    ['null', json('null')],
    ['a list', json('[{"statusCode":"success"}]')],
    ['a text', json('"success"')],
    ['no statusCode', json({ catalogData: {} })],
    ['a number as statusCode', json({ statusCode: 0 })],
    ['an empty statusCode', json({ statusCode: '' })],
    ['null as statusCode', json({ statusCode: null })],
    ['an inherited statusCode', json('{"__proto__":{"statusCode":"success"}}')],
    ['the statusCode in a wrapper', json({ result: { statusCode: 'success' } })],
  ])('with %s is INVALID_RESPONSE', async (_what, answer) => {
    expect(await failureOf(answer)).toMatchObject({
      code: 'INVALID_RESPONSE',
      status: answer.status,
      attempts: 1,
      retryable: false,
      outcome: 'answered',
    });
  });

  test.each(['Success', 'SUCCESS', ' success', 'ok', 'error.order.availability', 'in progress'])(
    'and the statusCode %j is OPERATION_FAILED',
    async (statusCode) => {
      const error = await failureOf(
        json({ statusCode, statusDetail: 'Sold out', requestId: null }),
      );
      expect(error).toBeInstanceOf(SecutixError);
      expect(error).toMatchObject({
        code: 'OPERATION_FAILED',
        status: 200,
        vendorCode: statusCode,
        statusDetail: 'Sold out',
        attempts: 1,
        retryable: false,
        outcome: 'answered',
      });
      expect(error.message).toBe(`SecuTix refused with \`${statusCode}\`: Sold out`);
      expect(error).not.toHaveProperty('details');
    },
  );
});

test('the business data that come with a refusal are kept, exactly', async () => {
  const emulator = await emulate({
    methods: {
      'setupService.listSeasons': () =>
        refused('error.order.availability', 'Two of them are sold out.', {
          requestId: 77n,
          expectedException: true,
          soldOut: [{ performanceId: 9_223_372_036_854_775_807n, amount: 40_000n, quantity: 2 }],
        }),
    },
  });
  const error = await failure(connect(emulator).call('setupService', 'listSeasons'));
  const soldOut = [{ performanceId: 9_223_372_036_854_775_807n, amount: 40_000n, quantity: 2 }];
  expect(error).toMatchObject({
    vendorCode: 'error.order.availability',
    requestId: 77n,
    details: { expectedException: true, soldOut },
  });
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    name: 'SecutixError',
    requestId: '77',
    statusDetail: 'Two of them are sold out.',
    details: {
      soldOut: [{ performanceId: '9223372036854775807', amount: '40000', quantity: 2 }],
    },
  });
});

test('a refusal without a detail ends its sentence', async () => {
  const error = await failureOf(json({ statusCode: 'error.shipmentSent', statusDetail: null }));
  expect(error.message).toBe('SecuTix refused with `error.shipmentSent`.');
  expect(error).not.toHaveProperty('statusDetail');
});

test('a SecutixError is a VendorError, and other errors are neither', async () => {
  const error = await failureOf(json({}, 400));
  expect(VendorError.is(error)).toBe(true);
  expect(new Error('x')).not.toBeInstanceOf(SecutixError);
  const local = new VendorError('x', { code: 'CLOSED' });
  expect(local).not.toBeInstanceOf(SecutixError);
});
