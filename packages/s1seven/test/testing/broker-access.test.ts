import { afterEach, describe, expect, test } from '@jest/globals';
import { connect, type MqttClient } from 'mqtt';
import { VirtualClock } from '@vendorkit/core/testing';
import {
  startS1SevenEmulator,
  type S1SevenEmulator,
  type S1SevenEmulatorOptions,
} from '../../src/testing/index.ts';
import { ask, certificate, tokenOf, until } from './hand-written-client.ts';

const open: { close(): Promise<unknown> }[] = [];

async function start(options?: S1SevenEmulatorOptions): Promise<S1SevenEmulator> {
  const emulator = await startS1SevenEmulator({ quota: false, dailyTokens: false, ...options });
  open.push(emulator);
  return emulator;
}

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

/** A client of the broker that keeps what it hears, and stays away once it is closed. */
function client(
  { brokerUrl, userId }: S1SevenEmulator,
  username: string,
  password: string,
  prefix = `${username.endsWith(userId) ? 'user' : 'company'}_${username.split(':').at(-1)}_`,
) {
  const mqtt: MqttClient = connect(brokerUrl, {
    clientId: `${prefix}${open.length}`,
    username,
    password,
    clean: false,
    reconnectPeriod: 0,
  });
  const heard: { topic: string; payload: unknown }[] = [];
  const seen = { connected: false, refused: undefined as unknown, closed: false };
  mqtt.on('message', (topic, payload) => {
    heard.push({ topic, payload: JSON.parse(payload.toString()) });
  });
  mqtt.on('connect', () => (seen.connected = true));
  mqtt.on('error', (error) => (seen.refused = 'code' in error ? error.code : error.message));
  mqtt.on('close', () => (seen.closed = true));
  open.push({ close: async () => mqtt.endAsync(true) });
  return { mqtt, heard, seen };
}

/** Whether a client may subscribe: it is closed if not. */
async function maySubscribe(
  emulator: S1SevenEmulator,
  username: string,
  password: string,
  filter: string,
): Promise<boolean> {
  const { mqtt, seen } = client(emulator, username, password);
  await until(() => seen.connected);
  let granted = false;
  mqtt.subscribe(filter, { qos: 1 }, (error) => (granted = error === null));
  await until(() => granted || seen.closed);
  return granted && !seen.closed;
}

describe('a login', () => {
  test('is a company with its application’s token, or a user with the user’s', async () => {
    const emulator = await start();
    const { vhost, companyId } = emulator.options;
    const company = client(emulator, `${vhost}:${companyId}`, await tokenOf(emulator));
    const user = client(emulator, `${vhost}:${emulator.userId}`, emulator.userToken());
    await until(() => company.seen.connected && user.seen.connected);
    expect([company.seen.refused, user.seen.refused]).toEqual([undefined, undefined]);
  });

  test('is refused otherwise', async () => {
    const emulator = await start();
    const { vhost, companyId, clientSecret } = emulator.options;
    const token = await tokenOf(emulator);
    const wrong: [string, string][] = [
      [companyId, token],
      [`other:${companyId}`, token],
      [`${vhost}:other`, token],
      [`${vhost}:${emulator.userId}`, token],
      [`${vhost}:${companyId}`, emulator.userToken()],
      [`${vhost}:${companyId}`, clientSecret],
      [`${vhost}:${companyId}`, `${token}x`],
    ];
    for (const [username, password] of wrong) {
      const { seen } = client(emulator, username, password);
      await until(() => seen.refused !== undefined);
      expect([username, seen.refused]).toEqual([username, 4]);
    }
  });

  test('is refused with a client id that does not begin with the company or the user', async () => {
    const emulator = await start();
    const { vhost, companyId } = emulator.options;
    const company = [`${vhost}:${companyId}`, await tokenOf(emulator)] as const;
    const user = [`${vhost}:${emulator.userId}`, emulator.userToken()] as const;
    const wrong = [
      [...company, 'anything_'],
      [...company, 'company_other_'],
      [...company, `user_${companyId}_`],
      [...user, `company_${emulator.userId}_`],
    ] as const;
    for (const [username, password, prefix] of wrong) {
      const { seen } = client(emulator, username, password, prefix);
      await until(() => seen.refused !== undefined);
      expect([prefix, seen.refused]).toEqual([prefix, 2]);
    }
  });

  test('is refused once the token has ended, or the secret was rotated', async () => {
    const clock = new VirtualClock();
    const emulator = await start({ clock });
    const { vhost, companyId } = emulator.options;
    const first = await tokenOf(emulator);
    const address = `POST /applications/${emulator.applicationId}/rotate-secret`;
    await ask(emulator, address, { token: first, body: {} });
    const { seen } = client(emulator, `${vhost}:${companyId}`, first);
    await until(() => seen.refused !== undefined);
    expect(seen).toMatchObject({ connected: false, refused: 4 });
    const user = emulator.userToken();
    await clock.advance(86_400_000);
    const late = client(emulator, `${vhost}:${emulator.userId}`, user);
    await until(() => late.seen.refused !== undefined);
    expect(late.seen).toMatchObject({ connected: false, refused: 4 });
  });
});

describe('a company', () => {
  const scopes = { certificates: { actions: ['notarize_one'] }, wallets: { actions: ['*'] } };

  test.each([
    ['certificates/notarize_one', true],
    ['certificates/receive_one', false],
    ['certificates/+', false],
    ['certificates/#', false],
    ['wallets/+', true],
    ['wallets/#', false],
    ['+/notarize_one', false],
    ['+/+', false],
    ['#', false],
    ['hooks/create_one', false],
  ])('may not have what its scopes do not allow: %s is %s', async (rest, isAllowed) => {
    const emulator = await start({ scopes });
    const { vhost, companyId } = emulator.options;
    const token = await tokenOf(emulator);
    const filter = `company/${companyId}/test/${rest}`;
    const may = await maySubscribe(emulator, `${vhost}:${companyId}`, token, filter);
    expect(may).toBe(isAllowed);
  });

  test.each([
    ['company/{id}/+/certificates/notarize_one', true],
    ['company/{id}/live/certificates/notarize_one', false],
    ['company/{id}/test/mail_hooks/create_one', true],
    ['company/{id}/+/+/+', true],
    ['company/other/test/certificates/notarize_one', false],
    ['company/+/test/certificates/notarize_one', false],
    ['company/#', false],
    ['#', false],
    ['company/{id}/test/certificates/notarize_one/more', false],
    ['company/{id}/test/certificates', false],
    ['user/{id}/test/certificates/notarize_one', false],
  ])('with all scopes may subscribe to %s: %s', async (template, isAllowed) => {
    const emulator = await start();
    const { vhost, companyId } = emulator.options;
    const filter = template.replace('{id}', companyId);
    const token = await tokenOf(emulator);
    const may = await maySubscribe(emulator, `${vhost}:${companyId}`, token, filter);
    expect(may).toBe(isAllowed);
  });
});

test.each([
  ['user/{id}/#', true],
  ['user/{id}/+/certificates/+', true],
  ['user/{id}', false],
  ['user/+/test/certificates/notarize_one', false],
  ['user/#', false],
  ['company/{company}/test/certificates/notarize_one', false],
])('a user may subscribe to %s: %s', async (template, isAllowed) => {
  const emulator = await start();
  const { vhost, companyId } = emulator.options;
  const filter = template.replace('{id}', emulator.userId).replace('{company}', companyId);
  const username = `${vhost}:${emulator.userId}`;
  expect(await maySubscribe(emulator, username, emulator.userToken(), filter)).toBe(isAllowed);
});

test('what happens over REST is heard, by the company and by its owner', async () => {
  const emulator = await start();
  const { vhost, companyId } = emulator.options;
  const token = await tokenOf(emulator);
  const company = client(emulator, `${vhost}:${companyId}`, token);
  await company.mqtt.subscribeAsync(`company/${companyId}/+/+/+`, { qos: 1 });
  const user = client(emulator, `${vhost}:${emulator.userId}`, emulator.userToken());
  await user.mqtt.subscribeAsync(`user/${emulator.userId}/#`, { qos: 1 });

  const notarize = `POST /certificates/notarize?mode=test&identity=${emulator.identityId}`;
  await ask(emulator, notarize, { token, body: certificate });
  const mailhook = { status: 'enabled', scopes: [] };
  await ask(emulator, 'POST /mailhooks', { token, body: mailhook });
  const application = { mode: 'test', scopes: {} };
  await ask(emulator, 'POST /applications', { token, body: application });
  const change = { id: companyId, name: 'Steel & Sons' };
  await ask(emulator, `PATCH /companies/${companyId}`, { token, body: change });
  await until(() => company.heard.length === 4 && user.heard.length === 4);

  const topics = ['mail_hooks/create_one', 'applications/create_one', 'companies/update_one'];
  const after = (topic: string) => topic.split('/').slice(2).join('/');
  expect(company.heard.map(({ topic }) => after(topic)).toSorted()).toEqual(
    [...topics, 'certificates/notarize_one'].map((topic) => `test/${topic}`).toSorted(),
  );
  expect(user.heard.map(({ topic }) => after(topic)).toSorted()).toEqual(
    company.heard.map(({ topic }) => after(topic)).toSorted(),
  );
  const notarized = company.heard.find(({ topic }) => topic.endsWith('notarize_one'));
  expect(notarized?.payload).toMatchObject({
    certificate,
    transactionId: emulator.state.notarizations[0]?.transactionId,
    identity: emulator.identityId,
  });
  expect(JSON.stringify(company.heard)).not.toContain('clientSecret');
});

test('a connection ends with its token, unless the broker lets it live', async () => {
  for (const dropsExpired of [true, false]) {
    const clock = new VirtualClock();
    const emulator = await start({ clock, tokenLifetimeMs: 60_000, dropsExpired });
    const { vhost, companyId } = emulator.options;
    const { seen } = client(emulator, `${vhost}:${companyId}`, await tokenOf(emulator));
    await until(() => seen.connected);
    await clock.advance(60_000);
    if (dropsExpired) await until(() => seen.closed);
    const reasons = emulator.broker.log.map(({ reason }) => reason);
    expect(reasons.includes('token-expired')).toBe(dropsExpired);
  }
});
