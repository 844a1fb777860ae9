import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Redactor } from '../../src/telemetry/redact.ts';
import { secretForms } from '../../src/telemetry/secret-forms.ts';

const secret = 'Zx9/+~"<&\'q-7m K=2v';

describe('Redactor.text', () => {
  const redactor = new Redactor([secret]);

  test.each(secretForms(secret).map((form) => [form]))('takes out %j', (form) => {
    expect(redactor.text(`before ${form} after`)).toBe('before [redacted] after');
  });

  test('takes out a secret in the middle of Basic credentials', () => {
    const encoded = Buffer.from(`operator:${secret}`).toString('base64');
    const cleaned = redactor.text(`sent ${encoded}`);
    expect(Buffer.from(cleaned.replace('sent ', ''), 'base64').toString()).not.toContain(secret);
    expect(cleaned).toContain('[redacted]');
  });

  test('takes out a secret that was added later', () => {
    const late = new Redactor();
    expect(late.text('is fresh-token-1')).toBe('is fresh-token-1');
    late.add('fresh-token-1');
    expect(late.text('is fresh-token-1')).toBe('is [redacted]');
  });

  test('looks for a secret of three characters only as a whole', () => {
    const short = new Redactor(['abc']);
    expect(short.text('abc')).toBe('[redacted]');
    expect(short.text('abcd')).toBe('abcd');
  });

  test('ignores empty secrets', () => {
    expect(new Redactor(['']).text('')).toBe('');
  });

  test('leaves no form of any secret in any text', () => {
    const word = fc.string({ minLength: 4, maxLength: 12, unit: 'grapheme' });
    fc.assert(
      fc.property(word, fc.nat(), fc.string(), fc.string(), (hidden, pick, before, after) => {
        // A secret that is a piece of the replacement itself cannot be told from it.
        fc.pre(!secretForms(hidden).some((form) => '[redacted]'.includes(form)));
        const forms = secretForms(hidden);
        const form = forms[pick % forms.length] ?? '';
        const cleaned = new Redactor([hidden]).text(`${before}${form}${after}`);
        expect(cleaned.split('[redacted]').join('\n')).not.toContain(form);
      }),
    );
  });

  test('takes a long text in time proportional to its length', () => {
    const line =
      '{"productId":"9223372036854775807","name":"Visite \\"guidée\\"","token of":"x"},\n';
    const text = line.repeat(10_000_000 / line.length);
    const startedAt = performance.now();
    const cleaned = new Redactor([secret]).text(text);
    // About 150 ms on an idle machine: this only tells linear from quadratic.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(cleaned).toBe(text);
  });

  test.each([
    'eyJ',
    'eyJ.',
    'password',
    'password="',
    'Bearer ',
    '<token ',
    '-----BEGIN ',
    '\\',
    ' ',
  ])('is not slowed down by 500 kB of %j', (piece) => {
    const startedAt = performance.now();
    new Redactor([secret]).text(piece.repeat(500_000 / piece.length));
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('Redactor.value', () => {
  const redactor = new Redactor([secret, '123456']);

  test('cleans texts at any depth, keys included', () => {
    const value = {
      a: [{ b: `x ${secret}` }],
      [secret]: new Map([[`k${secret}`, new Set([secret])]]),
    };
    expect(redactor.value(value)).toEqual({
      a: [{ b: 'x [redacted]' }],
      '[redacted]': new Map([['k[redacted]', new Set(['[redacted]'])]]),
    });
  });

  test('changes nothing of the original', () => {
    const value = { a: [secret] };
    redactor.value(value);
    expect(value).toEqual({ a: [secret] });
  });

  test('keeps numbers, bigints, dates and amounts', () => {
    class Amount {
      readonly #thousandths = 10_010n;
      toJSON() {
        return (Number(this.#thousandths) / 1000).toFixed(3);
      }
    }
    const value = {
      n: 1.5,
      id: 2n ** 60n,
      at: new Date(0),
      price: new Amount(),
      none: null,
      yes: true,
    };
    const copy = redactor.value(value);
    expect(copy).toEqual(value);
    expect(copy.price).toBe(value.price);
  });

  test('replaces an instance that would write a secret', () => {
    const url = new URL(`https://vendor.example/?q=${encodeURIComponent(secret)}`);
    expect(redactor.value({ url })).toEqual({ url: 'https://vendor.example/?q=[redacted]' });
  });

  test('replaces what cannot be written', () => {
    class Broken {
      toJSON(): never {
        throw new Error('no');
      }
    }
    expect(redactor.value({ it: new Broken() })).toEqual({ it: '[redacted]' });
  });

  test('replaces values whose name sounds secret, of any type', () => {
    const value = { password: 'abc', pin: 1234, credentials: { user: 'u' }, token: null, otp: '' };
    expect(redactor.value(value)).toEqual({
      password: '[redacted]',
      pin: '[redacted]',
      credentials: '[redacted]',
      token: null,
      otp: '',
    });
    expect(redactor.value(new Map([['apiKey', 'k']]))).toEqual(new Map([['apiKey', '[redacted]']]));
  });

  test('replaces a number that is a secret', () => {
    expect(redactor.value([123_456, 123_456n, 123_457])).toEqual([
      '[redacted]',
      '[redacted]',
      123_457,
    ]);
  });

  test('cleans errors, without their stack', () => {
    const error = Object.assign(new Error(`no ${secret}`, { cause: secret }), { status: 500 });
    expect(redactor.value({ error })).toEqual({
      error: { name: 'Error', message: 'no [redacted]', cause: '[redacted]', status: 500 },
    });
  });

  test('says of bytes only how many there are', () => {
    expect(redactor.value({ body: Buffer.from(secret) })).toEqual({ body: '[19 bytes]' });
  });

  test('drops functions and symbols', () => {
    expect(redactor.value([() => secret, Symbol(secret)])).toEqual([undefined, undefined]);
  });

  test('keeps cycles and shared objects', () => {
    const shared = { text: secret };
    const value: Record<string, unknown> = { one: shared, two: shared };
    value['self'] = value;
    const copy = redactor.value(value);
    expect(copy['self']).toBe(copy);
    expect(copy['one']).toBe(copy['two']);
    expect(copy['one']).toEqual({ text: '[redacted]' });
  });

  test('a field named __proto__ stays a field', () => {
    const copy = redactor.value(JSON.parse('{"__proto__":{"polluted":1}}') as object);
    expect(Object.keys(copy)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  test('cuts off what is endlessly deep', () => {
    let deep: unknown = secret;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(JSON.stringify(redactor.value(deep))).toBe(
      `${'['.repeat(100)}"[too deep]"${']'.repeat(100)}`,
    );
  });
});

test('a Redactor shows nothing of what it knows', () => {
  const redactor = new Redactor([secret]);
  expect(inspect(redactor, { depth: 12, showHidden: true, customInspect: false })).not.toContain(
    'Zx9',
  );
  expect(JSON.stringify({ redactor })).toBe('{"redactor":{}}');
});

describe('Redactor.beginning', () => {
  const redactor = new Redactor([secret]);

  test('is the whole of a short text', () => {
    expect(redactor.beginning(`is ${secret}`, 50)).toBe('is [redacted]');
    expect(redactor.beginning(secret, 3)).toBe('[re');
  });

  test('is as long as it may be', () => {
    expect(redactor.beginning('x'.repeat(3_000_000), 2_000)).toBe('x'.repeat(2_000));
  });

  test('has nothing of a secret at the cut, in whatever form, nor of one that moves up to it', () => {
    const forms = secretForms(secret);
    fc.assert(
      fc.property(
        fc.nat({ max: forms.length - 1 }),
        fc.nat({ max: 700 }),
        fc.nat({ max: 4 }),
        (pick, before, repeats) => {
          const form = forms[pick] ?? '';
          const text = form.repeat(repeats) + 'é'.repeat(before) + form + 'é'.repeat(2_000);
          const shown = redactor.beginning(text, 300);
          expect(shown.length).toBeLessThanOrEqual(300);
          expect(shown.replaceAll('[redacted]', '')).toMatch(/^é*(?:\[[redact]*)?$/);
        },
      ),
    );
  });

  test('hides a long value with a telling name at once', () => {
    expect(redactor.beginning(`{"password":"${'x'.repeat(1_000_000)}"}`, 100)).toBe(
      '{"password":"[redacted]',
    );
  });
});

/** How long the event loop was held at most while something was done, in milliseconds. */
async function longestHoldMs(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0;
  let lastMs = performance.now();
  let isOn = true;
  const look = () => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
    if (isOn) setImmediate(look);
  };
  look();
  await work();
  await nextTurn();
  isOn = false;
  return longestMs;
}

const nextTurn = () => new Promise<void>((resume) => setImmediate(resume));

describe('Redactor.valueInSlices', () => {
  const redactor = new Redactor([secret, '123456']);
  const items = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      productId: BigInt(index) + 2n ** 60n,
      name: `Visite ${index}`,
      from: new Date(index),
      token: 'hidden',
      tariffs: [{ id: index, label: secret }],
    }));

  test('makes the same of any value as is made at once', async () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.constantFrom(secret, 123_456, 123_456n, `x ${secret} y`, '__proto__', undefined),
      fc.double(),
      fc.bigInt(),
      fc.boolean(),
      fc.date(),
      fc.uint8Array(),
    );
    const key = fc.oneof(fc.string(), fc.constantFrom('password', 'token', '__proto__', secret));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(leaf, fc.array(tie('value')), fc.dictionary(key, tie('value'))),
    }));
    await fc.assert(
      fc.asyncProperty(value, async (any) => {
        expect(await redactor.valueInSlices(any, nextTurn)).toEqual(redactor.value(any));
      }),
    );
  });

  test('makes the same of a long value, with many a pause', async () => {
    const value = { items: items(5_000) };
    let pauses = 0;
    const copy = await redactor.valueInSlices(value, async () => {
      pauses += 1;
      await nextTurn();
    });
    expect(pauses).toBeGreaterThan(1);
    expect(copy).toEqual(redactor.value(value));
    expect(copy.items[4_999]).toMatchObject({
      token: '[redacted]',
      tariffs: [{ label: '[redacted]' }],
    });
  });

  test('keeps cycles', async () => {
    const value: Record<string, unknown> = { list: [], set: new Set() };
    value['self'] = value;
    (value['set'] as Set<unknown>).add(value['set']);
    const copy = await redactor.valueInSlices(value, nextTurn);
    expect(copy['self']).toBe(copy);
    expect((copy['set'] as Set<unknown>).has(copy['set'])).toBe(true);
  });

  test('does not pause for a small value', async () => {
    const pause = () => Promise.reject(new Error('It paused.'));
    expect(await redactor.valueInSlices(items(10), pause)).toHaveLength(10);
  });

  test('ends with what the pause rejects with', async () => {
    const ended = new Error('It is over.');
    const work = redactor.valueInSlices(items(50_000), () => Promise.reject(ended));
    await expect(work).rejects.toBe(ended);
  });

  test.each<[string, () => unknown]>([
    ['20,000 items', () => items(20_000)],
    ['200,000 texts', () => Array.from({ length: 200_000 }, (_, index) => `detail ${index}`)],
    ['a text of 5 MB', () => ({ text: 'password="'.repeat(500_000) })],
    ['50 texts of 100 kB', () => Array.from({ length: 50 }, () => 'password="'.repeat(10_000))],
  ])('%s do not hold the event loop', async (_name, make) => {
    const value = make();
    // Slices of 10 ms; the rest is for a busy machine.
    expect(await longestHoldMs(() => redactor.valueInSlices(value, nextTurn))).toBeLessThan(250);
  });

  test('keeps the beginning of a text of more than 100,000 characters, and says so', async () => {
    const text = `${secret} ${'x'.repeat(2_800_000)}`;
    const copy = await redactor.valueInSlices({ text }, nextTurn);
    expect(copy).toEqual(redactor.value({ text }));
    expect(copy.text).toMatch(/^\[redacted\] x+ \[cut: 2800020 characters\]$/);
    expect(copy.text.length).toBeLessThan(100_100);
    const longest = 'x'.repeat(100_000);
    expect(redactor.value(longest)).toBe(longest);
  });
});

describe('what was read from a JSON text', () => {
  const harmless = '{"rows":[{"id":9007199254740993,"name":"a \\"b\\" c"}]}';

  test('is itself if there is nothing to hide', async () => {
    const value = { rows: [{ id: 9_007_199_254_740_993n, name: 'a "b" c' }] };
    expect(await new Redactor([secret]).decodedInSlices(value, harmless, nextTurn)).toBe(value);
  });

  test.each([
    ['a secret', { text: secret }, JSON.stringify({ text: secret })],
    ['a secret spelt with escapes', { text: secret }, '{"text":"\\u005ax9"}'],
    ['a name that sounds secret', { a: ',', token: 'x' }, '{"a":",","token" : "x"}'],
    ['such a name with a quote in it', { 'the"token': 'x' }, '{"the\\"token":"x"}'],
  ])('is cleaned if there is %s', async (_, value, json) => {
    const copy = await new Redactor([secret]).decodedInSlices(value, json, nextTurn);
    const cleaned = JSON.stringify(copy);
    expect(cleaned).toContain('[redacted]');
    expect(cleaned).not.toContain(secret);
  });

  test('does not hold the event loop if it is long', async () => {
    const rows = Array.from({ length: 50_000 }, (_, id) => ({ id, name: `"row" \\u0020${id}` }));
    const json = JSON.stringify(rows);
    const redactor = new Redactor([secret]);
    const work = () => redactor.decodedInSlices(rows, json, nextTurn);
    expect(await longestHoldMs(work)).toBeLessThan(250);
  });
});
