import { describe, expect, test } from '@jest/globals';
import { Redactor, type Reading, type VendorError } from '@vendorkit/core';
import { canaries, canary } from '../../canary/canary.ts';
import { readWebMethodResult, SecutixError, type ResultContext } from '../src/index.ts';

const requestId = 9_007_199_254_740_993n;
const context: ResultContext = {
  status: 200,
  isRepeatable: false,
  redactor: new Redactor([canaries.password]),
  pause: async () => {},
};

async function failureOf(work: Promise<Reading<unknown>>): Promise<VendorError> {
  const reading = await work;
  if (reading.state !== 'failed') throw new Error('It should have failed.');
  return canary.watch(reading.error);
}

test('a success is the whole result, its requestId beside it', async () => {
  const result = { statusCode: 'success', requestId, catalogData: {} };
  expect(await readWebMethodResult(result, context)).toEqual({ state: 'done', result, requestId });
});

describe('work in progress', () => {
  const result = { statusCode: 'in_progress', requestId };

  test('is asked after with its requestId, which XML may give as a text', async () => {
    const inProgress = { state: 'in-progress', requestId };
    expect(await readWebMethodResult(result, context)).toEqual(inProgress);
    const text = { ...result, requestId: String(requestId) };
    expect(await readWebMethodResult(text, context)).toEqual(inProgress);
  });

  test('without a requestId is repeated if that does no harm', async () => {
    const reading = await readWebMethodResult(
      { ...result, requestId: null },
      { ...context, isRepeatable: true },
    );
    expect(reading).toEqual({ state: 'in-progress', requestId: undefined });
  });

  test('without a requestId is a failure of unknown outcome if it does', async () => {
    expect(
      await failureOf(readWebMethodResult({ ...result, requestId: null }, context)),
    ).toMatchObject({
      code: 'INVALID_RESPONSE',
      vendorCode: 'in_progress',
      outcome: 'unknown',
      status: 200,
    });
  });
});

test.each([undefined, null, true, 'success', [], {}, { statusCode: null }, { statusCode: '' }])(
  '%j is no result',
  async (result) => {
    expect(await failureOf(readWebMethodResult(result, context))).toMatchObject({
      code: 'INVALID_RESPONSE',
      outcome: 'answered',
      status: 200,
    });
  },
);

describe('a refusal', () => {
  const result = {
    statusCode: 'error.order.availability',
    statusDetail: 'Sold out',
    requestId,
    soldOut: [{ performanceId: 2n ** 63n - 1n, since: new Date(0) }],
  };

  test('has the vendor’s code, explanation and data', async () => {
    const error = await failureOf(readWebMethodResult(result, context));
    expect(error).toBeInstanceOf(SecutixError);
    expect(error).toMatchObject({
      code: 'OPERATION_FAILED',
      message: 'SecuTix refused with `error.order.availability`: Sold out',
      status: 200,
      vendorCode: 'error.order.availability',
      statusDetail: 'Sold out',
      requestId,
      outcome: 'answered',
      details: { soldOut: result.soldOut },
    });
  });

  test('without data has no details', async () => {
    const bare = { statusCode: 'error.forbidden', statusDetail: null, requestId: null };
    const error = await failureOf(readWebMethodResult(bare, context));
    expect(error.message).toBe('SecuTix refused with `error.forbidden`.');
    expect(error).not.toHaveProperty('details');
    expect(error).not.toHaveProperty('statusDetail');
  });

  test.each(['parsed from JSON', 'from XML'])('%s repeats no secret', async (origin) => {
    const quoting = {
      ...result,
      statusCode: `error.${canaries.password}`,
      statusDetail: `Not ${canaries.password}`,
      login: { password: 'x', note: canaries.password },
    };
    const { login } = quoting;
    const json = origin === 'from XML' ? undefined : JSON.stringify({ login });
    expect(await failureOf(readWebMethodResult(quoting, { ...context, json }))).toMatchObject({
      statusDetail: 'Not [redacted]',
      details: { login: { password: '[redacted]', note: '[redacted]' } },
    });
  });
});

test('many business data are cleaned in slices, and the call can end meanwhile', async () => {
  const items = Array.from({ length: 20_000 }, (_, id) => ({ id, token: 'x', note: `n${id}` }));
  const result = { statusCode: 'error', items };
  const json = JSON.stringify(result);
  for (const more of [{}, { json }]) {
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    const error = await failureOf(readWebMethodResult(result, { ...context, ...more, pause }));
    expect(pauses).toBeGreaterThan(1);
    expect(error.details).toEqual({
      items: items.map((item) => ({ ...item, token: '[redacted]' })),
    });
    const ended = new Error('The call is over.');
    const ending = { ...context, ...more, pause: () => Promise.reject(ended) };
    await expect(readWebMethodResult(result, ending)).rejects.toBe(ended);
  }
});

test('a long code and a long explanation are cut', async () => {
  const long = 'x'.repeat(3_000_000);
  const error = await failureOf(
    readWebMethodResult({ statusCode: long, statusDetail: long }, context),
  );
  expect(error.message).toMatch(/^SecuTix refused with `x{200}…`: x{2000}$/);
  expect(error.vendorCode).toHaveLength(2_000);
  expect((error as SecutixError).statusDetail).toHaveLength(10_000);
});
