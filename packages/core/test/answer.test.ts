import { afterEach, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { isPlainObject } from '../src/plain-object.ts';
import { Acme, closeAll, failure, measure, serve, until } from './acme.ts';

afterEach(closeAll);

test('an answer has its bytes, without compression and as they came', async () => {
  const server = await serve(() => ({ status: 200, body: Buffer.from([0, 0xff, 0xfe, 1]) }));
  const acme = new Acme(server);
  const result = await acme.call({
    read: ({ bytes }) => ({ state: 'done', result: { state: 'done', value: bytes } }),
  });
  expect(result.value).toEqual(Buffer.from([0, 0xff, 0xfe, 1]));
});

test('a body that is no text is refused when its text is asked for', async () => {
  const server = await serve(() => ({ status: 200, body: Buffer.from([0xff]) }));
  const error = await failure(new Acme(server).call());
  expect(error).toMatchObject({ code: 'INVALID_RESPONSE', status: 200, outcome: 'answered' });
});

test('a failure with a body that is no text has an empty text', async () => {
  const server = await serve(() => ({ status: 404, body: Buffer.from([0xff]) }));
  let text: string | undefined;
  const call = new Acme(server).call({
    read: (answer) => {
      ({ text } = answer);
      return { state: 'done', result: { state: 'done' } };
    },
  });
  await call;
  expect(text).toBe('');
});

test('an answer may be read in slices', async () => {
  const acme = new Acme(await serve());
  const result = await acme.call({
    read: async () => {
      await setImmediate();
      return { state: 'done', result: { state: 'done', value: 'read slowly' } };
    },
  });
  expect(result.value).toBe('read slowly');
});

test('an abort ends the reading of an answer', async () => {
  const controller = new AbortController();
  const acme = new Acme(await serve());
  const call = acme.call(
    {
      read: async (_answer, { deadline }) => {
        setTimeout(() => controller.abort(), 20);
        for (;;) {
          await setImmediate();
          deadline.check();
        }
      },
    },
    { signal: controller.signal },
  );
  const { result: error, elapsedMs } = await measure(() => failure(call));
  expect(error).toMatchObject({ code: 'ABORTED', outcome: 'answered', attempts: 1 });
  expect(elapsedMs).toBeLessThan(5_000);
});

test('a reader that fails in an unforeseen way fails the call, and tells nothing of the answer', async () => {
  const acme = new Acme(await serve());
  const read = () => Promise.reject(new TypeError('cannot read "some twenty bytes"'));
  const error = await failure(acme.call({ method: 'POST', read }));
  expect(error).toMatchObject({ code: 'INVALID_RESPONSE', status: 200, outcome: 'answered' });
  expect(JSON.stringify(error)).not.toContain('twenty');
});

test('a query may be given as it is written', async () => {
  const server = await serve();
  await new Acme(server).call({ query: 'wsdl' });
  await new Acme(server).call({ query: 'xsd=../types/1.xsd&part=%2F' });
  expect(server.requests.map(({ query }) => [...query])).toEqual([
    [['wsdl', '']],
    [
      ['xsd', '../types/1.xsd'],
      ['part', '/'],
    ],
  ]);
});

test('a written query with other characters is refused, and not sent', async () => {
  const server = await serve();
  const error = await failure(new Acme(server).call({ query: 'a=1#b' }));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'query', outcome: 'not-sent' });
  expect(server.requests).toEqual([]);
});

test('a warning of a vendor package reaches the hooks', async () => {
  const warnings: unknown[] = [];
  const acme = new Acme(await serve(), { hooks: { warning: (event) => warnings.push(event) } });
  acme.engine.warn('something-odd', 'Something is odd.');
  expect(warnings).toEqual([
    { vendor: 'acme', warning: 'something-odd', message: 'Something is odd.' },
  ]);
});

test.each<[string, unknown, boolean]>([
  ['a literal', { a: 1 }, true],
  ['an object without a prototype', Object.create(null), true],
  ['an array', [], false],
  ['null', null, false],
  ['a text', 'a', false],
  ['an instance of a class', new URL('https://vendor.example'), false],
  ['a Map', new Map(), false],
])('%s is a plain object: %#', (_name, value, expected) => {
  expect(isPlainObject(value)).toBe(expected);
});

test('an abort ends the decompression of an answer', async () => {
  const body = gzipSync(randomBytes(40_000_000), { level: 1 });
  const server = await serve(() => ({ status: 200, body }));
  const controller = new AbortController();
  const acme = new Acme(server, { hooks: { attemptStart: () => {} } });
  const call = acme.call({}, { signal: controller.signal });
  await until(() => server.requests[0]?.status === 200);
  controller.abort();
  expect(await failure(call)).toMatchObject({ code: 'ABORTED' });
});
