import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import express from 'express';
import express4 from 'express4';
import { z } from 'zod';
import type { WebhookHandlerOptions } from '../../src/webhooks/handler-options.ts';
import { memoryReplayStore } from '../../src/webhooks/replay-store.ts';
import { webhooks } from '../../src/webhooks/webhooks.ts';
import {
  closeAll,
  dawdle,
  deliver,
  eventBody,
  failure,
  Ledger,
  secret,
  serve,
  until,
} from './vendor.ts';

afterEach(closeAll);

/** The age of a signature does not matter on a busy machine, unless the test is about it. */
const patient = { secret, toleranceSeconds: 600 };

/** A server of node:http, and what its handler was given to do. */
async function receiver(
  options?: Partial<WebhookHandlerOptions>,
): Promise<{ url: string; ledger: Ledger }> {
  const ledger = new Ledger();
  const { onEvent, onRejected } = ledger;
  const handle = webhooks.handler({ ...patient, onEvent, onRejected, ...options });
  return { url: await serve((request, response) => void handle(request, response)), ledger };
}

describe('over node:http', () => {
  test('an event is handled, and answered with 204 and nothing more', async () => {
    const { url, ledger } = await receiver();
    expect(await deliver(url)).toEqual({ status: 204, text: '' });
    expect(ledger.events).toEqual([JSON.parse(eventBody)]);
    expect(ledger.rejections).toEqual([]);
  });

  test('a form is read by its content type', async () => {
    const { url, ledger } = await receiver();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await deliver(url, 'resource=wallets&action=create_one', type)).toEqual({
      status: 204,
      text: '',
    });
    expect(ledger.events).toEqual([{ resource: 'wallets', action: 'create_one' }]);
  });

  test('an empty body of another type can be signed', async () => {
    const { url, ledger } = await receiver();
    expect((await deliver(url, '', { 'content-type': 'text/plain' })).status).toBe(204);
    expect(ledger.events).toEqual(['']);
  });

  test.each<[string, string, number, string, string | undefined]>([
    ['a wrong signature', webhooks.sign('{}', { secret }), 401, 'SIGNATURE_REJECTED', 'mismatch'],
    ['no signature that could be', 'none', 401, 'SIGNATURE_REJECTED', 'malformed'],
    [
      'an old signature',
      webhooks.sign(eventBody, { secret, timestamp: 1_623_336_052 }),
      401,
      'SIGNATURE_REJECTED',
      'too-old',
    ],
  ])('%s is refused, and told to the user only', async (_kind, signature, status, code, reason) => {
    const { url, ledger } = await receiver();
    expect(await deliver(url, eventBody, { signature })).toEqual({ status, text: '' });
    expect(ledger.rejections).toEqual([{ code, reason, message: expect.any(String) }]);
    expect(ledger.events).toEqual([]);
  });

  test('two signature headers are refused', async () => {
    const { url, ledger } = await receiver();
    const [host = '', port = ''] = new URL(url).host.split(':');
    const socket = connect(Number(port), host);
    const signature = `signature: ${webhooks.sign('{}', { secret })}\r\n`;
    socket.end(
      `POST /hook HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${signature}${signature}content-length: 2\r\n\r\n{}`,
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
    expect(ledger.rejections).toMatchObject([{ reason: 'repeated' }]);
    socket.destroy();
  });

  test.each([
    ['a body that is not what it says', '{"id":', 'application/json'],
    ['a body without a type that is no JSON', 'id=1', ''],
    ['an empty body', '', 'application/json'],
    ['an empty body without a type', '', ''],
  ])('%s is a 400, though it is signed', async (_kind, body, type) => {
    const { url, ledger } = await receiver();
    expect((await deliver(url, body, { 'content-type': type })).status).toBe(400);
    expect(ledger.rejections).toMatchObject([{ code: 'INVALID_RESPONSE' }]);
  });

  test('a body without a type is JSON', async () => {
    const { url, ledger } = await receiver();
    expect((await deliver(url, eventBody, { 'content-type': '' })).status).toBe(204);
    expect(ledger.events).toEqual([JSON.parse(eventBody)]);
  });

  test('a signed body that does not fit the schema is a 400', async () => {
    const { url } = await receiver({ schema: z.object({ certificate: z.string() }) });
    expect((await deliver(url)).status).toBe(400);
    expect((await deliver(url, '{"certificate":"1"}')).status).toBe(204);
  });

  test('a body may have a mebibyte, and no more', async () => {
    const { url, ledger } = await receiver();
    const text = { 'content-type': 'text/plain' };
    expect((await deliver(url, 'x'.repeat(1_048_576), text)).status).toBe(204);
    expect(await deliver(url, 'x'.repeat(1_048_577), text)).toEqual({ status: 413, text: '' });
    expect((await deliver(url, 'x'.repeat(20_000_000), text)).status).toBe(413);
    expect(ledger.rejections).toMatchObject([{ code: 'BAD_REQUEST' }, { code: 'BAD_REQUEST' }]);
    const small = await receiver({ maximumBytes: 10 });
    expect((await deliver(small.url, '"34567890"')).status).toBe(204);
    expect((await deliver(small.url, '"345678901"')).status).toBe(413);
  });

  test('anything but a POST is a 405', async () => {
    const { url, ledger } = await receiver();
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await fetch(url, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
    expect(ledger.rejections).toHaveLength(3);
  });

  test('a body has ten seconds to come, and then the connection is closed', async () => {
    const clock = new VirtualClock(new Date());
    const { url, ledger } = await receiver({ clock });
    const { write, answer } = dawdle(url);
    await until(() => clock.pendingTimers === 1);
    await clock.advance(9_999);
    write('"');
    expect(ledger.rejections).toEqual([]);
    await clock.advance(1);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 [^]*\r\nconnection: close\r\n/i);
    expect(ledger.rejections).toEqual([
      { code: 'TIMEOUT', message: expect.stringContaining('10000 ms') },
    ]);
    expect((await deliver(url)).status).toBe(204);
    expect(clock.pendingTimers).toBe(0);
  });

  test('the time that a body has can be chosen', async () => {
    const clock = new VirtualClock(new Date());
    const { url } = await receiver({ clock, bodyTimeout: 50 });
    const { answer } = dawdle(url);
    await until(() => clock.pendingTimers === 1);
    await clock.advance(50);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('a body that is too long and does not end is not read for ever', async () => {
    const clock = new VirtualClock(new Date());
    const { url } = await receiver({ clock, maximumBytes: 1 });
    const { answer } = dawdle(url, { start: '{}' });
    await until(() => clock.pendingTimers === 1);
    await clock.advance(10_000);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('the body of what is no POST is not waited for', async () => {
    const { url } = await receiver();
    expect(await dawdle(url, { method: 'PUT' }).answer).toMatch(
      /^HTTP\/1\.1 405 [^]*\r\nconnection: close\r\n/i,
    );
  });

  test('a connection is kept for the next delivery', async () => {
    const { url } = await receiver();
    const headers = { signature: webhooks.sign('{}', { secret }) };
    for (const request of [{ method: 'POST', body: '{}', headers }, { method: 'GET' }]) {
      const response = await fetch(url, request);
      expect(response.headers.get('connection')).toBe('keep-alive');
    }
  });

  test('a request that is cut leaves the server alive, and is told', async () => {
    const { url, ledger } = await receiver();
    const [host = '', port = ''] = new URL(url).host.split(':');
    const socket = connect(Number(port), host);
    socket.write('POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    await once(socket, 'connect');
    setTimeout(() => socket.destroy(), 50);
    await until(() => ledger.rejections.length > 0);
    expect(ledger.rejections).toMatchObject([{ code: 'CONNECTION' }]);
    expect((await deliver(url)).status).toBe(204);
  });

  test('a handler that fails makes a 500 without its words, and the user hears of it', async () => {
    const heard: unknown[] = [];
    const { url } = await receiver({
      onEvent: () => {
        throw new Error('The database is down');
      },
      onRejected: (error, event) => void heard.push((error as Error).message, event?.id),
    });
    expect(await deliver(url)).toEqual({ status: 500, text: '' });
    expect(heard).toEqual(['The database is down', '61a0']);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('Not this either');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('Not this either');
      },
    ],
  ])('an onRejected that %s changes nothing', async (_kind, onRejected) => {
    const { url } = await receiver({ onRejected });
    expect((await deliver(url, '{}', { signature: 'none' })).status).toBe(401);
    const failing = await receiver({ onRejected, onEvent: onRejected });
    expect((await deliver(failing.url)).status).toBe(500);
  });

  test('the answer waits for the handler, and its signal tells when nobody waits any more', async () => {
    let aborted = false;
    let entered = false;
    const { url } = await receiver({
      onEvent: async (_event, { signal }) => {
        entered = true;
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        aborted = signal.aborted;
      },
    });
    const vendor = new AbortController();
    const signature = webhooks.sign('{}', { secret });
    const request = fetch(url, {
      method: 'POST',
      body: '{}',
      headers: { signature },
      signal: vendor.signal,
    });
    const ended = request.catch((error: Error) => error.name);
    await until(() => entered);
    expect(aborted).toBe(false);
    vendor.abort();
    expect(await ended).toBe('AbortError');
    await until(() => aborted);
  });

  test('the signal of an event that was answered is not aborted', async () => {
    let kept: AbortSignal | undefined;
    const { url } = await receiver({ onEvent: (_event, { signal }) => void (kept = signal) });
    await deliver(url);
    await closeAll();
    expect(kept?.aborted).toBe(false);
  });
});

describe('with a replay store', () => {
  test('a delivery that was handled comes through once', async () => {
    const { url, ledger } = await receiver({ replayStore: memoryReplayStore() });
    expect((await deliver(url)).status).toBe(204);
    expect((await deliver(url)).status).toBe(409);
    expect(ledger.events).toHaveLength(1);
    expect(ledger.rejections).toMatchObject([{ reason: 'replayed' }]);
  });

  test('a delivery whose handler failed can come again', async () => {
    let runs = 0;
    const onEvent = () => {
      runs += 1;
      if (runs === 1) throw new Error('Not now');
    };
    const { url } = await receiver({ replayStore: memoryReplayStore(), onEvent });
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await deliver(url)).status);
    expect(statuses).toEqual([500, 204, 409]);
  });

  test('a delivery that comes while it is being handled is not handled twice', async () => {
    let finish = () => {};
    let runs = 0;
    const onEvent = async () => {
      runs += 1;
      await new Promise<void>((resolve) => (finish = resolve));
    };
    const { url } = await receiver({ replayStore: memoryReplayStore(), onEvent });
    const first = deliver(url);
    await until(() => runs === 1);
    expect((await deliver(url)).status).toBe(409);
    finish();
    expect((await first).status).toBe(204);
    expect(runs).toBe(1);
  });

  test('what a process was handling when it died can come again, what it had handled cannot', async () => {
    const clock = new VirtualClock(new Date());
    const replayStore = memoryReplayStore({ clock });
    const dying = await receiver({ replayStore, onEvent: () => new Promise<void>(() => {}) });
    const lost = deliver(dying.url).catch(() => 'cut');
    const heir = await receiver({ replayStore });
    await until(async () => (await deliver(heir.url)).status === 409);
    await clock.advance(5 * 60_000);
    expect((await deliver(heir.url)).status).toBe(204);
    await clock.advance(86_399_000);
    expect((await deliver(heir.url)).status).toBe(409);
    await clock.advance(1000);
    expect((await deliver(heir.url)).status).toBe(204);
    await closeAll();
    expect(await lost).toBe('cut');
  });

  test('a store that cannot forget keeps a failed delivery for the whole time', async () => {
    const asked: unknown[] = [];
    const seen = new Set<string>();
    const remember = (key: string, ttlMs: number) => {
      asked.push(ttlMs);
      return seen.size !== seen.add(key).size;
    };
    const onEvent = () => Promise.reject(new Error('Not now'));
    const { url } = await receiver({ replayStore: { remember }, onEvent });
    expect([(await deliver(url)).status, (await deliver(url)).status]).toEqual([500, 409]);
    expect(asked).toEqual([86_400_000, 86_400_000]);
  });

  test('a store that is down lets nothing through, and no success is taken back', async () => {
    let isDown = true;
    const down = () => {
      if (isDown) throw new Error('The store is down');
    };
    const remember = () => {
      down();
      return true;
    };
    const { url, ledger } = await receiver({ replayStore: { remember, forget: down } });
    expect((await deliver(url)).status).toBe(500);
    expect(ledger.events).toEqual([]);
    isDown = false;
    const failing = await receiver({
      replayStore: { remember, forget: down },
      onEvent: () => void (isDown = true),
    });
    expect((await deliver(failing.url)).status).toBe(204);
    // Its words may name an address, or a password.
    const told = { code: 'CONNECTION', message: 'The replay store failed.' };
    expect([ledger.rejections, failing.ledger.rejections]).toEqual([[told], [told]]);
  });
});

describe.each([
  ['4', express4 as unknown as typeof express],
  ['5', express],
])('in Express %s', (_version, express) => {
  /** An application with a hook, after whatever the test puts before it. */
  async function app(
    ...parsers: express.RequestHandler[]
  ): Promise<{ url: string; ledger: Ledger }> {
    const ledger = new Ledger();
    const { onEvent, onRejected } = ledger;
    const application = express();
    if (parsers.length > 0) application.use(parsers);
    application.post('/hook', webhooks.handler({ ...patient, onEvent, onRejected }));
    return { url: await serve(application), ledger };
  }

  test('an event is handled without any parser', async () => {
    const { url, ledger } = await app();
    expect(await deliver(url)).toEqual({ status: 204, text: '' });
    expect((await deliver(url, '{}', { signature: 'none' })).status).toBe(401);
    expect(ledger.events).toEqual([JSON.parse(eventBody)]);
  });

  test.each([
    ['raw', () => express.raw({ type: '*/*' })],
    ['text', () => express.text({ type: '*/*' })],
    ['json for other types', () => express.json({ type: 'application/vnd.other+json' })],
  ])('an event is handled after express.%s', async (_kind, parser) => {
    const { url, ledger } = await app(parser());
    expect((await deliver(url)).status).toBe(204);
    expect(ledger.events).toEqual([JSON.parse(eventBody)]);
  });

  test('an event is handled after a parser that kept the bytes as rawBody', async () => {
    const keep = (request: object, _response: unknown, bytes: Buffer) =>
      void Object.assign(request, { rawBody: bytes });
    const { url, ledger } = await app(express.json({ verify: keep }));
    expect((await deliver(url)).status).toBe(204);
    expect(ledger.events).toEqual([JSON.parse(eventBody)]);
  });

  test('after express.json the user is told that the bytes are gone', async () => {
    const { url, ledger } = await app(express.json());
    expect(await deliver(url)).toEqual({ status: 500, text: '' });
    expect(ledger.rejections).toEqual([
      { code: 'INVALID_REQUEST', message: expect.stringContaining('express.raw') },
    ]);
    expect(ledger.events).toEqual([]);
  });

  test('a body that does not come in time is a 408', async () => {
    const clock = new VirtualClock(new Date());
    const application = express();
    application.use('/hook', webhooks.handler({ ...patient, clock, onEvent: () => {} }));
    const { answer } = dawdle(await serve(application));
    await until(() => clock.pendingTimers === 1);
    await clock.advance(10_000);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 [^]*\r\nconnection: close\r\n/i);
  });

  test('a handler that fails is no failure of the application', async () => {
    const application = express();
    const onEvent = () => Promise.reject(new Error('The database is down'));
    application.use('/hook', webhooks.handler({ ...patient, onEvent }));
    const url = await serve(application);
    expect(await deliver(url)).toEqual({ status: 500, text: '' });
  });
});

test.each<[Record<string, unknown>, string]>([
  [{ onEvent: () => {} }, 'secret'],
  [{ secret }, 'onEvent'],
  [{ secret, onEvent: () => {}, maximumBytes: 0 }, 'maximumBytes'],
  [{ secret, onEvent: () => {}, bodyTimeout: 0 }, 'bodyTimeout'],
  [{ secret, onEvent: () => {}, clock: { now: () => 0 } }, 'clock'],
  [{ secret, onEvent: () => {}, onRejected: 'log' }, 'onRejected'],
  [{ secret, onEvent: () => {}, path: '/' }, 'path'],
])('a wrong option is refused by name: %#', async (options, field) => {
  const error = await failure(() => webhooks.handler(options as unknown as WebhookHandlerOptions));
  expect(error).toMatchObject({ code: 'CONFIGURATION', field });
});
