import { afterEach, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import createApplication, { type FastifyInstance } from 'fastify';
import type { WebhookFastifyOptions } from '../../src/webhooks/fastify.ts';
import { memoryReplayStore } from '../../src/webhooks/replay-store.ts';
import { webhooks } from '../../src/webhooks/webhooks.ts';
import {
  closeAll,
  closeLater,
  dawdle,
  deliver,
  eventBody,
  failure,
  Ledger,
  secret,
  until,
} from './vendor.ts';

afterEach(closeAll);

/** An application with a hook below `/hook`, and a route of its own beside it. */
async function application(
  options?: Partial<WebhookFastifyOptions>,
): Promise<{ url: string; ledger: Ledger; app: FastifyInstance }> {
  const ledger = new Ledger();
  const { onEvent, onRejected } = ledger;
  const app = createApplication({ forceCloseConnections: true });
  await app.register(
    webhooks.fastify({
      path: '/hook',
      secret,
      toleranceSeconds: 600,
      onEvent,
      onRejected,
      ...options,
    }),
  );
  app.post('/other', async ({ body }) => ({ parsed: body }));
  closeLater(async () => app.close());
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url: `${origin}/hook`, ledger, app };
}

test('an event is handled, and answered with 204 and nothing more', async () => {
  const { url, ledger } = await application();
  expect(await deliver(url)).toEqual({ status: 204, text: '' });
  expect(ledger.events).toEqual([JSON.parse(eventBody)]);
});

test('a form, a text and an unknown type come as they were sent', async () => {
  const { url, ledger } = await application();
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/x-other']) {
    expect((await deliver(url, 'id=1', { 'content-type': type })).status).toBe(204);
  }
  expect(ledger.events).toEqual([{ id: '1' }, 'id=1', 'id=1']);
});

test('a body without a type is JSON, as elsewhere', async () => {
  const { url, ledger } = await application();
  expect((await deliver(url, '{"id":"1"}', { 'content-type': '' })).status).toBe(204);
  expect((await deliver(url, 'id=1', { 'content-type': '' })).status).toBe(400);
  for (const body of ['{"id":"2"}', 'id=2', '']) {
    // Bytes have no type that `fetch` would declare.
    const headers = { signature: webhooks.sign(body, { secret }) };
    const { status } = await fetch(url, { method: 'POST', body: Buffer.from(body), headers });
    expect(status).toBe(body.startsWith('{') ? 204 : 400);
  }
  const signature = webhooks.sign('', { secret });
  expect((await fetch(url, { method: 'POST', headers: { signature } })).status).toBe(400);
  expect(ledger.events).toEqual([{ id: '1' }, { id: '2' }]);
  const refused = { code: 'INVALID_RESPONSE' };
  expect(ledger.rejections).toMatchObject([refused, refused, refused, refused]);
});

test('a body has ten seconds to come, and then the connection is closed', async () => {
  const clock = new VirtualClock(new Date());
  const { url, ledger } = await application({ clock });
  const { answer } = dawdle(url);
  await until(() => clock.pendingTimers === 1);
  await clock.advance(10_000);
  expect(await answer).toMatch(/^HTTP\/1\.1 408 [^]*\r\nconnection: close\r\n/i);
  expect(ledger.rejections).toMatchObject([{ code: 'TIMEOUT' }]);
  expect((await deliver(url)).status).toBe(204);
  expect(clock.pendingTimers).toBe(0);
});

test('other routes parse their bodies as before', async () => {
  const { url } = await application();
  const response = await fetch(url.replace('/hook', '/other'), {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
  });
  expect(await response.json()).toEqual({ parsed: { a: 1 } });
});

test('a rejected signature is a 401, a replay a 409, a body that is too long a 413', async () => {
  const { url, ledger } = await application({
    replayStore: memoryReplayStore(),
    maximumBytes: 1000,
  });
  expect(await deliver(url, '{}', { signature: 'none' })).toEqual({ status: 401, text: '' });
  expect((await deliver(url)).status).toBe(204);
  expect(await deliver(url)).toEqual({ status: 409, text: '' });
  expect(await deliver(url, `"${'x'.repeat(1000)}"`)).toEqual({ status: 413, text: '' });
  expect(ledger.rejections).toMatchObject([
    { reason: 'malformed' },
    { reason: 'replayed' },
    { code: 'BAD_REQUEST' },
  ]);
});

test('a handler that fails makes a 500 without its words', async () => {
  const onEvent = () => Promise.reject(new Error('The database is down'));
  const { url, ledger } = await application({ onEvent });
  expect(await deliver(url)).toEqual({ status: 500, text: '' });
  expect(ledger.rejections).toEqual([{ message: 'The database is down' }]);
});

test('the path is below the prefix of the registration', async () => {
  const ledger = new Ledger();
  const app = createApplication({ forceCloseConnections: true });
  closeLater(async () => app.close());
  const { onEvent } = ledger;
  await app.register(webhooks.fastify({ secret, toleranceSeconds: 600, onEvent }), {
    prefix: '/hooks/s1seven',
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  expect((await deliver(`${origin}/hooks/s1seven`, '{}')).status).toBe(204);
  expect(ledger.events).toEqual([{}]);
});

test('a path that does not begin with a slash is refused', async () => {
  const error = await failure(() => webhooks.fastify({ path: 'hook', secret, onEvent: () => {} }));
  expect(error).toMatchObject({ code: 'CONFIGURATION', field: 'path' });
});
