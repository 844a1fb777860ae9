import { afterEach, describe, expect, test } from '@jest/globals';
import { parseJson, stringifyJson } from '@vendorkit/core';
import fc from 'fast-check';
import { Money, translate } from '../src/index.ts';
import { isPoll, readParameters, writeBody } from '../src/parameters.ts';
import { bodiesOf, closeAll, connect, emulate, failure, virtualClock } from './harness.ts';

afterEach(closeAll);

const largest = 9_223_372_036_854_775_807n;

describe('64-bit integers', () => {
  test.each([0n, 1n, 9_007_199_254_740_993n, largest, -largest - 1n])(
    '%s is sent and received exactly',
    async (id) => {
      const emulator = await emulate({
        clock: virtualClock(),
        methods: {
          'setupService.getProductDetails': ({ productId }) => ({
            productId,
            ids: [productId],
            lines: [{ id: productId, orderId: productId }],
          }),
        },
      });
      const secutix = connect(emulator);
      const result = await secutix.call('setupService', 'getProductDetails', { productId: id });
      expect(bodiesOf(emulator)).toEqual([`{"productId":${id}}`]);
      expect(result).toMatchObject({ productId: id, ids: [id], lines: [{ id, orderId: id }] });
    },
  );

  test('are bigint where the name declares an id or an amount, small ones too; else numbers', async () => {
    const emulator = await emulate({
      methods: {
        'setupService.getProductDetails': () => ({
          posId: 5,
          amount: 40_000,
          currentRate: 2_100,
          unsafe: 9_007_199_254_740_993n,
        }),
      },
    });
    const result = await connect(emulator).call('setupService', 'getProductDetails');
    expect(result).toMatchObject({
      posId: 5n,
      amount: 40_000n,
      currentRate: 2_100,
      unsafe: 9_007_199_254_740_993n,
    });
  });
});

test('amounts are thousandths, in and out', async () => {
  const emulator = await emulate({
    methods: { 'setupService.getProductDetails': ({ price }) => ({ price }) },
  });
  const price = Money.parse('40.005');
  const result = await connect(emulator).call('setupService', 'getProductDetails', { price });
  expect(bodiesOf(emulator)).toEqual(['{"price":40005}']);
  expect(Money.fromThousandths(result['price'] as bigint).toString()).toBe('40.005');
});

test('multilingual values are read by language', async () => {
  const { catalogData } = await connect(await emulate())
    .service('catalogService')
    .getCatalog();
  const product = catalogData?.seasons?.[0]?.products?.find(({ code }) => code === 'LIGHT');
  expect(product?.id).toBe(9_007_199_254_740_993n);
  expect(translate(product?.externalName, 'fr-CH')).toBe('Ombre et lumière');
});

describe('a parameter that JSON cannot hold is refused by name, before anything is sent:', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;

  test.each<[string, Record<string, unknown>]>([
    ['parameters.contactId', { contactId: 9_007_199_254_740_992 }],
    ['parameters.lines[1].amount', { lines: [{ amount: 1 }, { amount: 1e21 }] }],
    ['parameters.requestId', { requestId: 2 ** 53 }],
    ['parameters.requestId.a', { requestId: { a: NaN } }],
    ['parameters.rate', { rate: NaN }],
    ['parameters.rate', { rate: -Infinity }],
    ['parameters.callback', { callback: () => 'x' }],
    ['parameters.symbol', { symbol: Symbol('x') }],
    ['parameters.at', { at: new Date(NaN) }],
    ['parameters.bytes', { bytes: Buffer.from('x') }],
    ['parameters.map', { map: new Map([['a', 1]]) }],
    ['parameters.list[0]', { list: [undefined] }],
    ['parameters.self', cycle],
  ])('%s', async (field, parameters) => {
    const emulator = await emulate();
    const secutix = connect(emulator);
    const errors = [
      await failure(secutix.call('setupService', 'listSeasons', parameters)),
      await failure(secutix.start('setupService', 'listSeasons', parameters)),
      await failure(secutix.service('setupService').listSeasons(parameters)),
    ];
    for (const error of errors) {
      expect(error).toMatchObject({
        code: 'INVALID_REQUEST',
        field,
        outcome: 'not-sent',
        vendor: 'secutix',
        attempts: 0,
      });
    }
    expect(emulator.requests).toEqual([]);
  });
});

describe('a body', () => {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.constantFrom<unknown>(null, true, false, 0.1, -0, 1e-7, 5e300 / 3e299),
      fc.maxSafeInteger(),
      fc.bigInt({ min: -largest - 1n, max: largest }),
      fc.array(tie('value')),
      fc.dictionary(fc.string(), tie('value')),
    ),
  }));
  const object = fc.dictionary(fc.oneof(fc.string(), fc.constant('requestId')), value);

  test('is the parameters as flat JSON, and the vendor’s requestId takes the place of one’s own', () => {
    fc.assert(
      fc.property(object, fc.option(fc.bigInt(), { nil: undefined }), (parameters, requestId) => {
        const expected = requestId === undefined ? parameters : { ...parameters, requestId };
        const body = writeBody(readParameters(parameters), requestId);
        expect(parseJson(body)).toEqual(parseJson(stringifyJson(expected)));
        if (Object.hasOwn(expected, 'requestId')) expect(body).toMatch(/^\{"requestId":/);
      }),
    );
  });

  test('read and written again is the same text', () => {
    fc.assert(
      fc.property(object, (parameters) => {
        const body = writeBody(readParameters(parameters));
        expect(writeBody(readParameters(parseJson(body)))).toBe(body);
      }),
    );
  });

  test.each<[Record<string, unknown>, bigint | undefined, boolean]>([
    [{}, undefined, false],
    [{ requestId: null }, undefined, false],
    [{ requestId: undefined }, undefined, false],
    [{ requestId: 5n }, undefined, true],
    [{ requestId: '5' }, undefined, true],
    [{ requestId: null }, 5n, true],
    [{}, 0n, true],
  ])('of %p asks after %p: %p', (parameters, requestId, expected) => {
    expect(isPoll(readParameters(parameters), requestId)).toBe(expected);
  });
});

test('parameters that write themselves are refused: what is polled must be what was sent', () => {
  expect(() => readParameters({ toJSON: () => [1] })).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST', field: 'parameters.toJSON' }),
  );
});
