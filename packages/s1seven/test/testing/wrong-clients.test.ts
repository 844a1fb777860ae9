import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../../tooling/canary/canary.ts';
import {
  startS1SevenEmulator,
  type S1SevenEmulator,
  type S1SevenEmulatorOptions,
} from '../../src/testing/index.ts';
import { scopeActions } from '../../src/scope-actions.ts';

import { ask, certificate, send, tokenOf, type PlainRequest } from './hand-written-client.ts';

let emulator: S1SevenEmulator;
let token: string;

async function restart(options?: S1SevenEmulatorOptions): Promise<void> {
  await emulator?.close();
  emulator = await startS1SevenEmulator({
    clientSecret: canaries.clientSecret,
    quota: false,
    dailyTokens: false,
    ...options,
  });
  token = await tokenOf(emulator);
}

beforeEach(async () => restart());
afterEach(async () => emulator.close());

/** The status of a request with the application's token. */
async function status(address: string, request: PlainRequest = {}): Promise<number> {
  return (await send(emulator, address, { token, ...request })).status;
}

/** The ids that an address may need, filled in. */
function filled(address: string): string {
  return address
    .replace('{identity}', emulator.identityId)
    .replace('{wallet}', emulator.state.wallets[0]?.id ?? '')
    .replace('{application}', emulator.applicationId)
    .replace('{company}', emulator.options.companyId);
}

describe('a refusal', () => {
  test('has the vendor’s form', async () => {
    const { data, headers } = await send(emulator, 'POST /certificates/validate', {
      token,
      body: { Certificate: {} },
    });
    expect(headers['content-type']).toContain('application/json');
    expect(data).toEqual({
      statusCode: 400,
      path: '/certificates/validate',
      method: 'POST',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      message: 'The certificate is not valid.',
      name: 'BadRequestException',
      details: ['RefSchemaUrl is missing'],
    });
  });

  test('does not tell the secret, nor the token', async () => {
    const { clientId } = emulator.options;
    const refusals = [
      await send(emulator, 'POST /tokens', { body: { clientId, clientSecret: 5 } }),
      await send(emulator, 'POST /tokens', { raw: canaries.clientSecret }),
      await send(emulator, 'GET /users/me', { token: `${token}x` }),
    ];
    for (const { status: code, bytes } of refusals) {
      expect(code).toBeGreaterThanOrEqual(400);
      expect(bytes.toString()).not.toContain(canaries.clientSecret);
      expect(bytes.toString()).not.toContain(token);
    }
  });
});

describe('a wrong client fails: its address', () => {
  test.each([
    ['GET /', 404],
    ['GET /nowhere', 404],
    ['GET /users/', 404],
    ['GET /users/me/', 404],
    ['GET /user', 404],
    ['POST /wallet?mode=test', 404],
    ['PUT /users', 404],
    ['POST /users/me', 404],
    ['POST /companies/validate?vatId=ATU74488404', 404],
    ['GET /users/%E0%A4%A', 400],
    ['GET /users/nobody', 404],
    ['GET /companies/other', 404],
    ['GET /wallets/other?mode=test', 404],
    ['GET /hooks/other', 404],
  ])('%s is %i', async (address, expected) => {
    expect(await status(address)).toBe(expected);
  });

  test('lacks /api', async () => {
    const response = await fetch(emulator.url.replace(/\/api$/, '/users/me'));
    expect(response.status).toBe(404);
  });

  test.each(['2', '0', 'v1', ''])('is of the version %j', async (version) => {
    expect(await status('GET /users/me', { headers: { 'x-version': version } })).toBe(404);
  });

  test('may leave out the version', async () => {
    expect(await status('GET /users/me', { headers: { 'x-version': null } })).toBe(200);
  });

  test('has the other spelling of wallets where the option says so', async () => {
    await restart({ walletPath: '/wallet' });
    expect(await status(filled('GET /wallet/{wallet}?mode=test'))).toBe(200);
    expect(await status(filled('GET /wallets/{wallet}?mode=test'))).toBe(404);
  });
});

describe('a wrong client fails: its token', () => {
  test.each([null, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a.b.c'])(
    'is not there, or no token: Authorization is %j',
    async (authorization) => {
      expect(await status('GET /users/me', { headers: { authorization } })).toBe(401);
    },
  );

  test.each([
    ['its last character is changed', (text: string) => text.replace(/.$/, '!')],
    ['it lacks its signature', (text: string) => text.replace(/[^.]*$/, '')],
    ['it says another algorithm', (text: string) => text.replace(/^[^.]*/, 'eyJhbGciOiJub25lIn0')],
    ['it is sent without Bearer', (text: string) => text],
  ])('is altered: %s', async (name, alter) => {
    const altered = alter(token);
    const authorization = name.includes('without') ? altered : `Bearer ${altered}`;
    expect(await status('GET /users/me', { headers: { authorization } })).toBe(401);
  });

  test('is wrong on a route that needs none', async () => {
    const request = { token: 'wrong', body: certificate };
    expect(await status('POST /certificates/verify?mode=test', request)).toBe(401);
  });

  test.each([
    ['GET /users/me', 'users'],
    ['GET /companies', 'companies'],
    ['GET /applications', 'applications'],
    ['GET /cointypes', 'cointypes'],
    ['GET /nodes?mode=test', 'nodes'],
    ['GET /wallets/{wallet}?mode=test', 'wallets'],
    ['GET /identities?mode=test', 'identities'],
    ['GET /transactions?mode=test', 'transactions'],
    ['GET /hooks', 'hooks'],
    ['GET /events', 'events'],
    ['GET /mailhooks', 'mailhooks'],
    ['GET /mails', 'mails'],
  ])('lacks the scope for %s', async (address, resource) => {
    expect(await status(filled(address))).toBe(200);
    // The actions that reading needs, and every other resource's.
    await restart({
      scopes: { [resource]: { actions: ['delete_one'] }, others: { actions: ['*'] } },
    });
    expect(await status(filled(address))).toBe(403);
    await restart({ scopes: { [resource]: { actions: ['read_one', 'read_many'] } } });
    expect(await status(filled(address))).toBe(200);
  });

  test.each([
    ['validate', 'validate_one'],
    ['notarize?mode=test&identity={identity}', 'notarize_one'],
    ['render?type=html', 'render_one'],
  ])('lacks the scope for certificates: %s', async (rest, action) => {
    const actions = ['validate_one', 'notarize_one', 'render_one'].filter((one) => one !== action);
    await restart({ scopes: { certificates: { actions } } });
    const address = filled(`POST /certificates/${rest}`);
    expect(await status(address, { body: certificate })).toBe(403);
    await restart({ scopes: { certificates: { actions: [action] } } });
    expect(await status(filled(`POST /certificates/${rest}`), { body: certificate })).toBeLessThan(
      300,
    );
  });

  test('is of an application that was deleted', async () => {
    expect(await status(filled('DELETE /applications/{application}'))).toBe(200);
    expect(await status('GET /users/me')).toBe(401);
    const { clientId, clientSecret } = emulator.options;
    const body = { clientId, clientSecret };
    expect((await send(emulator, 'POST /tokens', { body })).status).toBe(401);
  });
});

describe('a wrong client fails: its credentials', () => {
  test.each([
    ['no secret', { clientId: 'emulated-client' }, 400],
    ['no client id', { clientSecret: canaries.clientSecret }, 400],
    ['an empty secret', { clientId: 'emulated-client', clientSecret: '' }, 400],
    ['a wrong secret', { clientId: 'emulated-client', clientSecret: 'wrong' }, 401],
    ['another client id', { clientId: 'other', clientSecret: canaries.clientSecret }, 401],
    [
      'the names of OAuth',
      { client_id: 'emulated-client', client_secret: canaries.clientSecret },
      400,
    ],
  ])('%s', async (_, body, expected) => {
    expect((await send(emulator, 'POST /tokens', { body })).status).toBe(expected);
    expect(emulator.state.tokensIssued).toBe(1);
  });
});

describe('a wrong client fails: the company', () => {
  test.each([
    'GET /applications',
    'GET /identities?mode=test',
    'GET /wallets/{wallet}?mode=test',
    'GET /transactions?mode=test',
    'GET /hooks',
    'GET /mailhooks',
    'POST /certificates/notarize?mode=test&identity={identity}',
  ])('is missing for %s', async (address) => {
    const request = { headers: { company: null }, body: certificate };
    expect(await status(filled(address), request)).toBe(400);
  });

  test('is another than the token’s', async () => {
    expect(await status('GET /hooks', { headers: { company: 'other' } })).toBe(403);
    expect(await status('GET /users/me', { headers: { company: 'other' } })).toBe(403);
  });

  test('is one that the user is not in', async () => {
    const user = await ask<{ id: string }>(emulator, 'POST /users', {
      body: { username: 'jane', email: 'jane@company.example', password: canaries.password },
    });
    expect(user.id).toBeDefined();
    const owner = emulator.userToken();
    expect(await status('GET /hooks', { token: owner })).toBe(200);
    const request = { token: owner, headers: { company: 'other' } };
    expect(await status('GET /hooks', request)).toBe(403);
  });
});

describe('a wrong client fails: the mode', () => {
  test.each([
    'GET /nodes',
    'GET /identities',
    'GET /transactions',
    'GET /wallets/{wallet}',
    'POST /certificates/verify',
    'POST /certificates/notarize?identity={identity}',
    'GET /companies/{company}/wallet',
  ])('is missing for %s', async (address) => {
    expect(await status(filled(address), { body: certificate })).toBe(400);
  });

  test.each(['Live', 'production', ''])('is %j', async (mode) => {
    expect(await status(`GET /nodes?mode=${mode}`)).toBe(400);
    expect(await status(`GET /users/me?mode=${mode}`)).toBe(400);
  });

  test('is that of the query for a user', async () => {
    const owner = emulator.userToken();
    const count = async (mode: string) =>
      (await ask<unknown[]>(emulator, `GET /identities?mode=${mode}`, { token: owner })).length;
    expect([await count('test'), await count('live')]).toEqual([1, 0]);
  });
});

describe('a wrong client fails: its body', () => {
  test.each([null, 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'is said to be %j',
    async (contentType) => {
      const request = { body: certificate, headers: { 'content-type': contentType } };
      expect(await status('POST /certificates/validate', request)).toBe(415);
    },
  );

  test.each(['{', '[]', '"text"', 'null', 'a=b', '{"RefSchemaUrl":"x"'])(
    'is no JSON object: %j',
    async (raw) => {
      expect(await status('POST /certificates/validate', { raw })).toBe(400);
    },
  );

  test('is not there', async () => {
    expect(await status('POST /certificates/validate')).toBe(400);
    expect(await status('POST /hooks')).toBe(400);
  });

  test.each([
    ['no schema', { Certificate: {} }],
    ['a schema that is no address', { ...certificate, RefSchemaUrl: 'v0.4.1' }],
    ['a schema over http', { ...certificate, RefSchemaUrl: 'http://example.com/schema.json' }],
    ['no content', { RefSchemaUrl: certificate.RefSchemaUrl }],
    ['a content that is no object', { ...certificate, Certificate: [] }],
    ['a wrapping', { certificate }],
  ])('is no certificate: it has %s', async (_, body) => {
    for (const rest of ['validate', 'verify?mode=test', 'render?type=pdf']) {
      expect([rest, await status(`POST /certificates/${rest}`, { body })]).toEqual([rest, 400]);
    }
    const notarize = filled('POST /certificates/notarize?mode=test&identity={identity}');
    expect(await status(notarize, { body })).toBe(400);
    expect(emulator.state.notarizations).toEqual([]);
  });

  test.each([
    ['POST /users', { username: 'jan', email: 'a@b.example', password: '12345678' }],
    ['POST /users', { username: 'jane', email: 'no address', password: '12345678' }],
    ['POST /companies', { name: 'Mill', vatId: 'ATU74488404' }],
    ['POST /applications', { scopes: {} }],
    ['POST /applications', { mode: 'test', scopes: ['certificates'] }],
    ['POST /applications', { mode: 'test', scopes: [{ resource: 'hooks', actions: ['*'] }] }],
    ['POST /identities?mode=test', { coinType: '822', account: 0, wallet: '{wallet}' }],
    ['POST /identities?mode=test', { coinType: 5, account: 0, wallet: '{wallet}' }],
    ['POST /identities?mode=test', { coinType: 822, account: 0, wallet: 'other' }],
    ['POST /wallets?mode=test', { name: 'One', options: {} }],
    ['POST /wallets?mode=test', { name: 'A wallet' }],
    ['PATCH /wallets/{wallet}?mode=test', { name: 'A wallet' }],
    ['PATCH /wallets/{wallet}?mode=test', { id: 'other', name: 'A wallet' }],
    ['POST /hooks', { connectionUrl: 'http://127.0.0.1:1', status: 'enabled' }],
    ['POST /mailhooks', { status: 'on', scopes: [] }],
    ['POST /mailhooks', { status: 'enabled', scopes: { certificates: { actions: ['*'] } } }],
    ['POST /certificates/hash', { algorithm: 'crc32', source: {} }],
    ['POST /transactions?mode=test', { coinType: 822 }],
    ['POST /transactions?mode=test', { coinType: 823, bcdbOptions: {} }],
  ])('has a wrong field for %s: %j', async (address, body) => {
    const text = filled(JSON.stringify(body));
    const { status: code, data } = await send(emulator, filled(address), { token, raw: text });
    expect(code).toBe(400);
    expect(data).toMatchObject({ name: 'BadRequestException' });
  });

  const watched = [{ resource: 'certificates', actions: ['notarize_one'] }];
  const hook = {
    connectionUrl: 'http://127.0.0.1:1',
    contentType: 'application/json',
    status: 'enabled',
    scopes: watched,
  };
  const address = { country: 'AT', street: 'Street 1', city: 'Graz', zipCode: '8010' };

  test.each<[string, object, string]>([
    ['POST /users', { username: 'jane', email: 'a@b.example', password: '12345678' }, ''],
    ['POST /companies', { name: 'Mill', vatId: 'ATU74488404', address }, 'address'],
    ['POST /applications', { mode: 'test', scopes: {} }, ''],
    ['PATCH /applications/{application}', { id: '{application}', description: 'One' }, ''],
    ['POST /wallets?mode=test', { name: 'A wallet', options: {} }, 'options'],
    ['POST /hooks', hook, ''],
    ['POST /mailhooks', { status: 'enabled', scopes: watched }, ''],
    ['POST /certificates/hash', { algorithm: 'sha256', source: {} }, ''],
  ])('has a field too many for %s: %j', async (line, body, member) => {
    const wrong = { ...body, [member]: { ...Object(Reflect.get(body, member)), colour: 1 } };
    const raw = (value: object) => filled(JSON.stringify(value));
    const extra = member === '' ? { ...body, colour: 1 } : wrong;
    const refused = await send(emulator, filled(line), { token, raw: raw(extra) });
    expect(refused).toMatchObject({ status: 400 });
    expect(String(refused.bytes)).toContain('colour');
    expect(await status(filled(line), { raw: raw(body) })).toBeLessThan(300);
  });

  test.each([
    [{ mode: 'test', scopes: { colours: { actions: [] } } }],
    [{ mode: 'test', scopes: { hooks: { actions: ['sign'] } } }],
    [{ mode: 'test', scopes: { hooks: { actions: ['*'] } } }],
    [{ mode: 'test', scopes: { hooks: {} } }],
  ])('has scopes for an application that are none: %j', async (body) => {
    expect(await status('POST /applications', { body })).toBe(400);
    const { mode: _, ...change } = { ...body, id: emulator.applicationId };
    expect(await status(filled('PATCH /applications/{application}'), { body: change })).toBe(400);
  });

  test.each([
    [[{ resource: 'colours', actions: ['sign'] }]],
    [[{ resource: 'certificates', actions: ['notarise_one'] }]],
    [[{ resource: 'certificates' }]],
  ])('has scopes for a hook that are none: %j', async (scopes) => {
    expect(await status('POST /hooks', { body: { ...hook, scopes } })).toBe(400);
    expect(await status('POST /mailhooks', { body: { status: 'enabled', scopes } })).toBe(400);
  });

  test('may have every scope that the client can send', async () => {
    const entries = Object.entries(scopeActions);
    const scopes = Object.fromEntries(entries.map(([name, actions]) => [name, { actions }]));
    const list = entries.map(([resource, actions]) => ({ resource, actions: [...actions, '*'] }));
    expect(await status('POST /applications', { body: { mode: 'test', scopes } })).toBe(201);
    expect(await status('POST /hooks', { body: { ...hook, scopes: list, mode: 'test' } })).toBe(
      201,
    );
    const mailhook = { status: 'enabled', scopes: list, mode: 'test' };
    expect(await status('POST /mailhooks', { body: mailhook })).toBe(201);
  });

  test('is a form whose file has another name', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const form = (name: string) =>
      `--x\r\ncontent-disposition: form-data; name="${name}"; filename="a.json"\r\n` +
      `content-type: application/json\r\n\r\n${JSON.stringify(certificate)}\r\n--x--\r\n`;
    const sent = async (name: string) =>
      status('POST /certificates/validate-file', { raw: form(name), headers });
    expect([await sent('file'), await sent('certificate')]).toEqual([200, 400]);
  });

  test('is a form without a file, or no form', async () => {
    for (const raw of [
      '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
      'x',
    ]) {
      const headers = { 'content-type': 'multipart/form-data; boundary=x' };
      expect(await status('POST /certificates/validate-file', { raw, headers })).toBe(400);
    }
  });
});

describe('a wrong client fails: its query', () => {
  test.each([
    'POST /certificates/render',
    'POST /certificates/render?type=PDF',
    'POST /certificates/notarize?mode=test',
    'POST /certificates/notarize?mode=test&identity=other',
    'POST /transactions/sign?mode=test&identity={identity}',
    'POST /transactions/send?mode=test',
    'GET /transactions/ledger?mode=test&coinType=822',
    'GET /companies/validate',
    'GET /companies/validate?vatId=12345678',
    'GET /identities?mode=test&status=gone',
    'GET /users/confirm-email',
    'GET /nodes?mode=test&mode=test',
    'GET /users/me?colour=1&colour=2',
  ])('%s', async (address) => {
    expect(await status(filled(address), { body: certificate })).toBe(400);
  });
});

describe('a wrong client fails: limits of what there may be', () => {
  test('a company has six applications', async () => {
    const body = { mode: 'test', scopes: {} };
    for (let made = 1; made < 6; made += 1)
      await ask(emulator, 'POST /applications', { token, body });
    expect(await status('POST /applications', { body })).toBe(403);
    expect(emulator.state.applications).toHaveLength(6);
  });

  test('a wallet of a name', async () => {
    const body = { name: 'Emulated wallet', options: {} };
    expect(await status('POST /wallets?mode=test', { body })).toBe(409);
  });

  test('an identity of another company or mode', async () => {
    const live = await ask<{ clientId: string; clientSecret: string }>(
      emulator,
      'POST /applications',
      { token, body: { mode: 'live', scopes: { certificates: { actions: ['notarize_one'] } } } },
    );
    const { accessToken } = await ask<{ accessToken: string }>(emulator, 'POST /tokens', {
      body: { clientId: live.clientId, clientSecret: live.clientSecret },
    });
    const address = filled('POST /certificates/notarize?mode=live&identity={identity}');
    expect(await status(address, { token: accessToken, body: certificate })).toBe(400);
    expect(await status('GET /hooks', { token: accessToken })).toBe(403);
  });

  test('an identity that is obsolete', async () => {
    expect(await status(filled('DELETE /wallets/{wallet}?mode=test'))).toBe(200);
    const address = filled('POST /certificates/notarize?mode=test&identity={identity}');
    expect(await status(address, { body: certificate })).toBe(400);
    const sign = filled('POST /transactions/sign?mode=test&type=opaque&identity={identity}');
    expect(await status(sign, { body: {} })).toBe(406);
  });
});
