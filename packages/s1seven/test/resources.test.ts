import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startServer } from '@vendorkit/core/testing';
import type { EmulatorAnswer, RunningServer } from '@vendorkit/core/testing';
import fc from 'fast-check';
import { canaries } from '../../../tooling/canary/canary.ts';
import type { ApplicationScopes, S1Seven } from '../src/index.ts';
import {
  address,
  certificate,
  expectedRequests,
  file,
  hook,
  mailhook,
} from './expected-requests.ts';
import { clientOf, closeAll, closeLater, failure, isTokenRequest, tokenAnswer } from './harness.ts';
import { plausibleAnswer } from './plausible-answer.ts';

let server: RunningServer;
let s1: S1Seven;
let answer: EmulatorAnswer | undefined;

beforeEach(async () => {
  answer = undefined;
  server = await startServer({
    handle: (request) =>
      isTokenRequest(request) ? tokenAnswer() : (answer ?? plausibleAnswer(request)),
  });
  closeLater(server);
  s1 = clientOf(server, { companyId: 'c1', mode: 'test', accessToken: canaries.accessToken });
});

afterEach(closeAll);

describe('every method sends what the vendor documents', () => {
  test.each(Object.entries(expectedRequests))('%s', async (_name, { call, line, body, form }) => {
    await call(s1);
    const [request, ...others] = server.requests;
    if (request === undefined) throw new Error('Nothing was sent.');
    const { method, path, query, headers, text } = request;
    const [expectedLine = '', expectedQuery] = line.split('?');
    expect([`${method} ${path}`, sorted(query), others]).toEqual([
      expectedLine.replace(' ', ' /api'),
      sorted(new URLSearchParams(expectedQuery)),
      [],
    ]);
    expect(headers).toMatchObject({ 'x-version': '1', company: 'c1' });
    if (form !== undefined) {
      expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
      expect(fieldsOf(text)).toEqual(form);
      expect(request.body.includes(file)).toBe(true);
    } else if (body === undefined) {
      expect(text).toBe('');
    } else {
      expect(headers['content-type']).toBe('application/json');
      expect(JSON.parse(text)).toEqual(body);
    }
  });
});

function sorted(query: URLSearchParams): string[] {
  return [...query].map(([name, value]) => `${name}=${value}`).toSorted();
}

function fieldsOf(form: string): string[] {
  return [...form.matchAll(/form-data; name="([^"]*)"/g)].map(([, name = '']) => name);
}

test('any id is one segment of the path, and comes back as it was', async () => {
  const ids = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .filter((id) => id !== '.' && id !== '..');
  await fc.assert(
    fc.asyncProperty(ids, async (id) => {
      await s1.identities.did(id);
      const segments = server.requests.at(-1)?.path.split('/') ?? [];
      expect(segments.map(decodeURIComponent)).toEqual(['', 'api', 'identities', id, 'did']);
    }),
    { numRuns: 50 },
  );
});

test.each(['', '.', '..', undefined, null, 1.5, {}])('the id %p is refused', async (id) => {
  const error = await failure(s1.companies.get(id as string));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'id', outcome: 'not-sent' });
  expect(server.requests).toEqual([]);
});

const wrong: Record<string, [field: string, call: (s1: S1Seven) => Promise<unknown>]> = {
  'a name that is too short': [
    'body.username',
    (s1) => s1.users.create({ username: 'abc', email: 'a@b', password: canaries.password }),
  ],
  'an address that is none': ['email', (s1) => s1.users.resetPassword('jane')],
  'no body': ['body', (s1) => s1.users.update('u1', undefined as never)],
  'a list for a body': ['body', (s1) => s1.events.update('e1', [] as never)],
  'an empty token': ['token', (s1) => s1.users.confirm('')],
  'a country that is none': [
    'body.address.country',
    (s1) =>
      s1.companies.create({ name: 'Steel', vatId: 'ATU1', address: { ...address, country: 'A' } }),
  ],
  'no VAT number': ['query.vatId', (s1) => s1.companies.validate({} as never)],
  'a mode that is none': [
    'body.mode',
    (s1) => s1.applications.create({ mode: 'prod' as 'live', scopes: {} }),
  ],
  'scopes without actions': [
    'body.scopes.hooks.actions',
    (s1) => s1.applications.create({ mode: 'live', scopes: { hooks: {} as never } }),
  ],
  'no secret': ['body.clientSecret', (s1) => s1.tokens.create({ clientId: 'a' } as never)],
  'a ledger that cannot be': [
    'body.coinType',
    (s1) => s1.identities.create({ coinType: -1, account: 0, wallet: 'w1' }),
  ],
  'a half number': ['query.coinType', (s1) => s1.nodes.list({ coinType: 1.5 })],
  'a mode in the query': ['query.mode', (s1) => s1.hooks.list({ mode: 'live' } as never)],
  'a list in the query': ['query.hook', (s1) => s1.events.list({ hook: ['h1'] } as never)],
  'no identity': ['options.identity', (s1) => s1.certificates.notarize(certificate, {} as never)],
  'no options where some are needed': [
    'options.identity',
    (s1) => s1.transactions.sign({}, undefined as never),
  ],
  'an option that is unknown': [
    'options.colour',
    (s1) => s1.certificates.render(certificate, { type: 'pdf', colour: 1 } as never),
  ],
  'a type that cannot be rendered': [
    'options.type',
    (s1) => s1.certificates.render(certificate, { type: 'docx' as 'pdf' }),
  ],
  'an algorithm that is none': [
    'options.algorithm',
    (s1) => s1.certificates.hashFile(file, { algorithm: 'crc32' as 'md5' }),
  ],
  'a file that is a text': ['file', (s1) => s1.certificates.verifyFile('{}' as never)],
  'a file name of two lines': [
    'file.filename',
    (s1) => s1.certificates.verifyFile({ content: file, filename: 'a\r\nb' }),
  ],
  'a hook without an address': [
    'body.connectionUrl',
    (s1) => s1.hooks.create({ ...hook, connectionUrl: 'example.com' }),
  ],
  'an address of a wallet that is nowhere': [
    'body.account',
    (s1) => s1.wallets.createAddress('w1', { coinType: 822 } as never),
  ],
  'a certificate that is a list': ['certificate', (s1) => s1.certificates.validate([] as never)],
  'a certificate that is missing': [
    'certificate',
    (s1) => s1.certificates.validate(undefined as never),
  ],
  'a text that is not JSON': ['certificate', (s1) => s1.certificates.validate('{"a":')],
  'a text that is a list': ['certificate', (s1) => s1.certificates.validate('[]')],
  'bytes that are not UTF-8': [
    'certificate',
    (s1) => s1.certificates.validate(Buffer.from('{"a":"ü"}', 'latin1')),
  ],
  'bytes with a byte order mark': [
    'certificate',
    (s1) => s1.certificates.validate(Buffer.from('\uFEFF{}')),
  ],
  'a certificate with NaN': [
    'certificate.a[0]',
    (s1) => s1.certificates.validate({ RefSchemaUrl: 'x', a: [NaN] }),
  ],
  'a certificate that holds itself': [
    'certificate.self',
    (s1) => {
      const endless: Record<string, unknown> = {};
      endless['self'] = endless;
      return s1.certificates.validate(endless as never);
    },
  ],
};

describe('refused before anything is sent', () => {
  test.each(Object.entries(wrong))('%s', async (_name, [field, call]) => {
    const error = await failure(call(s1));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expect(server.requests).toEqual([]);
  });
});

describe('a member that the document of 2021 does not know', () => {
  const colour = { colour: 'red' } as object;
  const recipient = { publicKeys: ['k1'], amount: '1', ...colour };
  const place = { coinType: 822, account: 0, index: 1 };
  const unknown: Record<string, (client: S1Seven) => Promise<unknown>> = {
    'body.colour': ({ mailhooks }) => mailhooks.create({ ...mailhook, ...colour }),
    'body.id': ({ wallets }) => wallets.update('w1', { id: 'w2', name: 'keys' } as object),
    'body.address.colour': ({ companies }) =>
      companies.create({ name: 'Steel', vatId: 'ATU1', address: { ...address, ...colour } }),
    'body.options.colour': ({ wallets }) => wallets.create({ name: 'keys', options: colour }),
    'body.scopes[0].colour': ({ hooks }) =>
      hooks.create({ ...hook, scopes: [{ resource: 'hooks', actions: [], ...colour }] }),
    'body.scopes.hooks.colour': ({ applications }) =>
      applications.create({ mode: 'test', scopes: { hooks: { actions: [], ...colour } } }),
    'body.bcdbOptions.transferOptions.recipients[0].colour': ({ transactions }) =>
      transactions.create({
        coinType: 822,
        bcdbOptions: {
          operation: 'TRANSFER',
          transferOptions: { metadata: {}, recipients: [recipient], unspentOutputs: [] },
        },
      }),
    'query.colour': ({ identities }) => identities.list(colour),
    'query.page': ({ users }) => users.list({ page: 2 } as never),
  };

  test.each(Object.entries(unknown))('is refused: %s', async (field, call) => {
    const error = await failure(call(s1));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expect(error.message).toContain('s1.request()');
    expect(server.requests).toEqual([]);
  });

  test('is refused where there are two forms to choose from', async () => {
    const call = s1.wallets.createAddress('w1', { ...place, ...colour });
    expect(await failure(call)).toMatchObject({ field: 'body.colour' });
  });

  test('is sent if it is known to be newer, or if the vendor gave it', async () => {
    await s1.hooks.create({ ...hook, mode: 'test' });
    await s1.mailhooks.create({ ...mailhook, mode: 'test' });
    const identity = { id: 'i1', ...place, ...colour };
    await s1.wallets.createAddress('w1', { identity } as never);
    expect(server.requests.map(({ text }) => JSON.parse(text))).toEqual([
      { ...hook, mode: 'test' },
      { ...mailhook, mode: 'test' },
      { identity },
    ]);
  });

  test('is sent where the members are not public, and in what is not the vendor’s to know', async () => {
    await s1.events.list({ page: 2, colour: 'red' });
    await s1.coinTypes.create({ bip44Id: 1, ...colour });
    await s1.transactions.create({
      coinType: 822,
      bcdbOptions: {
        operation: 'CREATE',
        createOptions: { asset: colour, metadata: colour, recipients: [], issuers: [] },
      },
    });
    expect(server.requests).toHaveLength(3);
  });
});

test('a hook’s address is checked for its certificate unless it is said otherwise', async () => {
  const { enableSSL: _, ...rest } = hook;
  await s1.hooks.create(rest);
  await s1.hooks.create({ ...rest, enableSSL: undefined });
  await s1.hooks.create({ ...rest, enableSSL: false });
  const sent = server.requests.map(({ text }) => JSON.parse(text) as { enableSSL?: boolean });
  expect(sent.map(({ enableSSL }) => enableSSL)).toEqual([true, true, false]);
  expect(sent[0]).toEqual({ ...rest, enableSSL: true });
});

describe('scopes', () => {
  const wrongScopes: [field: string, call: (client: S1Seven) => Promise<unknown>][] = [
    [
      'body.scopes.colours',
      ({ applications }) =>
        applications.create({ mode: 'test', scopes: { colours: { actions: [] } } as never }),
    ],
    [
      'body.scopes.hooks.actions[0]',
      ({ applications }) =>
        applications.create({ mode: 'test', scopes: { hooks: { actions: ['sign' as never] } } }),
    ],
    [
      'body.scopes.hooks.actions[1]',
      ({ applications }) =>
        applications.update('a1', { scopes: { hooks: { actions: ['read_one', '*' as never] } } }),
    ],
    [
      'body.scopes',
      ({ hooks }) => hooks.create({ ...hook, scopes: { hooks: { actions: [] } } as never }),
    ],
    [
      'body.scopes[0].resource',
      ({ hooks }) =>
        hooks.update('h1', { ...hook, scopes: [{ resource: 'colours' as never, actions: [] }] }),
    ],
    [
      'body.scopes[0].actions[0]',
      ({ mailhooks }) =>
        mailhooks.create({
          ...mailhook,
          scopes: [{ resource: 'certificates', actions: ['notarise_one' as never] }],
        }),
    ],
    [
      'body.scopes[0].actions',
      ({ mailhooks }) =>
        mailhooks.update('h1', { ...mailhook, scopes: [{ resource: 'hooks' } as never] }),
    ],
  ];

  test.each(wrongScopes)('of which %s is not known are refused', async (field, call) => {
    expect(await failure(call(s1))).toMatchObject({ code: 'INVALID_REQUEST', field });
    expect(server.requests).toEqual([]);
  });

  test('of the vendor’s own examples and lists are sent', async () => {
    const example: ApplicationScopes = {
      cointypes: { actions: ['read_one', 'read_many'] },
      wallet: { actions: ['read_one'] },
      identities: { actions: ['*'] },
      transactions: { actions: ['sign', 'send', 'read_one'] },
      certificates: { actions: ['read_one', 'notarize_one', 'receive_one', 'notarize_many'] },
      applications_secrets: { actions: ['rotate'] },
      auth: { actions: ['create_one'] },
      mailhooks: { actions: ['create_one', 'read_one', 'read_many'] },
      mails: { actions: ['read_one', 'read_many'] },
    };
    await s1.applications.create({ mode: 'test', scopes: example });
    await s1.hooks.create({ ...hook, scopes: [{ resource: 'companies', actions: ['*'] }] });
    expect(JSON.parse(server.requests[0]?.text ?? '')).toEqual({ mode: 'test', scopes: example });
    expect(server.requests).toHaveLength(2);
  });
});

describe('a certificate', () => {
  const texts = fc
    .tuple(
      fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()),
      fc.constantFrom('', ' ', '\n\t'),
    )
    .map(([value, space]) => `${space}${JSON.stringify(value, undefined, space)}${space}`);

  test('given as a text or bytes is sent byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (text, asBytes) => {
        await s1.certificates.validate(asBytes ? new TextEncoder().encode(text) : text);
        expect(server.requests.at(-1)?.body.toString('hex')).toBe(
          Buffer.from(text).toString('hex'),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('keeps numbers and orders that no object could hold', async () => {
    const text = '{"b":1.0,"a":9007199254740993,"10":1,"2":1e2,"a":2}';
    await s1.certificates.hash({ algorithm: 'sha256', source: certificate });
    await s1.certificates.verify(text);
    expect(server.requests.at(-1)?.text).toBe(text);
  });

  test('given as an object is the same after it was sent, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
        fc.pre(!hasDoubtfulInteger(value));
        await s1.certificates.validate(value as never);
        const sent: unknown = JSON.parse(server.requests.at(-1)?.text ?? '');
        expect(JSON.stringify(sent)).toBe(JSON.stringify(value));
      }),
      { numRuns: 50 },
    );
  });

  test('is sent as it was at the moment of the call', async () => {
    const changing = { ...certificate, id: 1 };
    const call = s1.certificates.validate(changing);
    changing.id = 2;
    await call;
    expect(JSON.parse(server.requests[0]?.text ?? '')).toMatchObject({ id: 1 });
  });

  test('comes back as bytes when it is rendered', async () => {
    const body = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(10_000)]);
    answer = { status: 200, body, headers: { 'content-type': 'application/pdf' } };
    const pdf = await s1.certificates.render(certificate, { type: 'pdf' });
    expect(pdf.equals(body)).toBe(true);
  });
});

test('a file keeps its name, its type and its bytes', async () => {
  const content = randomBytes(1000);
  await s1.certificates.verifyFile({
    content,
    filename: 'Zeugnis 1.json',
    contentType: 'text/csv',
  });
  const [request] = server.requests;
  expect(request?.body.includes(content)).toBe(true);
  expect(request?.text).toContain('name="file"; filename="Zeugnis 1.json"');
  expect(request?.text.toLowerCase()).toContain('content-type: text/csv');
});

test('the options of a call are those of its own method and those of all', async () => {
  await s1.certificates.notarize(certificate, { identity: 'i1', mode: 'live', company: 'c2' });
  const [request] = server.requests;
  expect(request?.query.getAll('mode')).toEqual(['live']);
  expect(request?.headers['company']).toBe('c2');
});

test('a redirect is what a confirmation succeeds with', async () => {
  answer = { status: 302, body: '', headers: { location: 'https://app.s1seven.com/' } };
  expect(await s1.users.confirm('t1')).toBeUndefined();
  expect(server.requests).toHaveLength(1);
});

/** Whether there is an integer whose last digits are lost already. It is refused. */
function hasDoubtfulInteger(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  return (
    typeof value === 'object' && value !== null && Object.values(value).some(hasDoubtfulInteger)
  );
}
