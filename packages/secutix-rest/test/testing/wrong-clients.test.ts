import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import { startSecutixRestEmulator, type SecutixRestEmulator } from '../../src/testing/index.ts';
import {
  ask,
  call,
  pathOf,
  rightClaims,
  signToken,
  type Deviations,
} from './hand-written-client.ts';

/** Half a second into a second, so that a token in whole seconds is 500 ms old. */
const start = new Date('2026-03-01T12:00:00.500Z');
const operation = 'contactInformationPublicService.getContactData';
const parameters = { contactNumber: '333', details: ['GENERAL'] };

let clock: VirtualClock;
let emulator: SecutixRestEmulator;

beforeEach(async () => {
  clock = new VirtualClock(start);
  emulator = await startSecutixRestEmulator({ clock, longRunning: { polls: 2 } });
});
afterEach(() => emulator.close());

/** The claims of a right client, changed. */
function signed(change: Readonly<Record<string, unknown>>): Deviations {
  const claims = { ...rightClaims(emulator, clock.now()), ...change };
  return { token: signToken(claims, emulator.options.secret) };
}

describe('a right client', () => {
  test('is served', async () => {
    const { status, text } = await call(emulator, operation, parameters);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      statusCode: 'success',
      individualContact: { contactNumber: '333' },
    });
  });

  test('may send a token for 999 ms, and through all of them more than once', async () => {
    const iat = Math.floor(clock.now() / 1_000);
    const token = signToken(
      { ...rightClaims(emulator, clock.now()), iat },
      emulator.options.secret,
    );
    await clock.advance(499);
    expect((await call(emulator, operation, parameters, { token })).status).toBe(200);
    expect((await call(emulator, operation, parameters, { token })).status).toBe(200);
    expect(emulator.state.tokenAgesMs).toEqual([999, 999]);
  });
});

describe('a wrong client fails: its token', () => {
  test('is a second old', async () => {
    const { token } = signed({});
    await clock.advance(500);
    const { status, text, headers } = await call(
      emulator,
      operation,
      parameters,
      signed({ iat: iatOf(token) }),
    );
    expect(status).toBe(401);
    expect(text).toContain('1000 ms old');
    expect(headers.date).toBe('Sun, 01 Mar 2026 12:00:01 GMT');
    expect(emulator.state.worstTokenAgeMs).toBe(1_000);
  });

  test('is used again in a later second', async () => {
    const deviations = signed({});
    expect((await call(emulator, operation, parameters, deviations)).status).toBe(200);
    await clock.advance(1_000);
    expect((await call(emulator, operation, parameters, deviations)).status).toBe(401);
  });

  test.each([
    ['lies in the future', () => ({ iat: iatNow() + 1, exp: iatNow() + 31 })],
    ['holds for 31 seconds', () => ({ exp: iatNow() + 31 })],
    ['holds for a year', () => ({ exp: iatNow() + 31_536_000 })],
    ['has expired', () => ({ exp: iatNow() })],
    ['expires before it begins', () => ({ exp: iatNow() - 1 })],
    ['counts milliseconds', () => ({ iat: clock.now(), exp: clock.now() + 30_000 })],
    ['expires in milliseconds', () => ({ exp: clock.now() + 30_000 })],
    ['has no iat', () => ({ iat: undefined })],
    ['has no exp', () => ({ exp: undefined })],
    ['has a broken iat', () => ({ iat: iatNow() + 0.5 })],
    ['has an iat that is a text', () => ({ iat: String(iatNow()) })],
    ['names another institution', () => ({ sub: 'CUBE' })],
    ['names another institution by case only', () => ({ sub: 'mosa' })],
    ['names another operator', () => ({ aud: 'MOSA_BOX' })],
    ['names a list of operators', () => ({ aud: ['MOSA_B2C'] })],
    ['names another partner', () => ({ iss: 'Partner 2' })],
    ['names nobody', () => ({ iss: undefined })],
  ])('%s', async (_, change) => {
    const { status, text } = await call(emulator, operation, parameters, signed(change()));
    expect(status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({ status: 401 });
  });

  test('is signed with another secret', async () => {
    const token = signToken(rightClaims(emulator, clock.now()), `${emulator.options.secret}!`);
    expect((await call(emulator, operation, parameters, { token })).status).toBe(401);
    expect(emulator.state.tokenAgesMs).toEqual([]);
  });

  test.each([
    ['none', (token: string) => token.replace(/[^.]*$/, '')],
    ['HS256', (token: string) => token.replace(/[^.]*$/, '')],
    ['HS256', (token: string) => `${token}.`],
    ['HS256', (token: string) => token.split('.').slice(0, 2).join('.')],
    ['none', (token: string) => token],
    ['HS512', (token: string) => token],
    ['hs256', (token: string) => token],
  ])('claims the algorithm %s and is altered by %s', async (alg, alter) => {
    const { options } = emulator;
    const claims = rightClaims(emulator, clock.now());
    const token = alter(signToken(claims, options.secret, { alg, typ: 'JWT' }));
    expect((await call(emulator, operation, parameters, { token })).status).toBe(401);
  });

  test('is of another type', async () => {
    const claims = rightClaims(emulator, clock.now());
    const token = signToken(claims, emulator.options.secret, { alg: 'HS256' });
    expect((await call(emulator, operation, parameters, { token })).status).toBe(401);
  });

  test.each([null, '', 'Bearer', 'Bearer ', 'Basic TU9TQTpzZWNyZXQ='])(
    'is not there: Authorization is %j',
    async (authorization) => {
      const deviations = { headers: { authorization } };
      expect((await call(emulator, operation, parameters, deviations)).status).toBe(401);
    },
  );
});

describe('a wrong client fails: its address', () => {
  test.each([
    ['another module', '/tnseb/backend-apis/contactInformationPublicService/v2_22/getContactData'],
    [
      'an unknown module',
      '/tnxx/backend-apis/contactInformationPublicService/v2_22/getContactData',
    ],
    ['an unknown service', '/tnco/backend-apis/contactService/v2_22/getContactData'],
    ['the SOAP name', '/tnco/backend-apis/ContactInformationPublicService/v2_22/getContactData'],
    [
      'an unknown version',
      '/tnco/backend-apis/contactInformationPublicService/v2_99/getContactData',
    ],
    ['a dotted version', '/tnco/backend-apis/contactInformationPublicService/2.22/getContactData'],
    ['no version', '/tnco/backend-apis/contactInformationPublicService/getContactData'],
    ['a version with SOAP only', '/tnseb/backend-apis/catalogService/v1_17/getCatalog'],
    ['an unknown method', '/tnco/backend-apis/contactInformationPublicService/v2_22/getContact'],
    ['a slash at the end', `${pathOf(operation)}/`],
    ['a slash too many', `/${pathOf(operation)}`],
    ['the root', '/'],
  ])('has %s', async (_, path) => {
    const { status, text } = await call(emulator, operation, parameters, { path });
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ status: 404 });
  });

  test.each(['GET', 'PUT', 'DELETE'])('is called with %s', async (method) => {
    const { status, headers } = await call(emulator, operation, parameters, { method });
    expect(status).toBe(405);
    expect(headers.allow).toBe('POST');
  });
});

describe('a wrong client fails: its headers and its body', () => {
  test.each([null, '', 'identity', 'deflate', 'br', 'gzip;q=0', 'gzip;q=0.0', 'xgzip'])(
    'do not offer gzip: Accept-Encoding is %j',
    async (value) => {
      const deviations = { headers: { 'accept-encoding': value } };
      const { status, text } = await call(emulator, operation, parameters, deviations);
      expect(status).toBe(400);
      expect(text).toContain('gzip');
    },
  );

  test.each([null, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'do not announce JSON: Content-Type is %j',
    async (value) => {
      const deviations = { headers: { 'content-type': value } };
      expect((await call(emulator, operation, parameters, deviations)).status).toBe(400);
    },
  );

  test.each(['', '{', '{"contactNumber":"333"', "{'contactNumber':'333'}", '[]', '"333"', 'null'])(
    'are not a JSON object: %j',
    async (body) => {
      const { status } = await call(emulator, operation, parameters, { body });
      expect(status).toBe(400);
    },
  );

  test.each([
    ['catalogService.getCatalog', { seasonCode: { code: '2026' } }],
    [operation, { contactNumber: '333', details: 'GENERAL' }],
    ['availabilityService.getUpdatedAvailabilities', { productIds: 5 }],
    ['availabilityService.getUpdatedAvailabilities', { productIds: [true] }],
    ['externalOrderService.getOrderDetails', { orderId: 'five' }],
    ['externalOrderService.getOrderDetails', { orderId: 5.5 }],
    ['catalogService.getCatalog', { requestId: '9223372036854775808' }],
  ])('have a wrong structure for %s: %j', async (wrongOperation, wrongParameters) => {
    expect((await call(emulator, wrongOperation, wrongParameters)).status).toBe(400);
  });
});

describe('a wrong client fails: with work in progress it', () => {
  const catalogue = 'catalogService.getCatalog';

  /** The id as it stands in the text, since JSON.parse would lose its last digit. */
  async function submit(): Promise<string> {
    const { text } = await call(emulator, catalogue, { seasonCode: '2026' });
    expect(text).toContain('"statusCode":"in_progress"');
    return /"requestId":(\d+)/.exec(text)?.[1] ?? '';
  }

  test('forgets the requestId, and submits again and again', async () => {
    await submit();
    for (let round = 0; round < 5; round += 1) {
      const answer = await ask(emulator, catalogue, { seasonCode: '2026' });
      expect(answer['statusCode']).toBe('in_progress');
    }
    expect(emulator.state.submissions).toEqual({ [catalogue]: 6 });
  });

  test('loses the last digit of the requestId to a floating-point number', async () => {
    const requestId = Number(await submit());
    const answer = await ask(emulator, catalogue, { requestId, seasonCode: '2026' });
    expect(answer['statusCode']).toBe('error.request.unknown');
  });

  test('forgets the parameters', async () => {
    const body = `{"requestId":${await submit()}}`;
    expect((await call(emulator, catalogue, {}, { body })).status).toBe(400);
  });

  test('changes the parameters', async () => {
    const body = `{"requestId":${await submit()},"seasonCode":"2027"}`;
    expect((await call(emulator, catalogue, {}, { body })).status).toBe(400);
  });

  test('takes the requestId to another method', async () => {
    const body = `{"requestId":${await submit()},"seasonCode":"2026"}`;
    const answer = await ask(emulator, 'catalogService.getCatalogDetailed', {}, { body });
    expect(answer['statusCode']).toBe('error.request.unknown');
  });
});

test('no client learns the secret from a refusal', async () => {
  const token = signToken(rightClaims(emulator, 0), emulator.options.secret);
  const refusals = [
    await call(emulator, operation, parameters, { token }),
    await call(emulator, operation, parameters, signed({ sub: 'CUBE' })),
    await call(emulator, operation, parameters, { body: emulator.options.secret }),
  ];
  for (const { status, text } of refusals) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain(emulator.options.secret);
    expect(text).not.toContain(token);
  }
});

function iatNow(): number {
  return Math.floor(clock.now() / 1_000);
}

function iatOf(token: string | undefined): number {
  const claims: unknown = JSON.parse(
    Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString(),
  );
  return (claims as { iat: number }).iat;
}
