import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, expect, test } from '@jest/globals';
import type { VendorError } from '../src/index.ts';
import { closeAll, connect, emulate } from './harness.ts';

afterEach(closeAll);

const nextTurn = () => new Promise((resume) => setTimeout(resume, 5));

const items = Array.from({ length: 20_000 }, (_, id) => ({
  id,
  label: `Visite ${id}`,
  note: 'x'.repeat(180),
  token: 'hidden',
}));
const headers = { 'content-type': 'application/json' };

test.each([
  ['a refusal', 200, 'OPERATION_FAILED'],
  ['an HTTP error', 400, 'BAD_REQUEST'],
])('%s of 5 MB is cleaned without holding the event loop', async (_name, status, code) => {
  const body = Buffer.from(JSON.stringify({ statusCode: 'error.big', items }));
  const emulator = await emulate();
  emulator.faults.answer({ status, headers, body }, { times: 2 });
  const client = connect(emulator);
  const call = () =>
    client
      .call('externalOrderFacade', 'createOrUpdateOrder')
      .then(undefined, (reason: unknown) => reason as VendorError);
  // Once before, so that nothing is compiled while the test measures.
  await call();
  await nextTurn();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await nextTurn();
  const error = await call();
  await nextTurn();
  delays.disable();
  expect(error).toMatchObject({ code, status, vendorCode: 'error.big' });
  const { details } = error as { details: { items: object[] } };
  expect(details.items).toHaveLength(20_000);
  expect(details.items[19_999]).toMatchObject({ token: '[redacted]' });
  // Reading the JSON is one piece of work; the rest is for a busy machine.
  expect(delays.max / 1e6).toBeLessThan(400);
});
