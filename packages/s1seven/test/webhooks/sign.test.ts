import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { webhooks } from '../../src/webhooks/webhooks.ts';
import { eventBody, failure, secret } from './vendor.ts';

/** The HMAC-SHA256 as another implementation computes it. */
function opensslDigest(body: string | Buffer, key: string): string {
  const { stdout, status } = spawnSync('openssl', ['dgst', '-sha256', '-hmac', key, '-hex'], {
    input: body,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error('openssl failed.');
  return stdout.trim().split(' ').at(-1) ?? '';
}

test.each([
  ['an event', eventBody],
  ['nothing', ''],
  ['letters beyond ASCII', '{"name":"Stahlwerk Grünstraße 鋼"}'],
  ['bytes that are no text', Buffer.from([0, 255, 128, 10, 13])],
])('openssl agrees on the signature of %s, and it is believed', (_kind, body) => {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = webhooks.sign(body, { secret, timestamp });
  expect(signature).toBe(`t=${timestamp},h=${opensslDigest(body, secret)}`);
  const options = { secret, toleranceSeconds: 600 };
  const headers = { signature, 'content-type': 'text/plain' };
  expect(webhooks.verify(body, headers, options).raw).toEqual(Buffer.from(body));
});

test('the time is now unless it is given', () => {
  const before = Math.floor(Date.now() / 1000);
  const [, time] = /^t=(\d+),/.exec(webhooks.sign('{}', { secret })) ?? [];
  expect(Number(time)).toBeGreaterThanOrEqual(before);
  expect(Number(time)).toBeLessThanOrEqual(Date.now() / 1000);
});

// RFC 4231, test case 2.
test('the published test vector holds', () => {
  expect(webhooks.sign('what do ya want for nothing?', { secret: 'Jefe', timestamp: 0 })).toBe(
    't=0,h=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

test.each<[unknown, string]>([
  [{}, 'secret'],
  [{ secret: '' }, 'secret'],
  [{ secret, timestamp: Date.now() }, 'timestamp'],
  [{ secret, timestamp: 1.5 }, 'timestamp'],
  [{ secret, time: 1 }, 'time'],
])('a wrong option is refused by name: %#', async (options, field) => {
  const error = await failure(() => webhooks.sign('{}', options as { secret: string }));
  expect(error).toMatchObject({ code: 'CONFIGURATION', field });
});

test('a parsed body cannot be signed', async () => {
  const error = await failure(() => webhooks.sign({} as string, { secret }));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'rawBody' });
});
