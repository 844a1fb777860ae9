import { afterEach, describe, expect, test } from '@jest/globals';
import type { EmulatorAnswer } from '@vendorkit/core/testing';
import { canaries } from '../../../tooling/canary/canary.ts';
import type { S1SevenOptions, VendorError } from '../src/index.ts';
import { clientOf, closeAll, failure, json, startVendor, virtualClock } from './harness.ts';

afterEach(closeAll);

/** The vendor's own example (S1SEVEN API information, "Error Handling"). */
const documented = {
  statusCode: 400,
  path: '/user',
  method: 'POST',
  timestamp: '2021-06-10T14:40:52.602Z',
  message: 'Invalid credentials provided',
  name: 'BadRequestException',
  details: ['invalid params'],
};

/** How a write fails when the vendor gives this answer each time. */
async function failureOf(answer: EmulatorAnswer): Promise<VendorError> {
  const clock = virtualClock();
  const vendor = await startVendor(() => answer);
  const s1 = clientOf(vendor, { clock, mode: 'test', companyId: 'c' });
  return failure(clock.run(s1.hooks.delete('h')));
}

describe('an HTTP status', () => {
  test.each([
    [301, 'INVALID_RESPONSE'],
    [302, 'INVALID_RESPONSE'],
    [400, 'BAD_REQUEST'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [406, 'BAD_REQUEST'],
    [409, 'CONFLICT'],
    [410, 'NOT_FOUND'],
    [422, 'BAD_REQUEST'],
    [500, 'SERVER_ERROR'],
    [503, 'SERVER_ERROR'],
  ] as const)('of %i is %s, after one attempt', async (status, code) => {
    const body = { ...documented, statusCode: status };
    const error = await failureOf(json(body, status));
    expect(error).toMatchObject({
      code,
      status,
      vendor: 's1seven',
      operation: 'hooks.delete',
      vendorCode: 'BadRequestException',
      attempts: 1,
      retryable: false,
      outcome: 'answered',
      details: body,
    });
    expect(error.message).toBe(
      `S1SEVEN answered with HTTP ${status}: Invalid credentials provided`,
    );
  });

  test('of 429 is RATE_LIMITED after three attempts, and the hint names the limit', async () => {
    const error = await failureOf(json({ message: 'ThrottlerException: Too Many Requests' }, 429));
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      attempts: 3,
      retryable: true,
      hint: expect.stringContaining('10 calls a minute'),
    });
  });
});

describe('a body', () => {
  test.each<[string, unknown, string, string | undefined]>([
    ['of 2021 with a text', { statusCode: 400, message: 'No.' }, ': No.', undefined],
    ['of 2021 with texts', { message: ['one', 'two'] }, ': one; two', undefined],
    ['of 2021 with an object', { message: { field: 'name' } }, '.', undefined],
    ['of 2021 with both', { message: ['one', { field: 'name' }] }, ': one', undefined],
    ['of 2024 with an object', { name: 'X', message: 'm', details: { a: [1] } }, ': m', 'X'],
    ['whose name is no text', { name: 5, message: 'm' }, ': m', undefined],
    ['whose name is empty', { name: '', message: '' }, '.', undefined],
    ['that is a list', [{ message: 'm' }], '.', undefined],
    ['that is empty but for braces', {}, '.', undefined],
  ])('%s becomes the details', async (_name, body, end, vendorCode) => {
    const error = await failureOf(json(body, 400));
    expect(error.details).toEqual(body);
    expect(error.message).toBe(`S1SEVEN answered with HTTP 400${end}`);
    expect(error.vendorCode).toBe(vendorCode);
  });

  test.each([
    ['a page', '<h1>Bad Gateway</h1>', { text: '<h1>Bad Gateway</h1>' }],
    ['a JSON text', '"Forbidden"', { text: '"Forbidden"' }],
    ['a number', '5', { text: '5' }],
    ['null', 'null', { text: 'null' }],
    ['cut JSON', '{"message":"N', { text: '{"message":"N' }],
    ['nothing', '', undefined],
    ['blanks', ' \n ', undefined],
  ])('that is %s is kept as a text', async (_name, body, details) => {
    const error = await failureOf({ status: 502, body });
    expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 502 });
    expect(error.details).toEqual(details);
  });

  test('keeps integers exact, and a long message is cut', async () => {
    const body = `{"message":"${'x'.repeat(3_000)}","details":{"id":9007199254740993}}`;
    const error = await failureOf({ status: 400, body });
    expect(error.details).toMatchObject({ details: { id: 9007199254740993n } });
    expect(error.message.length).toBeLessThan(600);
  });

  test('whose message has control characters prints none of them', async () => {
    const message = 'No\u001B[2J\u0000\r\nwarning: forged\u2028\u202Eline\u009B';
    const error = await failureOf(json({ message }, 400));
    expect(error.message).toBe('S1SEVEN answered with HTTP 400: No [2J warning: forged line ');
    expect(error.details).toEqual({ message });
  });

  test.each(['__proto__', 'constructor', 'toJSON'])('may have a member %s', async (name) => {
    const error = await failureOf({ status: 400, body: `{"${name}":{"a":1},"message":"m"}` });
    expect(JSON.stringify(error)).toContain('HTTP 400: m');
    expect({}).not.toHaveProperty('a');
  });
});

describe('what the vendor repeats of a request', () => {
  test.each([
    ['a password', canaries.password],
    ['a secret', canaries.webhookSecret],
  ])('%s, is in no error', async (_name, secret) => {
    const vendor = await startVendor(({ text }) =>
      json({ message: `Not <${secret}>`, details: [text, JSON.parse(text), secret] }, 400),
    );
    const s1 = clientOf(vendor, { companyId: 'c' });
    const calls = [
      s1.users.changePassword('u', secret),
      s1.users.setPassword({ token: secret, password: secret }),
      s1.request({ method: 'POST', path: '/x', body: { options: { password: secret } } }),
    ];
    for (const call of calls) {
      expect((await failure(call)).message).toContain('Not <[redacted]>');
    }
  });

  test('and neither is a token in a query', async () => {
    const vendor = await startVendor(({ query }) =>
      json({ message: `Not <${query.get('token')}>` }, 401),
    );
    const s1 = clientOf(vendor);
    const query = { token: canaries.refreshToken };
    for (const call of [
      () => s1.users.confirm(query.token),
      () => s1.request({ method: 'GET', path: '/x', query }),
    ]) {
      expect((await failure(call())).message).toContain('Not <[redacted]>');
    }
  });
});

describe('the hint', () => {
  const forbidden = async (options: Partial<S1SevenOptions>, call: 'notarize' | 'list' | 'me') => {
    const vendor = await startVendor(() => json({}, 403));
    const s1 = clientOf(vendor, { companyId: 'c', ...options });
    const calls = {
      notarize: () => s1.certificates.notarize({ RefSchemaUrl: 'x' }, { identity: 'i' }),
      list: () => s1.applications.list(),
      me: () => s1.users.me(),
    };
    return (await failure(calls[call]())).hint ?? '';
  };

  test.each([
    ['notarize', 'certificates: notarize_one'],
    ['list', 'applications: read_many'],
  ] as const)('at 403 of a live %s names scope, verification and MFA', async (call, scope) => {
    const hint = await forbidden({ mode: 'live' }, call);
    expect(hint).toContain(scope);
    expect(hint).toMatch(/verified the company.*MFA/);
  });

  test.each([
    [{ mode: 'test' }, 'notarize'],
    [{ mode: 'live' }, 'me'],
  ] as const)('at 403 with %j of %s names the scope only', async (options, call) => {
    const hint = await forbidden(options, call);
    expect(hint).toContain('needs the scope');
    expect(hint).not.toContain('MFA');
  });

  test('at 404 tells where the path is known from, and of the policy', async () => {
    const vendor = await startVendor(() => json({}, 404));
    const s1 = clientOf(vendor, { companyId: 'c', paths: { mails: '/letters' } });
    const hints = [];
    for (const call of [
      () => s1.users.me(),
      () => s1.hooks.get('h'),
      () => s1.events.get('e'),
      () => s1.mails.get('m'),
      () => s1.request({ method: 'GET', path: '/totp' }),
    ]) {
      hints.push((await failure(call())).hint ?? '');
    }
    for (const hint of hints) expect(hint).toMatch(/`\/api`.*six months.*Deprecation Policy/);
    const [me, hook, event, mail, raw] = hints;
    expect(hook).toContain('2021: the option `paths`');
    expect(event).toContain('not public');
    expect(mail).toContain('was given in the option `paths`');
    expect([me, raw].join()).not.toContain('paths');
  });

  test.each([406, 409])('at %i tells what it meant in 2021', async (status) => {
    const vendor = await startVendor(() => json({}, status));
    expect((await failure(clientOf(vendor).users.me())).hint).toContain('2021');
  });
});
