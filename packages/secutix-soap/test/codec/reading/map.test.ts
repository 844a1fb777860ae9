import { describe, expect, test } from '@jest/globals';
import type { ComplexTypeModel } from '../../../src/wsdl/model.ts';
import { serviceOfValue } from '../service-model.ts';

const entry = (key: string, value: string) =>
  `<entry><key>${key}</key><value>${value}</value></entry>`;

describe('a map', () => {
  const service = serviceOfValue((maker) => maker.map('long'));

  test('is a plain object, in the order of the answer', async () => {
    const value = await service.valueOf(`<value>${entry('b', '2')}${entry('a', '1')}</value>`);
    expect(value).toStrictEqual({ value: { b: 2n, a: 1n } });
    expect(Object.keys((value as { value: object }).value)).toEqual(['b', 'a']);
  });

  test('without entries is an empty object, and absent it is absent', async () => {
    await expect(service.valueOf('<value/>')).resolves.toStrictEqual({ value: {} });
    await expect(service.valueOf('')).resolves.toStrictEqual({});
    await expect(service.valueOf('<value xsi:nil="true"/>')).resolves.toEqual({ value: null });
  });

  test('has null where an entry has no value, or a nil one', async () => {
    await expect(
      service.valueOf(
        '<value><entry><key>a</key></entry><entry><key>b</key><value xsi:nil="1"/></entry></value>',
      ),
    ).resolves.toStrictEqual({ value: { a: null, b: null } });
  });

  test('has keys like __proto__ and the empty one as members like any other', async () => {
    const { value } = (await service.valueOf(
      `<value>${entry('__proto__', '1')}${entry('constructor', '2')}${entry('', '3')}</value>`,
    )) as { value: object };
    expect(Object.entries(value)).toEqual([
      ['__proto__', 1n],
      ['constructor', 2n],
      ['', 3n],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test.each([
    ['a key is missing', '<entry><value>1</value></entry>', [{ value: 1n }]],
    [
      'a key is nil',
      '<entry><key xsi:nil="1"/><value>1</value></entry>',
      [{ key: null, value: 1n }],
    ],
    ['an entry is nil', '<entry xsi:nil="1"/>', [null]],
    ['an entry is empty', '<entry/>', [{}]],
    [
      'a key is repeated',
      entry('a', '1') + entry('a', '2'),
      [
        { key: 'a', value: 1n },
        { key: 'a', value: 2n },
      ],
    ],
    [
      'an entry has two keys',
      '<entry><key>a</key><key>b</key><value>1</value></entry>',
      [{ key: ['a', 'b'], value: 1n }],
    ],
    ['an entry has more', '<entry><key>a</key><more>1</more></entry>', [{ key: 'a', more: '1' }]],
    [
      'an entry has attributes',
      '<entry id="1"><key>a</key><value>1</value></entry>',
      [{ $attributes: { id: '1' }, key: 'a', value: 1n }],
    ],
  ])('is a list of entries, as it came, if %s', async (_name, entries, expected) => {
    await expect(
      service.valueOf(`<value>${entry('first', '0')}${entries}</value>`),
    ).resolves.toStrictEqual({
      value: { entry: [{ key: 'first', value: 0n }, ...expected] },
    });
  });

  test.each([
    ['an element', `<value>${entry('a', '1')}<more>x</more></value>`, { more: 'x' }],
    ['an attribute', `<value id="x">${entry('a', '1')}</value>`, { $attributes: { id: 'x' } }],
    ['a text', `<value>x${entry('a', '1')}</value>`, { $text: 'x' }],
  ])('with %s beside its entries is a list of them', async (_name, xml, more) => {
    await expect(service.valueOf(xml)).resolves.toStrictEqual({
      value: { ...more, entry: [{ key: 'a', value: 1n }] },
    });
  });
});

test('a map that says its type stays an object, and one of a derived type is sent back as such', async () => {
  const service = serviceOfValue((maker) => {
    const map = maker.map('long');
    const { fields } = maker.types[map] as ComplexTypeModel;
    const named = maker.complex(fields, { name: 'Numbers' });
    maker.complex(fields, { name: 'MoreNumbers', base: named });
    return named;
  });
  await expect(
    service.valueOf(`<value xsi:type="tns:Numbers">${entry('a', '1')}</value>`),
  ).resolves.toStrictEqual({ value: { a: 1n } });
  const derived = { value: { $type: 'MoreNumbers', entry: [{ key: 'a', value: 1n }] } };
  await expect(
    service.valueOf(`<value xsi:type="tns:MoreNumbers">${entry('a', '1')}</value>`),
  ).resolves.toStrictEqual(derived);
  expect(service.encode(derived)).toContain(
    `<value xsi:type="n1:MoreNumbers">${entry('a', '1')}</value>`,
  );
});

test('keys that are numbers or booleans are their texts', async () => {
  const service = serviceOfValue((maker) => maker.map('string', 'long'));
  await expect(
    service.valueOf(`<value>${entry('10', 'a')}${entry(' 007 ', 'b')}</value>`),
  ).resolves.toStrictEqual({ value: { 7: 'b', 10: 'a' } });
});

test('keys that are moments are written as ISO dates', async () => {
  const service = serviceOfValue((maker) => maker.map('string', 'dateTime'));
  await expect(
    service.valueOf(`<value>${entry('2020-10-13T10:09:27+02:00', 'a')}</value>`),
  ).resolves.toStrictEqual({ value: { '2020-10-13T08:09:27.000Z': 'a' } });
});

test('maps hold lists, and maps', async () => {
  const lists = serviceOfValue((maker) => maker.map('int', 'string', { many: true }));
  await expect(
    lists.valueOf('<value><entry><key>a</key><value>1</value><value>2</value></entry></value>'),
  ).resolves.toStrictEqual({ value: { a: [1, 2] } });
  const maps = serviceOfValue((maker) => maker.map(maker.map('int')));
  await expect(
    maps.valueOf(`<value><entry><key>a</key><value>${entry('b', '1')}</value></entry></value>`),
  ).resolves.toStrictEqual({ value: { a: { b: 1 } } });
});

test('a hundred thousand entries are read without a halt', async () => {
  const service = serviceOfValue((maker) => maker.map('int'));
  const entries = Array.from({ length: 100_000 }, (_, index) => entry(`k${index}`, String(index)));
  const { value } = (await service.valueOf(`<value>${entries.join('')}</value>`)) as {
    value: object;
  };
  expect(Object.keys(value)).toHaveLength(100_000);
});
