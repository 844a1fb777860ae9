import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { stringifyJson } from '@vendorkit/core';
import { VirtualClock } from '@vendorkit/core/testing';
import * as fc from 'fast-check';
import { z } from 'zod';
import { secretsIn } from '../../../../tooling/canary/leaks.ts';
import { memoryReplayStore } from '../../src/webhooks/replay-store.ts';
import type { WebhookVerifyOptions } from '../../src/webhooks/verify-options.ts';
import type { WebhookEvent } from '../../src/webhooks/webhook-event.ts';
import { webhooks } from '../../src/webhooks/webhooks.ts';
import { eventBody, failure, secret } from './vendor.ts';

const now = 1_623_336_052;
const clock = new VirtualClock(new Date(now * 1000 + 900));
const digest = (body: string | Uint8Array, key: string | Buffer = secret) =>
  createHmac('sha256', key).update(body).digest('hex');
const headersOf = (body: string | Uint8Array, time = now) => ({
  'Content-Type': 'application/json; charset=utf-8',
  Signature: `t=${time},h=${digest(body)}`,
});

/** Why a delivery is rejected: the reason and the field. */
async function rejection(
  headers: Parameters<typeof webhooks.verify>[1],
  body: string | Buffer = eventBody,
): Promise<unknown> {
  const error = await failure(() => webhooks.verify(body, headers, { secret, clock }));
  expect(error).toMatchObject({ code: 'SIGNATURE_REJECTED', vendor: 's1seven', retryable: false });
  // What would have been right is told to nobody.
  expect(inspect(error, { depth: 12 })).not.toContain(digest(body).slice(0, 12));
  return [(error.details as { reason: string }).reason, error.field];
}

describe('a webhook that the vendor signed', () => {
  test('is an event', () => {
    const event = webhooks.verify(Buffer.from(eventBody), headersOf(eventBody), { secret, clock });
    expect(event).toEqual({
      id: '61a0',
      resource: 'certificates',
      action: 'notarize_one',
      payload: { RefSchemaUrl: expect.any(String) },
      body: JSON.parse(eventBody),
      signedAt: new Date(now * 1000),
      raw: Buffer.from(eventBody),
    });
  });

  test.each([
    ['a text', (body: string) => body],
    ['a Buffer', (body: string) => Buffer.from(body)],
    ['a Uint8Array', (body: string) => new TextEncoder().encode(body)],
    [
      'part of a larger array',
      (body: string) => new TextEncoder().encode(`<${body}>`).subarray(1, -1),
    ],
  ])('can be given as %s', (_kind, given) => {
    const body = '{"name":"Stahlwerk Grünstraße"}';
    const event = webhooks.verify(given(body), headersOf(body), { secret, clock });
    expect(event.body).toEqual({ name: 'Stahlwerk Grünstraße' });
    expect(event.raw.toString()).toBe(body);
  });

  test.each([
    ['a record', (signature: string) => ({ signature })],
    ['a record in capitals', (signature: string) => ({ SIGNATURE: signature })],
    ['distinct headers', (signature: string) => ({ signature: [signature] })],
    ['Headers', (signature: string) => new Headers({ Signature: signature })],
  ])('can come with its headers as %s', (_kind, given) => {
    const headers = given(`t=${now},h=${digest(eventBody)}`);
    expect(webhooks.verify(eventBody, headers, { secret, clock }).id).toBe('61a0');
  });

  test('is signed with any of several secrets, while one is being changed', async () => {
    const body = '{}';
    const options = { secret: ['a newer secret', Buffer.from(secret)], clock };
    expect(webhooks.verify(body, headersOf(body), options).body).toEqual({});
    const without = { secret: ['a newer secret'], clock };
    const error = await failure(() => webhooks.verify(body, headersOf(body), without));
    expect(error).toMatchObject({ details: { reason: 'mismatch' } });
  });

  test.each([
    ['with blanks', `t=${now}, h=${digest(eventBody)}`],
    ['with blanks and tabs everywhere', ` t = ${now}\t,\th =  ${digest(eventBody)} `],
    ['with the digest first', `h=${digest(eventBody)},t=${now}`],
    ['with the digest in capitals', `t=${now},h=${digest(eventBody).toUpperCase()}`],
    ['with more members', `v=2,t=${now},,alg="hmac",h=${digest(eventBody)},h2=00`],
  ])('may have its signature written %s', (_kind, signature) => {
    expect(webhooks.verify(eventBody, { signature }, { secret, clock }).id).toBe('61a0');
  });

  test.each([-5, -1, 0, 5])('may be %d seconds old', (age) => {
    expect(webhooks.verify('{}', headersOf('{}', now - age), { secret, clock }).signedAt).toEqual(
      new Date((now - age) * 1000),
    );
  });

  test('may be older if the caller says so', () => {
    const options = { secret, clock, toleranceSeconds: 60 };
    expect(webhooks.verify('{}', headersOf('{}', now - 60), options).body).toEqual({});
  });
});

describe('a webhook is rejected', () => {
  const right = digest(eventBody);

  test.each<[string, Parameters<typeof webhooks.verify>[1], string]>([
    ['without a header', { 'content-type': 'application/json' }, 'missing'],
    ['without a value', { signature: undefined }, 'missing'],
    ['without one among Headers', new Headers(), 'missing'],
    ['with two headers', { signature: [`t=${now},h=${right}`, `t=${now},h=${right}`] }, 'repeated'],
    [
      'with two spellings',
      { signature: `t=1,h=${right}`, Signature: `t=2,h=${right}` },
      'repeated',
    ],
    ['with joined headers', { signature: `t=${now},h=${right}, t=${now},h=${right}` }, 'repeated'],
    ['with an empty header', { signature: '' }, 'malformed'],
    ['without a time', { signature: `h=${right}` }, 'malformed'],
    ['without a digest', { signature: `t=${now}` }, 'malformed'],
    ['with two times', { signature: `t=${now},h=${right},t=${now}` }, 'repeated'],
    ['with two digests', { signature: `h=${right},t=${now}, h = ` }, 'repeated'],
    ['with names in capitals', { signature: `T=${now},H=${right}` }, 'malformed'],
    ['with a blank in the time', { signature: `t=16233 36052,h=${right}` }, 'malformed'],
    ['with nothing for a comma', { signature: `t=${now} h=${right}` }, 'malformed'],
    ['with a time in hexadecimal digits', { signature: `t=0x60c2,h=${right}` }, 'malformed'],
    [
      'with a digest that is not hexadecimal',
      { signature: `t=${now},h=${'g'.repeat(64)}` },
      'malformed',
    ],
    ['with a digest that is too short', { signature: `t=${now},h=${right.slice(2)}` }, 'malformed'],
    ['with a digest that is too long', { signature: `t=${now},h=${right}00` }, 'malformed'],
    ['with a time in milliseconds', { signature: `t=${now}000,h=${right}` }, 'malformed'],
    ['with a negative time', { signature: `t=-1,h=${right}` }, 'malformed'],
    ['with a time that is no integer', { signature: `t=1e9,h=${right}` }, 'malformed'],
    ['with a line break at the end', { signature: `t=${now},h=${right}\n` }, 'malformed'],
    ['that is six seconds old', { signature: `t=${now - 6},h=${right}` }, 'too-old'],
    ['that is six seconds ahead', { signature: `t=${now + 6},h=${right}` }, 'from-the-future'],
  ])('%s', async (_fault, headers, reason) => {
    expect(await rejection(headers)).toEqual([reason, 'headers.signature']);
  });

  test('with another body, be it equal once parsed and sorted', async () => {
    const sorted = '{"a":1,"b":2}';
    expect(await rejection(headersOf(sorted), '{"b":2,"a":1}')).toEqual(['mismatch', 'rawBody']);
    expect(await rejection(headersOf(sorted), `${sorted}\n`)).toEqual(['mismatch', 'rawBody']);
  });

  test('with a signature of another secret', async () => {
    const signature = `t=${now},h=${digest(eventBody, 'another secret')}`;
    expect(await rejection({ signature })).toEqual(['mismatch', 'rawBody']);
  });
});

describe('a replay store', () => {
  const body = '{"jobId":"7"}';
  const headers = headersOf(body);

  test('makes of the answer a promise, and believes a delivery once', async () => {
    const options = { secret, clock, replayStore: memoryReplayStore({ clock }) };
    expect(await webhooks.verify(body, headers, options)).toMatchObject({ body: { jobId: '7' } });
    const later = new VirtualClock(new Date((now + 600) * 1000));
    // The time is not signed: whoever has the digest can write a new one.
    const again = { signature: `t=${now + 600},h=${digest(body)}` };
    expect(webhooks.verify(body, again, { secret, clock: later }).body).toEqual({ jobId: '7' });
    const error = await failure(() => webhooks.verify(body, again, { ...options, clock: later }));
    expect(error).toMatchObject({ code: 'SIGNATURE_REJECTED', details: { reason: 'replayed' } });
    const other = '{"jobId":"8"}';
    expect((await webhooks.verify(other, headersOf(other), options)).body).toEqual({ jobId: '8' });
  });

  test('is asked with the hash of the body, and for a day', async () => {
    const asked: unknown[] = [];
    const remember = async (...question: unknown[]) => asked.push(question) > 0;
    await webhooks.verify('{}', headersOf('{}'), { secret, clock, replayStore: { remember } });
    const hash = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
    expect(asked).toEqual([[hash, 86_400_000]]);
  });

  test('can be asked with what the caller takes for the same delivery', async () => {
    const asked: unknown[] = [];
    const remember = (...question: unknown[]) => asked.push(question) > 0;
    await webhooks.verify(eventBody, headersOf(eventBody), {
      secret,
      clock,
      replayStore: { remember },
      replayKey: ({ id = '' }) => `event ${id}`,
      replayWindowSeconds: 60,
    });
    expect(asked).toEqual([['event 61a0', 60_000]]);
  });

  test('hears of no delivery that is rejected anyway', async () => {
    const asked: string[] = [];
    const replayStore = { remember: (key: string) => asked.push(key) > 0 };
    await failure(() => webhooks.verify('[]', headers, { secret, clock, replayStore }));
    expect(asked).toEqual([]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('redis://user:word@host is down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('redis://user:word@host is down'))],
    ['rejects without an error', () => Promise.reject('redis://user:word@host is down')],
  ])('that %s lets nothing pass, and its words are not repeated', async (_kind, remember) => {
    const options = { secret, clock, replayStore: { remember } };
    const error = await failure(() => webhooks.verify(body, headers, options));
    expect(error).toMatchObject({ code: 'CONNECTION', vendor: 's1seven', retryable: true });
    expect(inspect(error, { depth: 12, showHidden: true })).not.toContain('redis');
  });

  test('may be there or not', async () => {
    const verifyBy = (options: WebhookVerifyOptions): WebhookEvent | Promise<WebhookEvent> =>
      webhooks.verify(body, headers, options);
    expect(verifyBy({ secret, clock })).toMatchObject({ body: { jobId: '7' } });
    const answer = verifyBy({ secret, clock, replayStore: memoryReplayStore() });
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toMatchObject({ body: { jobId: '7' } });
  });
});

describe('the caller is told', () => {
  test.each([[JSON.parse(eventBody)], [undefined], [null], [12], [new ArrayBuffer(2)]])(
    'that the raw bytes are needed, not %p',
    async (body) => {
      const error = await failure(() =>
        webhooks.verify(body as string, headersOf(eventBody), { secret, clock }),
      );
      expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'rawBody' });
      expect(error.message).toMatch(/express\.raw.*parseAs/s);
    },
  );

  test.each([[undefined], ['t=1,h=2']])('that %p are no headers', async (headers) => {
    const error = await failure(() =>
      webhooks.verify('{}', headers as unknown as Headers, { secret }),
    );
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'headers' });
  });

  test.each<[Record<string, unknown>, string]>([
    [{}, 'secret'],
    [{ secret: '' }, 'secret'],
    [{ secret: [] }, 'secret'],
    [{ secret: [secret, ''] }, 'secret'],
    [{ secret: 5 }, 'secret'],
    [{ secret: Buffer.alloc(0) }, 'secret'],
    [{ secret, toleranceSeconds: -1 }, 'toleranceSeconds'],
    [{ secret, toleranceSeconds: Infinity }, 'toleranceSeconds'],
    [{ secret, tolerance: 5 }, 'tolerance'],
    [{ secret, replayStore: {} }, 'replayStore'],
    [{ secret, replayKey: 'id' }, 'replayKey'],
    [{ secret, replayWindowSeconds: 0 }, 'replayWindowSeconds'],
    [{ secret, schema: {} }, 'schema'],
    [{ secret, clock: {} }, 'clock'],
  ])('which option is wrong: %#', async (options, field) => {
    const error = await failure(() =>
      webhooks.verify('{}', headersOf('{}'), options as { secret: string }),
    );
    expect(error).toMatchObject({ code: 'CONFIGURATION', field });
  });
});

test('an event shows no secret', () => {
  const event = webhooks.verify(eventBody, headersOf(eventBody), { secret, clock });
  expect(secretsIn(inspect(event, { depth: 12, showHidden: true }))).toEqual([]);
});

describe('whatever comes', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
  const reasonOf = (body: Uint8Array, signature: string) => {
    try {
      webhooks.verify(body, { signature, 'content-type': 'text/plain' }, { secret, clock });
      return 'believed';
    } catch (error) {
      return (error as { details?: { reason: string } }).details?.reason;
    }
  };

  test('any bytes that are signed are believed', () => {
    fc.assert(
      fc.property(bytes, (body) => {
        const event = webhooks.verify(
          body,
          { signature: `t=${now},h=${digest(body)}`, 'content-type': 'application/octet-stream' },
          { secret, clock },
        );
        expect(event.raw.equals(body)).toBe(true);
      }),
    );
  });

  test('any JSON is read without loss', () => {
    const leaf = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.bigInt(),
      fc.boolean(),
      fc.constant(null),
    );
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('json'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        const body = Buffer.from(stringifyJson(value));
        const event = webhooks.verify(body, headersOf(body), { secret, clock });
        expect(stringifyJson(event.body)).toBe(body.toString());
      }),
    );
  });

  test('a body with one bit changed is rejected', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 0, max: 7 }), (body, place, bit) => {
        const signature = `t=${now},h=${digest(body)}`;
        const changed = Uint8Array.from(body);
        const at = place % body.length;
        changed[at] = (body[at] ?? 0) ^ (1 << bit);
        expect(reasonOf(changed, signature)).toBe('mismatch');
      }),
    );
  });

  test('a signature is read with blanks, in any order, beside members that are not known', () => {
    const blanks = fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 3 });
    const letters = fc.string({
      unit: fc.constantFrom('t', 'h', 'v', '1', '"', ' ', '='),
      maxLength: 9,
    });
    const unknown = letters.filter((text) => !/^\s*[th]\s*=/.test(text));
    const digits = fc.mixedCase(fc.constant(digest(eventBody)));
    const member = (name: string, value: fc.Arbitrary<string>) =>
      fc
        .tuple(blanks, blanks, blanks, value, blanks)
        .map(([a, b, c, written, d]) => `${a}${name}${b}=${c}${written}${d}`);
    const signed = fc
      .tuple(
        member('t', fc.constant(`${now}`)),
        member('h', digits),
        fc.array(unknown, { maxLength: 4 }),
      )
      .chain(([time, hash, others]) =>
        fc.shuffledSubarray([time, hash, ...others], { minLength: 2 + others.length }),
      );
    fc.assert(
      fc.property(signed, (members) => {
        expect(reasonOf(Buffer.from(eventBody), members.join(','))).toBe('believed');
      }),
    );
  });

  test('a header with one character changed is rejected, unless it is the time that nobody signed', () => {
    const text = `t=${now},h=${digest(eventBody)}`;
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, letter) => {
          fc.pre(text[at] !== letter);
          const changed = text.slice(0, at) + letter + text.slice(at + 1);
          const reason = reasonOf(Buffer.from(eventBody), changed);
          const isAsSigned = changed.slice(14).toLowerCase() === text.slice(14);
          if (reason === 'believed')
            expect([changed, isAsSigned]).toEqual([
              expect.stringMatching(/^t=162333605\d,h=/),
              true,
            ]);
          else if (at < text.indexOf(','))
            expect(reason).toMatch(/^(malformed|repeated|too-old|from-the-future)$/);
          else expect(reason).toMatch(/^(malformed|repeated|mismatch)$/);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a shorter or longer body is rejected', () => {
    fc.assert(
      fc.property(bytes, fc.uint8Array({ minLength: 1, maxLength: 3 }), (body, more) => {
        const signature = `t=${now},h=${digest(body)}`;
        expect(reasonOf(Buffer.concat([body, more]), signature)).toBe('mismatch');
        expect(reasonOf(body.slice(0, -1), signature)).toBe('mismatch');
      }),
    );
  });
});

test('a schema types the body', async () => {
  const schema = z.object({ resource: z.literal('certificates'), id: z.string() });
  const event = webhooks.verify(eventBody, headersOf(eventBody), { secret, clock, schema });
  const id: string = event.body.id;
  expect([id, event.payload]).toEqual(['61a0', { RefSchemaUrl: expect.any(String) }]);
  const body = '{"resource":"wallets","id":"61a0"}';
  const error = await failure(() =>
    webhooks.verify(body, headersOf(body), { secret, clock, schema }),
  );
  expect(error).toMatchObject({ code: 'INVALID_RESPONSE', field: 'body.resource' });
  expect(error.message).not.toContain('wallets');
});
