import { afterEach, expect, test } from '@jest/globals';
import { startServer } from '@vendorkit/core/testing';
import { fixture } from '../../../core/test/fixtures/fixture.ts';
import { canaries, canary } from '../../../../tooling/canary/canary.ts';
import { S1Seven, type S1SevenEvent, type S1SevenOptions } from '../../src/index.ts';
import {
  startS1SevenEmulator,
  type S1SevenEmulator,
  type S1SevenEmulatorOptions,
} from '../../src/testing/index.ts';
import { certificate, until } from './hand-written-client.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

async function start(options?: S1SevenEmulatorOptions): Promise<S1SevenEmulator> {
  const emulator = await startS1SevenEmulator({
    clientSecret: canaries.clientSecret,
    ...options,
  });
  open.push(emulator);
  return emulator;
}

function connect(emulator: S1SevenEmulator, options?: Partial<S1SevenOptions>): S1Seven {
  const client = new S1Seven({ ...emulator.options, logger: canary.logger(), ...options });
  open.push(client);
  return client;
}

test('a notarization is heard over MQTT and as a webhook', async () => {
  const webhooks: unknown[] = [];
  const receiver = await startServer({
    handle: ({ body, headers }) => {
      const event = S1Seven.webhooks.verify(body, headers, { secret: canaries.webhookSecret });
      webhooks.push(event);
      return { status: 204 };
    },
  });
  open.push(receiver);
  const emulator = await start();
  const s1 = connect(emulator);
  await s1.hooks.create({
    secret: canaries.webhookSecret,
    connectionUrl: `${receiver.url}/hook`,
    contentType: 'application/json',
    status: 'enabled',
    enableSSL: true,
    scopes: [{ resource: 'certificates', actions: ['notarize_one'] }],
  });
  const heard: S1SevenEvent[] = [];
  const filter = { resource: 'certificates', action: 'notarize_one' } as const;
  const stream = await s1.subscribe(filter, async (event) => {
    heard.push(event);
  });

  await s1.certificates.notarize(certificate, { identity: emulator.identityId });
  await until(() => heard.length === 1 && webhooks.length === 1);
  await stream.close();

  const transactionId = emulator.state.notarizations[0]?.transactionId;
  const payload = { certificate, transactionId };
  expect(heard).toMatchObject([{ ...filter, mode: 'test', duplicate: false, payload }]);
  expect(webhooks).toMatchObject([{ ...filter, payload }]);
  expect(await s1.certificates.verify(certificate)).toMatchObject({ isValid: true, transactionId });
});

test('it speaks https and mqtts', async () => {
  const tls = { key: fixture('server-key.pem'), cert: fixture('server.pem') };
  const emulator = await start({ tls });
  expect([emulator.url.slice(0, 6), emulator.brokerUrl.slice(0, 6)]).toEqual(['https:', 'mqtts:']);
  expect(emulator.options.ca).toBe(tls.cert);
  const s1 = connect(emulator, { ca: fixture('authority.pem') });
  expect(await s1.users.me()).toMatchObject({ id: emulator.userId });
  const heard: unknown[] = [];
  const filter = { resource: 'certificates', action: 'receive_one' } as const;
  await s1.subscribe(filter, async ({ payload }) => {
    heard.push(payload);
  });
  emulator.announce({ ...filter, payload: certificate });
  await until(() => heard.length === 1);
  expect(heard).toEqual([certificate]);
});

test('a port that is taken fails', async () => {
  const port = Number(new URL((await start()).url).port);
  await expect(startS1SevenEmulator({ port })).rejects.toThrow('EADDRINUSE');
});

test('a certificate’s own bytes reach it untouched', async () => {
  const emulator = await start();
  const s1 = connect(emulator);
  const text = `{ "RefSchemaUrl":"${certificate.RefSchemaUrl}",\n "Certificate":{"a":1.0, "b":1e2} }`;
  await s1.certificates.validate(text);
  expect(emulator.requests.at(-1)?.text).toBe(text);
});
