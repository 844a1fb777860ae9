import { createHash, createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startServer, VirtualClock, type RunningServer } from '@vendorkit/core/testing';
import { canaries } from '../../../../tooling/canary/canary.ts';
import {
  emulatedBehaviours,
  startS1SevenEmulator,
  type S1SevenEmulator,
  type S1SevenEmulatorOptions,
} from '../../src/testing/index.ts';
import { ask, certificate, send, tokenOf, until } from './hand-written-client.ts';

const dayMs = 86_400_000;
const clockAt = () => new VirtualClock(new Date('2026-03-01T12:00:00Z'));

const open: { close(): Promise<void> }[] = [];

async function start(options?: S1SevenEmulatorOptions): Promise<S1SevenEmulator> {
  const emulator = await startS1SevenEmulator({
    clientSecret: canaries.clientSecret,
    quota: false,
    ...options,
  });
  open.push(emulator);
  return emulator;
}

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

/** The credentials of the emulator's application. */
function credentials({ options }: S1SevenEmulator) {
  return { clientId: options.clientId, clientSecret: options.clientSecret };
}

function claimsOf(token: string): Record<string, unknown> {
  const [, claims = ''] = token.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
}

describe('its options', () => {
  test('are those of a client', async () => {
    const emulator = await start({ companyId: 'mill', mode: 'live', vhost: 'house' });
    expect(emulator.options).toEqual({
      baseUrl: emulator.url,
      brokerUrl: emulator.brokerUrl,
      vhost: 'house',
      companyId: 'mill',
      mode: 'live',
      clientId: 'emulated-client',
      clientSecret: canaries.clientSecret,
      tokenStore: expect.objectContaining({ lock: expect.any(Function) }),
    });
    expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
    expect(emulator.brokerUrl).toBe(emulator.broker.url);
  });

  test('that it does not know are refused by name', async () => {
    const options = { verfied: false } as S1SevenEmulatorOptions;
    await expect(startS1SevenEmulator(options)).rejects.toMatchObject({
      code: 'CONFIGURATION',
      field: 'verfied',
    });
  });

  test('that are undefined have their default', async () => {
    expect((await start({ mode: undefined })).options.mode).toBe('test');
  });

  test('can make it slow', async () => {
    const clock = clockAt();
    const emulator = await start({ clock, latencyMs: 2_000 });
    const before = clock.now();
    await clock.run(send(emulator, 'GET /health'));
    expect(clock.now() - before).toBe(2_000);
  });
});

describe('tokens', () => {
  test('are told with their application, as the vendor’s own client reads it', async () => {
    const emulator = await start();
    const answer = await send(emulator, 'POST /tokens', { body: credentials(emulator) });
    expect(answer.status).toBe(201);
    expect(answer.data).toMatchObject({
      accessToken: expect.stringMatching(/^eyJ/),
      application: { mode: 'test', owner: { id: emulator.options.companyId } },
    });
    expect(JSON.stringify(answer.data)).not.toContain(canaries.clientSecret);
  });

  test('claim a day, the company, the scopes and the mode', async () => {
    const clock = clockAt();
    const token = await tokenOf(await start({ clock }));
    const claims = claimsOf(token);
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(86_400);
    expect(Number(claims['iat']) * 1_000).toBe(clock.now());
    expect(claims).toMatchObject({
      company: { id: expect.any(String), vatId: 'ATU74488404' },
      scopes: { certificates: { actions: expect.arrayContaining(['notarize_one']) } },
      mode: 'test',
    });
  });

  test('end when they say', async () => {
    const clock = clockAt();
    const emulator = await start({ clock });
    const token = await tokenOf(emulator);
    const use = async () => (await send(emulator, 'GET /users/me', { token })).status;
    await clock.advance(dayMs - 1);
    expect(await use()).toBe(200);
    await clock.advance(1);
    expect(await use()).toBe(401);
  });

  test('can be opaque', async () => {
    const emulator = await start({ opaqueTokens: true });
    const token = await tokenOf(emulator);
    expect(token).not.toContain('.');
    expect((await send(emulator, 'GET /users/me', { token })).status).toBe(200);
  });

  test('can be regenerated once a day', async () => {
    const clock = clockAt();
    const emulator = await start({ clock });
    const status = async () =>
      (await send(emulator, 'POST /tokens', { body: credentials(emulator) })).status;
    expect(await status()).toBe(201);
    expect(await status()).toBe(201);
    await clock.advance(3_600_000);
    const refused = await send(emulator, 'POST /tokens', { body: credentials(emulator) });
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, String(23 * 3_600)]);
    await clock.advance(23 * 3_600_000 - 1);
    expect(await status()).toBe(429);
    await clock.advance(1);
    expect(await status()).toBe(201);
    expect(emulator.state).toMatchObject({ tokensIssued: 3, tokenRefusals: 2 });
  });

  test('can be had as often as the last one has ended', async () => {
    const clock = clockAt();
    const emulator = await start({ clock, tokenLifetimeMs: 1_000 });
    for (let round = 0; round < 4; round += 1) {
      await tokenOf(emulator);
      await clock.advance(1_000);
    }
    expect(emulator.state.tokensIssued).toBe(4);
  });

  test('can be had without that rule', async () => {
    const emulator = await start({ dailyTokens: false });
    for (let round = 0; round < 4; round += 1) await tokenOf(emulator);
    expect(emulator.state.tokensIssued).toBe(4);
  });

  test('are invalid after the secret was rotated, and so is the secret', async () => {
    const emulator = await start();
    const token = await tokenOf(emulator);
    await tokenOf(emulator);
    const address = `POST /applications/${emulator.applicationId}/rotate-secret`;
    const { clientSecret } = await ask(emulator, address, { token, body: {} });
    expect(clientSecret).not.toBe(canaries.clientSecret);
    expect((await send(emulator, 'GET /users/me', { token })).status).toBe(401);
    const old = await send(emulator, 'POST /tokens', { body: credentials(emulator) });
    expect(old.status).toBe(401);
    const body = { clientId: emulator.options.clientId, clientSecret };
    expect((await send(emulator, 'POST /tokens', { body })).status).toBe(201);
  });
});

describe('its limit', () => {
  test('is ten calls a minute to a route, for each credential', async () => {
    const clock = clockAt();
    const emulator = await start({ clock, quota: {} });
    const token = await tokenOf(emulator);
    const statuses = async (count: number, address: string, by = token) => {
      const answers = [];
      for (let sent = 0; sent < count; sent += 1) {
        answers.push((await send(emulator, address, { token: by })).status);
      }
      return answers;
    };
    expect(await statuses(11, 'GET /users/me')).toEqual([...Array<number>(10).fill(200), 429]);
    // Another variable is the same route; another route or credential is not.
    expect(await statuses(1, 'GET /companies/countries')).toEqual([200]);
    expect(await statuses(11, `GET /users/${emulator.userId}`)).toContain(429);
    expect(await statuses(1, 'GET /users/me', emulator.userToken())).toEqual([200]);
    expect(emulator.state.quotaRefusals).toBe(2);
    await clock.advance(60_000);
    expect(await statuses(1, 'GET /users/me')).toEqual([200]);
  });

  test('counts the same for the next token of an application', async () => {
    const emulator = await start({ quota: { limit: 2 } });
    const [one, two] = [await tokenOf(emulator), await tokenOf(emulator)];
    await send(emulator, 'GET /users/me', { token: one });
    await send(emulator, 'GET /users/me', { token: one });
    expect((await send(emulator, 'GET /users/me', { token: two })).status).toBe(429);
  });

  test('is told on accepted answers, errors too, and is refused in the vendor’s form', async () => {
    const emulator = await start({ quota: { limit: 1, windowMs: 60_000 }, throttler: '3' });
    const first = await send(emulator, 'GET /users/me');
    expect(first.status).toBe(401);
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '0',
    });
    const second = await send(emulator, 'GET /users/me');
    expect(second.data).toMatchObject({
      statusCode: 429,
      message: 'ThrottlerException: Too Many Requests',
      name: 'ThrottlerException',
    });
    expect(second.headers['retry-after']).toBe('60');
    expect(second.headers['x-ratelimit-limit']).toBeUndefined();
  });
});

describe('notarization', () => {
  test('ends in a transaction, an event and a proof', async () => {
    const clock = clockAt();
    const emulator = await start({ clock, notarizationMs: 5_000 });
    const token = await tokenOf(emulator);
    const address = `POST /certificates/notarize?mode=test&identity=${emulator.identityId}`;
    const notarize = async () => ask(emulator, address, { token, body: certificate });
    const verify = async (body: unknown = certificate) =>
      ask(emulator, 'POST /certificates/verify?mode=test', { body });

    const job = await notarize();
    expect(job).toMatchObject({ isNewInstance: true, jobId: expect.any(String) });
    expect(job).not.toHaveProperty('transactionId');
    expect(await verify()).toMatchObject({ isValid: false, hash: job['hash'] });
    expect((await notarize())['jobId']).toBe(job['jobId']);
    await clock.advance(5_000);
    const { transactionId } = await verify();
    expect(await notarize()).toMatchObject({ isNewInstance: false, transactionId });
    expect(await notarize()).not.toHaveProperty('jobId');
    const reordered = Object.fromEntries(Object.entries(certificate).toReversed());
    expect(await verify(reordered)).toMatchObject({ isValid: true, transactionId });
    const changed = { ...certificate, Certificate: {} };
    expect(await verify(changed)).toMatchObject({ isValid: false });
    expect(
      await ask(emulator, 'POST /certificates/verify?mode=live', { body: certificate }),
    ).toMatchObject({ isValid: false });
    expect(emulator.state.notarizations).toHaveLength(1);
  });

  test('that waits is called off by close', async () => {
    const clock = clockAt();
    const emulator = await start({ clock });
    const token = await tokenOf(emulator);
    const address = `POST /certificates/notarize?mode=test&identity=${emulator.identityId}`;
    await ask(emulator, address, { token, body: certificate });
    expect(clock.pendingTimers).toBe(1);
    await emulator.close();
    expect(clock.pendingTimers).toBe(0);
  });
});

/** Something that receives webhooks. */
async function startReceiver(status = 204): Promise<RunningServer> {
  const receiver = await startServer({ handle: () => ({ status }) });
  open.push(receiver);
  return receiver;
}

const watched = [{ resource: 'certificates', actions: ['notarize_one', 'receive_one'] }];

/** A hook's body. */
function hookTo(url: string, change: object = {}) {
  return {
    connectionUrl: `${url}/hook`,
    contentType: 'application/json',
    status: 'enabled',
    secret: canaries.webhookSecret,
    scopes: watched,
    ...change,
  };
}

const received = { resource: 'certificates', action: 'receive_one', payload: certificate };

describe('webhooks', () => {
  test('are signed over their bytes, and noted', async () => {
    const clock = clockAt();
    const emulator = await start({ clock });
    const receiver = await startReceiver();
    const token = await tokenOf(emulator);
    await ask(emulator, 'POST /hooks', { token, body: hookTo(receiver.url) });
    emulator.announce(received);
    await until(() => emulator.deliveries[0]?.status === 204);
    const [request] = receiver.requests;
    const hash = createHmac('sha256', canaries.webhookSecret)
      .update(request?.body ?? '')
      .digest('hex');
    expect(request?.headers['signature']).toBe(`t=${clock.now() / 1_000},h=${hash}`);
    expect(JSON.parse(request?.text ?? '')).toMatchObject({ ...received, id: expect.any(String) });
    expect(emulator.state.events).toMatchObject([{ ...received, delivered: true }]);
  });

  test('can be forms', async () => {
    const emulator = await start();
    const receiver = await startReceiver();
    const token = await tokenOf(emulator);
    const contentType = 'application/x-www-form-urlencoded';
    await ask(emulator, 'POST /hooks', { token, body: hookTo(receiver.url, { contentType }) });
    emulator.announce(received);
    await until(() => receiver.requests.length === 1);
    const form = new URLSearchParams(receiver.requests[0]?.text);
    expect(form.get('action')).toBe('receive_one');
    expect(JSON.parse(form.get('payload') ?? '')).toEqual(certificate);
  });

  test('that fail are noted, and can be sent again', async () => {
    const emulator = await start();
    const receiver = await startReceiver();
    receiver.faults.answer({ status: 500 });
    const token = await tokenOf(emulator);
    await ask(emulator, 'POST /hooks', { token, body: hookTo(receiver.url) });
    emulator.announce(received);
    await until(() => emulator.state.events[0]?.deliveryError !== undefined);
    const [event] = await ask<{ id: string; delivered: boolean }[]>(emulator, 'GET /events', {
      token,
    });
    expect(event).toMatchObject({
      delivered: false,
      deliveryError: expect.stringContaining('500'),
    });
    await ask(emulator, `POST /events/${event?.id}/retry`, { token });
    await until(() => emulator.state.events[0]?.delivered === true);
    expect(emulator.state.events[0]?.deliveryError).toBeUndefined();
    expect(emulator.deliveries.map(({ status }) => status)).toEqual([500, 204]);
  });

  test.each([
    ['that are disabled', { status: 'disabled' }],
    ['that watch something else', { scopes: [{ resource: 'wallets', actions: ['*'] }] }],
  ])('of hooks %s are not sent', async (_, change) => {
    const emulator = await start();
    const token = await tokenOf(emulator);
    await ask(emulator, 'POST /hooks', { token, body: hookTo('http://127.0.0.1:1', change) });
    emulator.announce(received);
    expect(emulator.deliveries).toEqual([]);
    expect(emulator.state.events).toEqual([]);
  });

  test.each(['https://example.com', 'http://example.com', 'http://127.0.0.1.example.com'])(
    'never leave this machine for %s',
    async (url) => {
      const emulator = await start();
      const token = await tokenOf(emulator);
      await ask(emulator, 'POST /hooks', { token, body: hookTo(url) });
      emulator.announce(received);
      await until(() => emulator.deliveries[0]?.error !== undefined);
      expect(emulator.deliveries[0]?.error).toContain('loopback');
    },
  );

  test('do not hold up close', async () => {
    const emulator = await start();
    const receiver = await startReceiver();
    receiver.faults.next('n');
    const token = await tokenOf(emulator);
    await ask(emulator, 'POST /hooks', { token, body: hookTo(receiver.url) });
    emulator.announce(received);
    await until(() => receiver.requests.length === 1);
    await emulator.close();
    expect(emulator.deliveries[0]?.error).toBeDefined();
  });

  test('have a secret that creation shows, and nothing else does', async () => {
    const emulator = await start();
    const token = await tokenOf(emulator);
    const body = hookTo('http://127.0.0.1:1', { secret: undefined });
    const made = await ask<{ id: string; secret: string }>(emulator, 'POST /hooks', {
      token,
      body,
    });
    expect(made.secret.length).toBeGreaterThan(20);
    const read = await send(emulator, `GET /hooks/${made.id}`, { token });
    expect(read.bytes.toString()).not.toContain(made.secret);
  });
});

test('mailhooks keep their mails', async () => {
  const emulator = await start();
  const token = await tokenOf(emulator);
  const body = { status: 'enabled', scopes: watched };
  const { id } = await ask<{ id: string }>(emulator, 'POST /mailhooks', { token, body });
  emulator.announce(received);
  const mails = await ask<unknown[]>(emulator, 'GET /mails', { token });
  expect(mails).toMatchObject([{ hook: id, resource: 'certificates', delivered: true }]);
});

describe('live mode', () => {
  test.each([
    ['is not verified', { verified: false }],
    ['has no MFA', { mfa: false }],
  ])('is closed while the company %s', async (_, options) => {
    const emulator = await start({ mode: 'live', ...options });
    const token = await tokenOf(emulator);
    const closed = [
      'GET /identities?mode=live',
      'GET /transactions?mode=live',
      `GET /wallets/${emulator.state.wallets[0]?.id}?mode=live`,
      `GET /applications/${emulator.applicationId}`,
      'GET /applications',
    ];
    for (const address of closed) {
      expect([address, (await send(emulator, address, { token })).status]).toEqual([address, 403]);
    }
    const notarize = `POST /certificates/notarize?mode=live&identity=${emulator.identityId}`;
    expect((await send(emulator, notarize, { token, body: certificate })).status).toBe(403);
    const validate = 'POST /certificates/validate';
    expect((await send(emulator, validate, { token, body: certificate })).status).toBe(200);
    expect((await send(emulator, 'GET /hooks', { token })).status).toBe(200);
  });

  test('is open to verified companies, and test mode to all', async () => {
    const live = await start({ mode: 'live' });
    const token = await tokenOf(live);
    expect((await send(live, 'GET /identities?mode=live', { token })).status).toBe(200);
    const test = await start({ verified: false, mfa: false });
    const { status } = await send(test, 'GET /identities?mode=test', {
      token: await tokenOf(test),
    });
    expect(status).toBe(200);
  });
});

test('the token’s mode goes before the query’s', async () => {
  const emulator = await start({ mode: 'test' });
  const token = await tokenOf(emulator);
  const found = await ask<{ mode: string }[]>(emulator, 'GET /identities?mode=live', { token });
  expect(found.map(({ mode }) => mode)).toEqual(['test']);
});

test('users sign up, confirm their address and reset their password by e-mail', async () => {
  const emulator = await start();
  const email = 'jane+x@company.example';
  const body = { username: 'jane', email, password: canaries.password };
  const { id } = await ask<{ id: string }>(emulator, 'POST /users', { body });
  expect((await send(emulator, 'POST /users', { body })).status).toBe(409);
  const confirm = `GET /users/confirm-email?token=${emulator.state.emailToken(email)}`;
  expect((await send(emulator, confirm)).status).toBe(302);
  expect((await send(emulator, confirm)).status).toBe(401);
  expect(emulator.state.users.find((user) => user.id === id)).toMatchObject({
    emailConfirmed: true,
  });
  await ask(emulator, `GET /users/reset-password/${encodeURIComponent(email)}`);
  const reset = `POST /users/reset-password?token=${emulator.state.emailToken(email)}`;
  expect((await send(emulator, reset, { body: { password: 'short' } })).status).toBe(406);
  expect((await send(emulator, reset, { body: { password: canaries.otp } })).status).toBe(200);
  expect(JSON.stringify(emulator.state.users)).not.toContain('password');
});

test('identities count up in their wallet, and are obsolete after it', async () => {
  const emulator = await start();
  const token = await tokenOf(emulator);
  const [founded] = emulator.state.wallets;
  const body = { coinType: 822, account: 0, wallet: founded?.id };
  const made = [
    await ask(emulator, 'POST /identities?mode=test', { token, body }),
    await ask(emulator, 'POST /identities?mode=test', { token, body }),
    await ask(emulator, 'POST /identities?mode=test', { token, body: { ...body, account: 1 } }),
  ];
  expect(made.map(({ index }) => index)).toEqual([1, 2, 0]);
  expect(new Set(made.map(({ publicKey }) => publicKey)).size).toBe(3);
  await ask(emulator, `DELETE /wallets/${founded?.id}?mode=test`, { token });
  expect(emulator.state.identities.map(({ status }) => status)).toEqual(Array(4).fill('obsolete'));
});

test('a wallet’s words are shown when it is made, and by its backup, and are the same', async () => {
  const emulator = await start();
  const token = await tokenOf(emulator);
  const body = { name: 'Second wallet', options: {} };
  const made = await ask<{ wallet: { id: string }; masterKey: object }>(
    emulator,
    'POST /wallets?mode=test',
    { token, body },
  );
  const address = `/wallets/${made.wallet.id}`;
  expect(await ask(emulator, `GET ${address}?mode=test`, { token })).not.toHaveProperty('mnemonic');
  const backup = await ask(emulator, `PATCH ${address}/backup?mode=test`, { token });
  expect(backup).toMatchObject({ masterKey: made.masterKey, wallet: { backedUp: true } });
});

test('only what was signed can be sent', async () => {
  const emulator = await start();
  const token = await tokenOf(emulator);
  const recipients = [{ publicKeys: ['k1'], amount: '1' }];
  const createOptions = { asset: {}, metadata: {}, recipients, issuers: ['k1'] };
  const body = { coinType: 822, bcdbOptions: { operation: 'CREATE', createOptions } };
  const raw = await ask(emulator, 'POST /transactions?mode=test', { token, body });
  const sendIt = 'POST /transactions/send?mode=test&coinType=822';
  expect((await send(emulator, sendIt, { token, body: raw })).status).toBe(400);
  const query = `mode=test&type=transparent&identity=${emulator.identityId}`;
  const { signedTx } = await ask<{ signedTx: unknown[] }>(
    emulator,
    `POST /transactions/sign?${query}`,
    { token, body: raw },
  );
  expect((await send(emulator, sendIt, { token, body: signedTx[0] })).status).toBe(200);
  expect(emulator.state.transactions).toMatchObject([{ sent: true }]);
});

test('certificates are rendered as real files', async () => {
  const emulator = await start();
  const token = await tokenOf(emulator);
  const render = async (type: string) =>
    send(emulator, `POST /certificates/render?type=${type}`, { token, body: certificate });
  const pdf = await render('pdf');
  expect(pdf.headers['content-type']).toBe('application/pdf');
  const text = pdf.bytes.toString('latin1');
  expect(text).toMatch(/^%PDF-1\.4\n%\u00e2\u00e3\u00cf\u00d3\n/);
  const xref = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  expect(text.slice(xref, xref + 4)).toBe('xref');
  for (const [index, offset] of [...text.matchAll(/^(\d{10}) 00000 n $/gm)].entries()) {
    expect(text.slice(Number(offset[1]))).toMatch(new RegExp(`^${index + 1} 0 obj`));
  }
  const html = await render('html');
  expect(html.bytes.toString()).toContain(certificate.RefSchemaUrl);
});

test('files are read from forms and from bodies', async () => {
  const emulator = await start();
  const token = await tokenOf(emulator);
  const form = new FormData();
  form.set('file', new Blob([JSON.stringify(certificate)]), 'certificate.json');
  form.set('algorithm', 'sha256');
  form.set('contentType', 'csv');
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? '';
  const raw = Buffer.from(await encoded.arrayBuffer());
  const request = { token, raw, headers: { 'content-type': contentType } };
  expect(await ask(emulator, 'POST /certificates/validate-file', request)).toEqual(certificate);
  const hash = await ask(emulator, 'POST /certificates/hash-file', request);
  const value = createHash('sha256').update(JSON.stringify(certificate)).digest('hex');
  expect(hash).toEqual({ algorithm: 'sha256', encoding: 'hex', value });
  const body = { token, body: certificate };
  expect(await ask(emulator, 'POST /certificates/validate-file', body)).toEqual(certificate);
});

test('faults can be ordered: a lost answer leaves its hook behind', async () => {
  const emulator = await start();
  const token = await tokenOf(emulator);
  emulator.faults.next('lost');
  const body = hookTo('http://127.0.0.1:1');
  await expect(send(emulator, 'POST /hooks', { token, body })).rejects.toThrow('ECONNRESET');
  expect(emulator.state.hooks).toHaveLength(1);
});

describe('its behaviours', () => {
  test('are documented or assumed, each once, with a source', () => {
    const rules = emulatedBehaviours.map(({ rule }) => rule);
    expect(new Set(rules).size).toBe(rules.length);
    for (const { rule, basis, source } of emulatedBehaviours) {
      expect(rule).not.toBe('');
      expect(source).not.toBe('');
      expect(['documented', 'assumed']).toContain(basis);
    }
  });
});
