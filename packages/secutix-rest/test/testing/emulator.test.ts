import { afterEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import {
  emulatedBehaviours,
  refused,
  startSecutixRestEmulator,
  type SecutixRestEmulator,
  type SecutixRestEmulatorOptions,
} from '../../src/testing/index.ts';
import { ask, call, pathOf, rightClaims, signToken } from './hand-written-client.ts';

const clock = () => new VirtualClock(new Date('2026-03-01T12:00:00.500Z'));
const contact = 'contactInformationPublicService.getContactData';
const getContact = { contactNumber: '333' };

let running: SecutixRestEmulator[] = [];

async function start(options?: SecutixRestEmulatorOptions): Promise<SecutixRestEmulator> {
  const emulator = await startSecutixRestEmulator({ clock: clock(), quota: [], ...options });
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  await Promise.all(running.map((emulator) => emulator.close()));
  running = [];
});

describe('its options', () => {
  test('are those of a client', async () => {
    const emulator = await start({ institution: 'CUBE', secret: 'x'.repeat(32) });
    expect(emulator.options).toEqual({
      institution: 'CUBE',
      operator: 'MOSA_B2C',
      partner: 'Partner 1',
      secret: 'x'.repeat(32),
      baseUrl: emulator.url,
      timestampUnit: 's',
    });
  });

  test('have a secret of 256 bits', async () => {
    const { options } = await start();
    expect(Buffer.byteLength(options.secret)).toBeGreaterThanOrEqual(32);
  });

  test('let tokens count milliseconds, and then refuse seconds', async () => {
    const emulator = await start({ timestampUnit: 'ms' });
    const iat = emulator.clock?.now() ?? 0;
    const claims = { ...rightClaims(emulator, iat), iat, exp: iat + 30_000 };
    const token = signToken(claims, emulator.options.secret);
    expect((await call(emulator, contact, getContact, { token })).status).toBe(200);
    expect((await call(emulator, contact, getContact)).status).toBe(401);
  });

  test('let clients do without gzip', async () => {
    const emulator = await start({ requireGzip: false });
    const { status, headers } = await call(emulator, contact, getContact, {
      headers: { 'accept-encoding': null },
    });
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBeUndefined();
  });
});

describe('its clock', () => {
  test.each([-3_600_000, -900, 900, 5_000])('may be %i ms ahead of the client', async (skewMs) => {
    const emulator = await start({ clockSkewMs: skewMs });
    const now = (emulator.clock?.now() ?? 0) + skewMs;
    const { status, headers } = await call(emulator, contact, getContact);
    expect(status).toBe(200);
    expect(headers.date).toBe(new Date(now).toUTCString());
  });

  test('can be put wrong while it runs, and then refuses a client that goes by its own', async () => {
    const emulator = await start();
    const token = signToken(
      rightClaims(emulator, emulator.clock?.now() ?? 0),
      emulator.options.secret,
    );
    emulator.clockSkewMs = 900;
    expect((await call(emulator, contact, getContact, { token })).status).toBe(401);
    emulator.clockSkewMs = -900;
    expect((await call(emulator, contact, getContact, { token })).status).toBe(401);
    expect(emulator.state.tokenAgesMs).toEqual([1_400, -400]);
    expect(emulator.state.worstTokenAgeMs).toBe(1_400);
  });
});

test('without a clock it goes by the computer’s, and takes its time', async () => {
  const emulator = await startSecutixRestEmulator({ timestampUnit: 'ms', latencyMs: 120 });
  running.push(emulator);
  const iat = Date.now();
  const token = signToken(
    { ...rightClaims(emulator, iat), iat, exp: iat + 30_000 },
    emulator.options.secret,
  );
  const before = performance.now();
  expect((await call(emulator, contact, getContact, { token })).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  expect(emulator.clock).toBeUndefined();
});

describe('its answers', () => {
  test('are compressed JSON', async () => {
    const { headers } = await call(await start(), 'catalogService.getCatalogDetailed');
    expect(headers['content-encoding']).toBe('gzip');
    expect(headers['content-type']).toBe('application/json');
  });

  test.each(['UTF-8', 'UTF-8, gzip'] as const)('may be labelled %s', async (contentEncoding) => {
    const { headers, text } = await call(await start({ contentEncoding }), contact, getContact);
    expect(headers['content-encoding']).toBe(contentEncoding);
    expect(JSON.parse(text)).toMatchObject({ statusCode: 'success' });
  });

  test('have the technical fields beside the data', async () => {
    const { text } = await call(await start(), contact, getContact);
    expect(text).toMatch(
      /^\{"statusCode":"success","statusDetail":null,"requestId":null,"contactNumber"/,
    );
  });

  test('write every digit of an id, without quotes', async () => {
    const { text } = await call(await start(), contact, getContact);
    expect(text).toContain('"contactId":9007199254741057,');
  });

  test('may take a while', async () => {
    const timed = clock();
    const emulator = await start({ clock: timed, latencyMs: 2_000 });
    const before = timed.now();
    await timed.run(call(emulator, contact, getContact));
    expect(timed.now() - before).toBe(2_000);
  });
});

describe('its methods', () => {
  test.each([
    'catalogService.isCatalogServiceAlive',
    'externalOrderFacade.isExternalOrderFacadeAlive',
    'contactInformationPublicService.isContactInformationPublicServiceAlive',
    'dataExportService.isDataExportServiceAlive',
  ])('%s succeeds', async (operation) => {
    expect(await ask(await start(), operation)).toMatchObject({ statusCode: 'success' });
  });

  test('that it does not imitate are refused, never a success', async () => {
    const answer = await ask(await start(), 'externalPaymentService.checkPayment');
    expect(answer).toMatchObject({ statusCode: 'error.emulator.unsupported' });
  });

  test('can be replaced and added, and fail as a vendor does', async () => {
    const emulator = await start({
      methods: {
        [contact]: () => {
          throw new Error('ORA-00060: deadlock detected');
        },
        'questionnaireService.getQuestionnaire': ({ id }) => ({ echo: id }),
        'catalogService.getCatalog': () => refused('error.forbidden', 'No.', { reason: 'scope' }),
      },
    });
    const broken = await call(emulator, contact, getContact);
    expect(broken.status).toBe(500);
    expect(JSON.parse(broken.text)).toEqual({
      status: 500,
      message: 'ORA-00060: deadlock detected',
    });
    const added = await call(
      emulator,
      'questionnaireService.getQuestionnaire',
      {},
      {
        body: '{"id":9007199254740993}',
      },
    );
    expect(added.text).toContain('"echo":9007199254740993');
    expect(await ask(emulator, 'catalogService.getCatalog')).toMatchObject({
      statusCode: 'error.forbidden',
      reason: 'scope',
    });
  });

  test('stand beside routes of your own, which want a token too', async () => {
    const path = '/tnseb/backend-apis/status';
    const emulator = await start({
      routes: { [`GET ${path}`]: ({ query }) => ({ is: query.get('q') }) },
    });
    const deviations = { method: 'GET', path: `${path}?q=up`, headers: { 'content-type': null } };
    const { status, text } = await call(emulator, '', {}, deviations);
    expect([status, text]).toEqual([200, '{"is":"up"}']);
    const headers = { ...deviations.headers, authorization: null };
    expect((await call(emulator, '', {}, { ...deviations, headers })).status).toBe(401);
  });
});

describe('its auth endpoint', () => {
  const path = '/tnai/backend-apis/v1/auth';

  test('gives a token that can be used for a while', async () => {
    const timed = clock();
    const emulator = await start({ clock: timed, issuedTokenLifetimeMs: 60_000 });
    const { operator, partner, secret } = emulator.options;
    const headers = { authorization: null };
    const { token } = await ask(emulator, '', { operator, partner, secret }, { path, headers });
    const use = async () =>
      (await call(emulator, contact, getContact, { token: String(token) })).status;
    expect(await use()).toBe(200);
    await timed.advance(59_999);
    expect(await use()).toBe(200);
    await timed.advance(1);
    expect(await use()).toBe(401);
  });

  test.each(['operator', 'partner', 'secret'])('wants the right %s', async (name) => {
    const emulator = await start();
    const { operator, partner, secret } = emulator.options;
    const body = { operator, partner, secret, [name]: 'wrong' };
    expect((await call(emulator, '', body, { path })).status).toBe(401);
  });

  test('does not take an empty secret', async () => {
    const emulator = await start();
    const { operator, partner } = emulator.options;
    expect((await call(emulator, '', { operator, partner }, { path })).status).toBe(401);
  });
});

/** The statuses of calls made one after the other. */
async function statuses(
  emulator: SecutixRestEmulator,
  operation: string,
  count: number,
): Promise<number[]> {
  const answers = [];
  for (let sent = 0; sent < count; sent += 1) {
    answers.push(await call(emulator, operation, getContact));
  }
  return answers.map(({ status }) => status);
}

describe('its limits', () => {
  const service = { key: 'service', limit: 3, windowMs: 60_000 } as const;

  test('refuse the call that is one too many, in HTML', async () => {
    const emulator = await start({ quota: [service] });
    expect(await statuses(emulator, contact, 4)).toEqual([200, 200, 200, 509]);
    const { headers, text } = await call(emulator, contact, getContact);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['retry-after']).toBeUndefined();
    expect(text).toContain('509 Bandwidth Limit Exceeded');
    expect(emulator.state.quotaRefusals).toBe(2);
  });

  test('hold for each service on its own, and over its versions', async () => {
    const emulator = await start({ quota: [service] });
    expect(await statuses(emulator, contact, 3)).toEqual([200, 200, 200]);
    expect(await statuses(emulator, 'setupService.listSeasons', 1)).toEqual([200]);
    const path = pathOf(contact).replace('v2_22', 'v2_21');
    expect((await call(emulator, contact, getContact, { path })).status).toBe(509);
  });

  test('hold for the institution over all services, wrong calls included', async () => {
    const emulator = await start({ quota: [{ key: 'institution', limit: 2, windowMs: 60_000 }] });
    expect((await call(emulator, contact, {}, { path: '/nowhere' })).status).toBe(404);
    expect((await call(emulator, contact, {}, { token: 'a.b.c' })).status).toBe(401);
    expect(await statuses(emulator, 'setupService.listSeasons', 1)).toEqual([509]);
  });

  test('answer 429 where the vendor has changed to it', async () => {
    const emulator = await start({ quota: [{ ...service, status: 429 }] });
    expect((await statuses(emulator, contact, 4)).at(-1)).toBe(429);
  });

  test('end after a window: a sliding one a window after the call', async () => {
    const timed = clock();
    const emulator = await start({ clock: timed, quota: [service] });
    await statuses(emulator, contact, 3);
    await timed.advance(59_999);
    expect(await statuses(emulator, contact, 1)).toEqual([509]);
    await timed.advance(1);
    expect(await statuses(emulator, contact, 1)).toEqual([200]);
  });

  test('end after a window: a fixed one with the minute', async () => {
    const timed = clock();
    const emulator = await start({ clock: timed, quota: [{ ...service, kind: 'fixed' }] });
    await timed.advance(59_000);
    expect(await statuses(emulator, contact, 4)).toEqual([200, 200, 200, 509]);
    await timed.advance(500);
    expect(await statuses(emulator, contact, 1)).toEqual([200]);
  });

  test('are the vendor’s by default: one detailed catalogue in ten minutes, its polls apart', async () => {
    const timed = clock();
    const emulator = await startSecutixRestEmulator({ clock: timed, longRunning: { polls: 1 } });
    running.push(emulator);
    const detailed = 'catalogService.getCatalogDetailed';
    expect((await call(emulator, detailed)).status).toBe(200);
    const body = '{"requestId":9007199254740993}';
    expect(await ask(emulator, detailed, {}, { body })).toMatchObject({ statusCode: 'success' });
    expect((await call(emulator, detailed)).status).toBe(509);
    await timed.advance(600_000);
    expect((await call(emulator, detailed)).status).toBe(200);
  });

  test('are the vendor’s by default: 60 calls a minute to a service', async () => {
    const emulator = await startSecutixRestEmulator({ clock: clock() });
    running.push(emulator);
    const all = await Promise.all(
      Array.from({ length: 61 }, () => call(emulator, contact, getContact)),
    );
    expect(all.filter(({ status }) => status === 509)).toHaveLength(1);
  });
});

describe('work that takes long', () => {
  const catalogue = 'catalogService.getCatalog';

  test('is in progress as often as was asked for, then done, and stays done', async () => {
    const emulator = await start({ longRunning: { polls: 2 } });
    const first = await call(emulator, catalogue, { seasonCode: '2026', productCode: 'LIGHT' });
    expect(first.text).toBe(
      '{"statusCode":"in_progress","statusDetail":null,"requestId":9007199254740993}',
    );
    // The order of the parameters does not matter.
    const body = '{"productCode":"LIGHT","requestId":9007199254740993,"seasonCode":"2026"}';
    const codes = [];
    for (let poll = 0; poll < 3; poll += 1) {
      codes.push((await ask(emulator, catalogue, {}, { body }))['statusCode']);
    }
    expect(codes).toEqual(['in_progress', 'success', 'success']);
    expect(emulator.state.submissions).toEqual({ [catalogue]: 1 });
  });

  test('has an id of its own each time', async () => {
    const emulator = await start({ longRunning: { polls: 1 } });
    const texts = [await call(emulator, catalogue), await call(emulator, catalogue)];
    expect(texts.map(({ text }) => /"requestId":(\d+)/.exec(text)?.[1])).toEqual([
      '9007199254740993',
      '9007199254740995',
    ]);
  });

  test('is that of the methods named, and of no other', async () => {
    const emulator = await start({ longRunning: { polls: 1, operations: [contact] } });
    expect(await ask(emulator, contact, getContact)).toMatchObject({ statusCode: 'in_progress' });
    expect(await ask(emulator, catalogue)).toMatchObject({ statusCode: 'success' });
  });
});

test('faults can be ordered: a lost answer leaves its order behind', async () => {
  const emulator = await start();
  emulator.faults.next('lost');
  const parameters = {
    pointOfSalesId: 10_228_505_161_000,
    purchasersInfo: { contactReference: '333' },
    simpleProductOperations: [
      { itemId: 10_228_310_724_437, audienceSubCategoryId: 306_159_078, quantity: 1 },
    ],
  };
  await expect(
    call(emulator, 'externalOrderFacade.createOrUpdateOrder', parameters),
  ).rejects.toMatchObject({
    code: 'ECONNRESET',
  });
  expect(emulator.state.orders).toHaveLength(1);
});

test('every rule says what it rests on', () => {
  expect(emulatedBehaviours.length).toBeGreaterThan(30);
  for (const { rule, basis, source } of emulatedBehaviours) {
    expect(rule).not.toBe('');
    expect(source).not.toBe('');
    expect(['documented', 'assumed']).toContain(basis);
  }
  expect(new Set(emulatedBehaviours.map(({ rule }) => rule)).size).toBe(emulatedBehaviours.length);
});

test('an option that does not exist is refused by name', async () => {
  const misspelt = { longrunning: { polls: 1 } } as SecutixRestEmulatorOptions;
  await expect(startSecutixRestEmulator(misspelt)).rejects.toMatchObject({
    code: 'CONFIGURATION',
    field: 'longrunning',
  });
});
