import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { fixture } from '../../../core/test/fixtures/fixture.ts';
import { eventually } from './eventually.ts';
import { closeAll, connect, failure, hostOf, startBroker, topic } from './harness.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(90_000);
afterEach(closeAll);

const ca = fixture('authority.pem');
const tls = { key: fixture('server-key.pem').toString(), cert: fixture('server.pem').toString() };
const otherHost = {
  key: fixture('other-host-key.pem').toString(),
  cert: fixture('other-host.pem').toString(),
};

const transports = ['mqtts', 'wss'] as const;
const urlOf = (broker: { url: string; webSocketUrl: string }, transport: string) =>
  transport.startsWith('ws') ? broker.webSocketUrl : broker.url;

test.each(['mqtt', 'ws', ...transports])('events come over %s', async (transport) => {
  const isSecure = transport.endsWith('s') && transport !== 'ws';
  const broker = await startBroker(isSecure ? { tls } : {});
  const url = urlOf(broker, transport);
  expect(url.startsWith(`${transport}:`)).toBe(true);
  const handled: unknown[] = [];
  const stream = await connect({
    broker,
    host: hostOf({ url }, { ca }),
    handler: (event) => handled.push(event.payload),
  });
  broker.publish(topic, '1');
  await eventually(() => handled.length === 1);
  broker.cut();
  broker.publish(topic, `"${'x'.repeat(200_000)}"`);
  await eventually(() => handled.length >= 2);
  await stream.close();
  expect(broker.log.at(-1)).toMatchObject({ kind: 'close', reason: 'disconnect' });
});

describe('a certificate that is not in order', () => {
  test.each(transports)(
    'ends the stream at once over %s, before the token is sent',
    async (transport) => {
      const broker = await startBroker({ tls });
      const host = hostOf({ url: urlOf(broker, transport) });
      const error = await failure(connect({ broker, host }));
      expect(error).toMatchObject({ code: 'CERTIFICATE', retryable: false });
      expect(error.hint).toContain('`ca`');
      expect(broker.log.filter(({ kind }) => kind !== 'close')).toEqual([]);
    },
  );

  test.each(transports)('of another host does so over %s, too', async (transport) => {
    const broker = await startBroker({ tls: otherHost });
    const host = hostOf({ url: urlOf(broker, transport) }, { ca });
    expect((await failure(connect({ broker, host }))).code).toBe('CERTIFICATE');
  });

  test.each(transports)('cannot be waved through by the environment over %s', async (transport) => {
    const broker = await startBroker({ tls });
    const host = hostOf({ url: urlOf(broker, transport) });
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await failure(connect({ broker, host }))).code).toBe('CERTIFICATE');
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });
});

test('a name is resolved, and sent to the server', async () => {
  const broker = await startBroker({ tls });
  const host = hostOf({ url: broker.url.replace('127.0.0.1', 'localhost') }, { ca });
  const stream = await connect({ broker, host, handler: () => {} });
  expect(stream.resumed).toBe(false);
});
