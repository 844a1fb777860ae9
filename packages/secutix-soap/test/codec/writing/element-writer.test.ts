import { describe, expect, test } from '@jest/globals';
import { VendorError } from '@vendorkit/core';
import { saxesTree, type SaxesElement } from '../saxes-tree.ts';
import { namespace, serviceOf, serviceOfValue, type TestService } from '../service-model.ts';

const schema = 'http://www.w3.org/2001/XMLSchema-instance';

function refusalOf(service: TestService, parameters: unknown): VendorError {
  try {
    service.encode(parameters);
  } catch (error) {
    if (VendorError.is(error)) return error;
  }
  throw new Error('It was not refused');
}

/** The element of the only parameter, as an independent reader has it. */
function elementOf(service: TestService, value: unknown): SaxesElement | undefined {
  return saxesTree(service.encode({ value })).children[0];
}

describe('nested values', () => {
  const service = serviceOf((maker) => {
    const address = maker.complex([maker.field('street', 'string'), maker.many('line', 'int')]);
    return [
      maker.optional(
        'contact',
        maker.complex([maker.many('addresses', address)], { name: 'Contact' }),
      ),
    ];
  });

  test.each<[unknown, string, string]>([
    [{ addresses: [{ street: 5 }] }, '.addresses[0].street', 'Expected a string'],
    [{ addresses: [{}, { line: [1, 'x'] }] }, '.addresses[1].line[1]', 'Expected an integer'],
    [{ addresses: [{ streat: 'a' }] }, '.addresses[0].streat', 'There is `street`, `line`'],
    [{ addresses: [{ 'a b': 'a' }] }, '.addresses[0]["a b"]', 'no such name'],
    [{ addresses: ['a'] }, '.addresses[0]', 'Expected an object'],
    [{ addresses: [[]] }, '.addresses[0]', 'Expected one value, not an array'],
    [{ addresses: {} }, '.addresses', 'Expected an array'],
    [{ addresses: [new Date()] }, '.addresses[0]', 'Expected an object'],
    [{ addresses: [new Map()] }, '.addresses[0]', 'Expected an object'],
    [{ addresses: [{ $type: 'Nothing' }] }, '.addresses[0].$type', 'Expected the name of a type'],
    [[], '', 'Expected one value, not an array'],
    ['x', '', 'Expected an object'],
  ])('are refused with their whole path: %p', (contact, path, problem) => {
    const error = refusalOf(service, { contact });
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: `parameters.contact${path}` });
    expect(error.message).toContain(problem);
  });

  test('are written in the order of the schema at every level', () => {
    expect(
      service.encode({ contact: { addresses: [{ line: [1, 2], street: 'a' }, {}] } }),
    ).toContain(
      '<contact><addresses><street>a</street><line>1</line><line>2</line></addresses><addresses></addresses></contact>',
    );
  });
});

describe('a value that contains itself', () => {
  const service = serviceOf((maker) => {
    maker.builtin('string');
    const type = maker.types.length;
    maker.complex([maker.optional('child', type), maker.optional('name', 'string')]);
    return [maker.optional('value', type)];
  });

  test('is refused', () => {
    const value: Record<string, unknown> = { name: 'a' };
    value['child'] = value;
    expect(refusalOf(service, { value }).message).toContain('contains itself');
  });

  test('is told from one that is just deep', () => {
    const nest = (levels: number): object => (levels === 0 ? {} : { child: nest(levels - 1) });
    expect(service.encode({ value: nest(63) })).toContain('<child></child>');
    const list = serviceOf((maker) => [maker.many('value', maker.complex([]))]);
    expect(list.encode({ value: Array.from({ length: 100 }, () => ({})) })).toContain('<value>');
    expect(refusalOf(service, { value: nest(64) }).message).toContain('deeper than 64 levels');
  });
});

test('qualified elements have prefixes that the wrapper declares', () => {
  const service = serviceOf((maker) => {
    const inner = maker.complex([
      maker.optional('plain', 'string'),
      maker.optional('other', 'string', { namespace: 'urn:other"&' }),
    ]);
    return [maker.optional('value', inner, { namespace })];
  });
  const xml = service.encode({ value: { plain: 'a', other: 'b' } });
  expect(xml).toBe(
    `<n1:getThing xmlns:n1="${namespace}" xmlns:n2="urn:other&quot;&amp;">` +
      '<n1:value><plain>a</plain><n2:other>b</n2:other></n1:value></n1:getThing>',
  );
  expect(saxesTree(xml).children[0]?.children[1]).toMatchObject({
    name: 'other',
    namespace: 'urn:other"&',
    text: 'b',
  });
});

test('elements of one name in two namespaces are two members', async () => {
  const service = serviceOf((maker) => [
    maker.optional('a', 'string'),
    maker.optional('a', 'int', { namespace }),
    maker.optional('a', 'string'),
  ]);
  const parameters = { a: 'x', [`{${namespace}}a`]: 5 };
  const xml = service.encode(parameters);
  expect(xml).toContain('><a>x</a><n1:a>5</n1:a></n1:getThing>');
  await expect(
    service.valueOf(`<a>x</a><n1:a xmlns:n1="${namespace}">5</n1:a>`),
  ).resolves.toStrictEqual(parameters);
});

describe('attributes and texts', () => {
  const service = serviceOfValue((maker) =>
    maker.complex([], {
      text: maker.builtin('decimal'),
      attributes: [
        maker.attribute('id', 'long', { required: true }),
        maker.attribute('note', 'string', { namespace }),
      ],
    }),
  );

  test('are given as an object, or the text alone', () => {
    expect(
      elementOf(service, { $value: '1.50', $attributes: { note: 'a\t"<\n', id: 5n } }),
    ).toMatchObject({ text: '1.50', attributes: { id: '5', 'n1:note': 'a\t"<\n' } });
    expect(elementOf(service, '1.50')).toMatchObject({ text: '1.50', attributes: {} });
    expect(elementOf(service, { $value: 1n, $attributes: null })).toMatchObject({ text: '1' });
    expect(elementOf(service, { $value: 1n, $attributes: { id: null } })).toMatchObject({
      attributes: {},
    });
  });

  test.each<[unknown, string, string]>([
    [{ $value: 'x' }, '.$value', 'Expected a decimal'],
    [{}, '.$value', 'Expected a decimal'],
    [{ $value: '1', $attributes: { id: 'x' } }, '.$attributes.id', 'Expected an integer'],
    [{ $value: '1', $attributes: { ID: 1 } }, '.$attributes.ID', 'There is `id`, `note`'],
    [{ $value: '1', $attributes: [] }, '.$attributes', 'Expected an object'],
    [{ $value: '1', $text: 'a' }, '.$text', 'There is `$value`, `$attributes`'],
    [true, '.$value', 'Expected a decimal'],
  ])('are refused otherwise: %p', (value, path, problem) => {
    const error = refusalOf(service, { value });
    expect(error.field).toBe(`parameters.value${path}`);
    expect(error.message).toContain(problem);
  });

  test('stand between elements where the schema is mixed', () => {
    const mixed = serviceOfValue((maker) =>
      maker.complex([maker.many('b', 'string')], { mixed: true }),
    );
    expect(mixed.encode({ value: { $text: 'a & ', b: ['c'] } })).toContain(
      '<value>a &amp; <b>c</b></value>',
    );
    expect(refusalOf(mixed, { value: { $text: 5 } }).field).toBe('parameters.value.$text');
  });
});

describe('elements that stand instead of one another', () => {
  const service = serviceOf((maker) => [
    maker.optional('id', 'long', { choice: 1, branch: 1 }),
    maker.optional('name', 'string', { choice: 1, branch: 2, nillable: true }),
    maker.optional('first', 'string', { choice: 1, branch: 2 }),
    maker.optional('free', 'string'),
    maker.many('a', 'int', { choice: 2, branch: 1 }),
    maker.many('b', 'int', { choice: 2, branch: 2 }),
    maker.optional('c', 'int', { choice: 2, branch: 3 }),
  ]);

  test.each([
    { id: 1n, free: 'a' },
    { name: 'a', first: 'b' },
    { id: 1n, name: undefined, c: 5 },
    { a: [1], b: [2] },
    { a: [], c: 5 },
  ])('are taken one at a time: %p', (parameters) => {
    expect(service.encode(parameters)).toContain('<n1:getThing');
  });

  test.each([
    [{ id: 1n, name: 'a' }, 'name', 'It stands instead of `id`: give one of them'],
    [{ id: 1n, name: null }, 'name', 'instead of `id`'],
    [{ first: 'a', id: 1n }, 'first', 'instead of `id`'],
    [{ a: [1], c: 5 }, 'c', 'instead of `a`'],
  ])('are refused together: %p', (parameters, field, problem) => {
    const error = refusalOf(service, parameters);
    expect(error.field).toBe(`parameters.${field}`);
    expect(error.message).toContain(problem);
  });
});

describe('$type', () => {
  const service = serviceOf((maker) => {
    const id = maker.optional('id', 'long');
    const base = maker.complex([id], { name: 'Base' });
    const shape = maker.complex([], { name: 'Shape', abstract: true });
    const more = maker.complex([id, maker.optional('more', 'int')], { name: 'More', base });
    maker.complex([id], { name: 'Most', base: more });
    maker.complex([], { name: 'Stranger' });
    maker.complex([], { name: 'Half', base: shape, abstract: true });
    for (const uri of ['urn:one', 'urn:two']) {
      maker.complex([], { name: 'Circle', namespace: uri, base: shape });
    }
    return [
      maker.optional('value', base),
      maker.optional('shape', shape),
      maker.optional('any', 'anyType'),
    ];
  });

  test('chooses a derived type, whose name goes with the element', () => {
    const element = elementOf(service, { $type: 'More', more: 1, id: 2n });
    expect(element?.attributes).toEqual({ 'xsi:type': 'n1:More' });
    expect(element?.children.map(({ name }) => name)).toEqual(['id', 'more']);
    expect(elementOf(service, { $type: 'Most' })?.attributes).toEqual({ 'xsi:type': 'n1:Most' });
  });

  test('of the declared type says nothing new', () => {
    expect(elementOf(service, { $type: 'Base', id: 1n })?.attributes).toEqual({});
  });

  test('has the namespace where the name alone is not enough', () => {
    const xml = service.encode({ shape: { $type: '{urn:two}Circle' } });
    expect(xml).toContain(`xmlns:xsi="${schema}"`);
    expect(xml).toContain('xmlns:n2="urn:two"');
    expect(xml).toContain('<shape xsi:type="n2:Circle"></shape>');
  });

  test('may be any where anything may stand', () => {
    expect(service.encode({ any: { $type: 'Stranger' } })).toContain(
      '<any xsi:type="n1:Stranger">',
    );
  });

  test.each<[Record<string, unknown>, string, string]>([
    [{ value: { $type: 'Stranger' } }, 'value', 'type: `Base`, `More`, `Most`'],
    [{ value: { $type: 5 } }, 'value', 'Expected the name of a type'],
    [{ value: { $type: null } }, 'value', 'Expected the name of a type'],
    [{ shape: {} }, 'shape', 'type: `{urn:one}Circle`, `{urn:two}Circle`'],
    [{ shape: { $type: 'Shape' } }, 'shape', 'Expected the name of a type'],
    [{ shape: { $type: 'Half' } }, 'shape', 'Expected the name of a type'],
    [{ shape: { $type: 'Circle' } }, 'shape', 'Expected the name of a type'],
    [{ any: { $type: 'Nothing' } }, 'any', 'Expected the name of a type'],
  ])('is refused otherwise: %p', (parameters, name, problem) => {
    const error = refusalOf(service, parameters);
    expect(error.field).toBe(`parameters.${name}.$type`);
    expect(error.message).toContain(problem);
  });

  test('does not give members that the chosen type does not have', () => {
    expect(refusalOf(service, { value: { more: 1 } }).field).toBe('parameters.value.more');
  });
});

describe('a map', () => {
  const service = serviceOfValue((maker) => maker.map('long'));
  const entries = (xml: string) =>
    saxesTree(xml).children[0]?.children.map(({ name, children }) => [
      name,
      ...children.map((child) => [child.name, child.text]),
    ]);
  const expected = [
    ['entry', ['key', 'b'], ['value', '1']],
    ['entry', ['key', 'a'], ['value', '2']],
  ];

  test.each<[string, unknown]>([
    ['a plain object', { b: 1n, a: 2n }],
    [
      'a Map',
      new Map<string, unknown>([
        ['b', 1n],
        ['a', 2],
      ]),
    ],
    [
      'its entries',
      {
        entry: [
          { key: 'b', value: 1n },
          { value: 2n, key: 'a' },
        ],
      },
    ],
  ])('is given as %s', (_name, value) => {
    expect(entries(service.encode({ value }))).toEqual(expected);
  });

  test('may be empty, may have null, and keys like __proto__ and entry', () => {
    expect(entries(service.encode({ value: {} }))).toEqual([]);
    expect(entries(service.encode({ value: { entry: [] } }))).toEqual([]);
    expect(entries(service.encode({ value: { a: null, b: undefined } }))).toEqual([
      ['entry', ['key', 'a']],
    ]);
    expect(entries(service.encode({ value: JSON.parse('{"__proto__": 5}') }))).toEqual([
      ['entry', ['key', '__proto__'], ['value', '5']],
    ]);
    expect(entries(service.encode({ value: { entry: 5n } }))).toEqual([
      ['entry', ['key', 'entry'], ['value', '5']],
    ]);
  });

  test.each<[unknown, string, string]>([
    [{ a: 'x' }, '.a', 'Expected an integer'],
    [{ 'a b': 'x' }, '["a b"]', 'Expected an integer'],
    [{ '\u0000': 1n }, '["\\u0000"]', 'XML cannot carry'],
    [new Map([[5, 1n]]), '["5"]', 'Expected a string'],
    [new Map([[Object.create(null), 1n]]), '["an object"]', 'Expected a string'],
    [{ entry: [{ key: 'a', value: 1n, more: 1 }] }, '.entry[0].more', 'no such name'],
    [[], '', 'Expected one value, not an array'],
    ['x', '', 'Expected an object'],
  ])('is refused otherwise: %p', (value, path, problem) => {
    const error = refusalOf(service, { value });
    expect(error.field).toBe(`parameters.value${path}`);
    expect(error.message).toContain(problem);
  });

  test.each([
    ['long', { '9007199254740993': 'a' }, '9007199254740993'],
    ['int', { 7: 'a' }, '7'],
    ['boolean', { true: 'a' }, 'true'],
    ['double', { INF: 'a' }, 'INF'],
    ['decimal', { '1.50': 'a' }, '1.50'],
    ['date', { '2026-01-01': 'a' }, '2026-01-01'],
    ['int', new Map([[7, 'a']]), '7'],
  ] as const)('has keys of the type %s, too: %p', (key, value, text) => {
    const keyed = serviceOfValue((maker) => maker.map('string', key));
    expect(keyed.encode({ value })).toContain(`<entry><key>${text}</key><value>a</value></entry>`);
  });

  test.each([
    ['long', { x: 'a' }],
    ['int', { 1.5: 'a' }],
    ['boolean', { yes: 'a' }],
    ['boolean', { '': 'a' }],
  ] as const)('refuses keys that are no %s: %p', (key, value) => {
    const keyed = serviceOfValue((maker) => maker.map('string', key));
    expect(refusalOf(keyed, { value }).code).toBe('INVALID_REQUEST');
  });

  test('of lists, and one with the value in front, is written as the schema says', () => {
    const lists = serviceOfValue((maker) => maker.map('int', 'string', { many: true }));
    expect(lists.encode({ value: { a: [1, 2] } })).toContain(
      '<entry><key>a</key><value>1</value><value>2</value></entry>',
    );
    const turned = serviceOfValue((maker) => {
      const entry = maker.complex([maker.field('value', 'int'), maker.field('key', 'string')]);
      return maker.complex([maker.many('entry', entry, { namespace })]);
    });
    expect(turned.encode({ value: { a: 1 } })).toContain(
      '<n1:entry><value>1</value><key>a</key></n1:entry>',
    );
    expect(refusalOf(turned, { value: { a: null } }).field).toBe('parameters.value.a');
  });
});
