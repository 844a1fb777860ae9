import { afterEach, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import type { FaultMode } from '../../src/testing/faults.ts';
import { fixture } from '../fixtures/fixture.ts';
import { ca, closeAll, connect, failure, request, serve, tls } from './harness.ts';

afterEach(closeAll);

const passphrase = 'fixture-passphrase';
const key = fixture('client-key-encrypted.pem').toString();

/** Everything that a program could print of a value. */
function everyText(value: unknown): string {
  const { stack, cause } = value as { stack?: string; cause?: unknown };
  return [
    inspect(value, { depth: 12, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
    stack,
    inspect(cause, { depth: 12, showHidden: true }),
  ].join('\n');
}

const modes: FaultMode[] = [
  'p',
  'pc',
  'pa',
  'n',
  'nc',
  'na',
  'chunk_cut',
  'garbage',
  'header_overflow',
  'drip',
];

test.each(modes)('no secret shows in the error of %s, nor in the transport', async (mode) => {
  const server = await serve({ tls: { ...tls, ca, requestCert: true } });
  const transport = connect(server.url, {
    ca,
    clientCertificate: { cert: fixture('client.pem'), key, passphrase },
  });
  const url = `${server.url}/canary-path?otp=canary-query`;
  const send = async () =>
    transport.send(
      request(url, {
        headers: { 'x-api-key': 'canary-header' },
        body: 'canary-body',
        sign: () => ({ authorization: 'Bearer canary-token' }),
        timeoutMs: 300,
      }),
    );
  await send();
  server.faults.next(mode);
  const pending = failure(send());
  expect(everyText(transport)).not.toMatch(/canary|fixture-passphrase|PRIVATE KEY/);
  expect(everyText(await pending)).not.toMatch(/canary|fixture-passphrase|PRIVATE KEY/);
  expect(everyText(transport)).not.toMatch(/canary|fixture-passphrase|PRIVATE KEY/);
  // The secrets were there to be found.
  expect(server.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer canary-token',
    'x-api-key': 'canary-header',
  });
});
