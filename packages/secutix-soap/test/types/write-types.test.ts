import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { writeTypes } from '../../src/types/write-types.ts';
import type { BuiltinType } from '../../src/wsdl/model.ts';
import { catalogModel } from './catalog-model.ts';
import { ModelBuilder, namespace } from './models.ts';

const { optional, many, nillable } = { optional: true, many: true, nillable: true } as const;

/** The lines of one declaration, without its comment and its end. */
function declaration(text: string, name: string): string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`export interface ${name} `));
  if (start === -1) return [];
  const end = lines.indexOf('}', start);
  return lines.slice(start + 1, end).map((line) => line.trim());
}

/** What is received and what is sent of one element. */
function memberOf(type: BuiltinType, more: object = {}): { received: string; sent: string } {
  const build = new ModelBuilder();
  const item = build.complex({ name: 'Item' }, [
    build.field('x', type, more),
    build.field('y', 'int'),
  ]);
  build.wrapped('save', [build.field('item', item)], item);
  const text = writeTypes(build.build());
  const [received = ''] = declaration(text, 'Item');
  const [sent = ''] = declaration(text, 'ItemInput');
  return { received, sent };
}

test('a service as large as life is written as it stands in the fixture', () => {
  const written = readFileSync(join(__dirname, 'fixtures/catalog-service.ts'), 'utf8');
  expect(writeTypes(catalogModel())).toBe(written);
});

test('the order of the types in the model changes nothing', () => {
  const model = catalogModel();
  const last = model.types.length - 1;
  const turned = JSON.parse(
    JSON.stringify({ ...model, types: model.types.toReversed() }, (name, value: unknown) =>
      ['type', 'base', 'text'].includes(name) && typeof value === 'number' ? last - value : value,
    ),
  ) as typeof model;
  expect(writeTypes(turned)).toBe(writeTypes(model));
});

test('the head tells the service, its namespace, and what is left out', () => {
  const build = new ModelBuilder();
  build.wrapped('getIt', [], 'string');
  const omitted = [{ name: 'getOld', reason: 'is in RPC style' }];
  const text = writeTypes(build.build({ namespace: 'urn:a\n*/b\u2028c', omitted }));
  expect(text.split('\n').slice(0, 5)).toEqual([
    '// The types of CatalogService, written from its WSDL by `secutix-soap types`.',
    '// Changes made here are lost when they are written again.',
    '// Namespace: urn:a */b c',
    '// Left out: `getOld` is in RPC style.',
    '',
  ]);
});

describe('an element', () => {
  const narrow: BuiltinType[] = [
    'byte',
    'short',
    'int',
    'unsignedByte',
    'unsignedShort',
    'unsignedInt',
  ];
  const wide: BuiltinType[] = [
    'long',
    'unsignedLong',
    'integer',
    'nonNegativeInteger',
    'positiveInteger',
    'nonPositiveInteger',
    'negativeInteger',
  ];

  test.each<[BuiltinType, string, string]>([
    ...narrow.map((type): [BuiltinType, string, string] => [type, 'number', 'bigint | number']),
    ...wide.map((type): [BuiltinType, string, string] => [
      type,
      'bigint',
      'bigint | number | string',
    ]),
    ['decimal', 'string', 'bigint | number | string'],
    ['float', 'number', 'number'],
    ['double', 'number', 'number'],
    ['boolean', 'boolean', 'boolean'],
    ['string', 'string', 'string'],
    ['QName', 'string', 'string'],
    ['time', 'string', 'string'],
    ['date', 'Date | string', 'Date | string'],
    ['dateTime', 'Date | string', 'Date | string'],
    ['base64Binary', 'Buffer', 'Uint8Array'],
    ['hexBinary', 'Buffer', 'Uint8Array'],
    ['anyType', 'unknown', 'bigint | boolean | Date | number | string'],
  ])('of the type %s is received as %s and sent as %s', (type, received, sent) => {
    expect(memberOf(type)).toEqual({ received: `x: ${received};`, sent: `x: ${sent};` });
  });

  test('that is optional may be absent or undefined', () => {
    expect(memberOf('long', { optional })).toEqual({
      received: 'x?: bigint | undefined;',
      sent: 'x?: bigint | number | string | undefined;',
    });
  });

  test('that is nillable may be null', () => {
    expect(memberOf('long', { nillable })).toEqual({
      received: 'x: bigint | null;',
      sent: 'x: bigint | number | string | null;',
    });
  });

  test('that is repeated is always there when it is received', () => {
    expect(memberOf('long', { many, optional })).toEqual({
      received: 'x: bigint[];',
      sent: 'x?: readonly (bigint | number | string)[] | undefined;',
    });
    expect(memberOf('long', { many }).sent).toBe('x: readonly (bigint | number | string)[];');
  });

  test('that is repeated and nillable has null among its items', () => {
    expect(memberOf('string', { many, nillable })).toEqual({
      received: 'x: (string | null)[];',
      sent: 'x: readonly (string | null)[];',
    });
  });

  test('has the comment of its type where the type has no declaration', () => {
    const build = new ModelBuilder();
    const builtin = 'string' as const;
    const documentation = 'Three letters.';
    const code = build.type({ kind: 'simple', name: 'Code', namespace, builtin, documentation });
    const fields = [
      build.field('currency', code),
      build.field('country', code, { documentation: 'Where.' }),
    ];
    build.wrapped('find', fields, 'string');
    expect(declaration(writeTypes(build.build()), 'FindParameters')).toEqual([
      '/** Three letters. */',
      'currency: string;',
      '/** Where. */',
      'country: string;',
    ]);
  });

  test('with the name of another in its type has its namespace in its name', () => {
    const build = new ModelBuilder();
    const fields = [build.field('id', 'int'), build.field('id', 'long', { namespace: 'urn:b' })];
    build.wrapped('find', fields, 'string');
    expect(declaration(writeTypes(build.build()), 'FindParameters')).toEqual([
      'id: bigint | number;',
      "'{urn:b}id': bigint | number | string;",
    ]);
  });
});

describe('a choice', () => {
  test('is told in the comments of its branches', () => {
    const build = new ModelBuilder();
    const fields = [
      build.field('mail', 'string', { optional, choice: 1, branch: 1 }),
      build.field('phone', 'string', { optional, choice: 1, branch: 2 }),
      build.field('street', 'string', { optional, choice: 1, branch: 3, documentation: 'Name.' }),
      build.field('town', 'string', { optional, choice: 1, branch: 3 }),
    ];
    build.wrapped('find', fields, 'string');
    const lines = declaration(writeTypes(build.build()), 'FindParameters');
    const note = 'One of `mail`, `phone` or `street` with `town`.';
    expect(lines.filter((line) => line.includes(note))).toHaveLength(4);
    expect(lines.join('\n')).toContain(`* Name.\n*\n* ${note}`);
  });

  test('with many branches is told by their number', () => {
    const build = new ModelBuilder();
    const fields = Array.from({ length: 30 }, (_, branch) =>
      build.field(`a${branch}`, 'string', { optional, choice: 1, branch }),
    );
    build.wrapped('find', fields, 'string');
    expect(writeTypes(build.build())).toContain(
      '/** One of 30 that stand instead of one another. */',
    );
  });
});

describe('a map', () => {
  test('without a name is a record where it stands', () => {
    const build = new ModelBuilder();
    const entry = build.complex({}, [build.field('key', 'long'), build.field('value', 'decimal')]);
    const map = build.complex({}, [build.field('entry', entry, { many, optional })]);
    const result = build.complex({ name: 'Prices' }, [build.field('byId', map)]);
    build.wrapped('save', [build.field('byId', map)], result);
    const text = writeTypes(build.build());
    expect(declaration(text, 'Prices')).toEqual(['byId: Record<string, string>;']);
    expect(text).toContain('Readonly<Record<string, bigint | number | string>>');
    expect(text).toContain('ReadonlyMap<bigint | number | string, bigint | number | string>');
  });

  test('with a name may be a map of itself', () => {
    const build = new ModelBuilder();
    const map = build.complex({ name: 'tree' });
    const entry = build.complex({}, [
      build.field('key', 'string'),
      build.field('value', map, { nillable }),
    ]);
    build.setFields(map, [build.field('entry', entry, { many, optional })]);
    build.wrapped('save', [build.field('tree', map)], map);
    const text = writeTypes(build.build());
    expect(declaration(text, 'Tree')).toEqual(['[key: string]: Tree | null;']);
    expect(text).toContain('export type TreeInput =');
  });
});

describe('a type', () => {
  test('that is sent as it is received is declared once', () => {
    const build = new ModelBuilder();
    const name = build.complex({ name: 'Name' }, [build.field('first', 'string', { optional })]);
    const contact = build.complex({ name: 'Contact' }, [build.field('name', name)]);
    build.wrapped('save', [build.field('contact', contact)], contact);
    const text = writeTypes(build.build());
    expect(text).not.toContain('Input');
    expect(declaration(text, 'SaveParameters')).toEqual(['contact: Contact;']);
  });

  test('is declared twice if one that it refers to is', () => {
    const build = new ModelBuilder();
    const leaf = build.complex({ name: 'Leaf' }, [build.field('id', 'long')]);
    const branch = build.complex({ name: 'Branch' }, [build.field('leaf', leaf)]);
    const tree = build.complex({ name: 'Tree' }, [build.field('branch', branch)]);
    build.wrapped('save', [build.field('tree', tree)], tree);
    const text = writeTypes(build.build());
    expect(declaration(text, 'Tree')).toEqual(['branch: Branch;']);
    expect(declaration(text, 'TreeInput')).toEqual(['branch: BranchInput;']);
  });

  test('is not declared for a direction that it never goes', () => {
    const build = new ModelBuilder();
    const sent = build.complex({ name: 'Order' }, [build.field('id', 'long')]);
    const received = build.complex({ name: 'Receipt' }, [build.field('id', 'long')]);
    build.complex({ name: 'Unused' }, []);
    build.wrapped('save', [build.field('order', sent)], received);
    const names = writeTypes(build.build()).match(/(?<=export interface )\w+/g);
    expect(names).toEqual(['CatalogService', 'SaveParameters', 'OrderInput', 'Receipt']);
  });

  test('gets a number if another has its name', () => {
    const build = new ModelBuilder();
    const types = ['urn:b', 'urn:a'].flatMap((namespace) => [
      build.complex({ name: 'contact', namespace }, [build.field('a', 'string')]),
      build.complex({ name: 'Contact', namespace }, [build.field('b', 'string')]),
    ]);
    const fields = types.map((type, index) => build.field(`c${index}`, type));
    build.wrapped('save', fields, 'string');
    expect(declaration(writeTypes(build.build()), 'SaveParameters')).toEqual([
      'c0: Contact4;',
      'c1: Contact2;',
      'c2: Contact3;',
      'c3: Contact;',
    ]);
  });

  test('that the WSDL calls an input keeps its name', () => {
    const build = new ModelBuilder();
    const own = build.complex({ name: 'OrderInput' }, [build.field('a', 'string')]);
    const order = build.complex({ name: 'Order' }, [build.field('id', 'long')]);
    build.wrapped('save', [build.field('own', own), build.field('order', order)], 'string');
    expect(declaration(writeTypes(build.build()), 'SaveParameters')).toEqual([
      'own: OrderInput;',
      'order: OrderInput2;',
    ]);
  });

  test('without a name is called after what it stands in', () => {
    const build = new ModelBuilder();
    const inner = build.complex({}, [build.field('text', 'string')]);
    const outer = build.complex({}, [build.field('item', inner, { many })]);
    const state = build.enumeration(['on', 'off']);
    build.wrapped('get', [build.field('state', state)], outer);
    const text = writeTypes(build.build());
    expect(declaration(text, 'GetResult')).toEqual(['item: GetResultItem[];']);
    expect(declaration(text, 'GetResultItem')).toEqual(['text: string;']);
    expect(declaration(text, 'GetParameters')).toEqual(['state: GetStateInput;']);
  });

  test('that a restriction changed says all its members again', () => {
    const build = new ModelBuilder();
    const base = build.complex({ name: 'Base' }, [
      build.field('a', 'string', { optional }),
      build.field('b', 'string', { optional }),
    ]);
    build.complex({ name: 'Less', base }, [build.field('a', 'string')]);
    build.wrapped('get', [], base);
    const text = writeTypes(build.build());
    expect(text).toContain('export interface Less {\n  a: string;\n}');
    expect(text).toContain("| (Less & { $type: 'Less' })");
  });

  test('that is abstract does not stand for itself', () => {
    const build = new ModelBuilder();
    const car = build.complex({ name: 'car', abstract: true }, [build.field('make', 'string')]);
    build.extension(car, { name: 'porsche' }, [build.field('colour', 'string')]);
    build.wrapped('get', [], car);
    const text = writeTypes(build.build());
    expect(text).toContain("export type AnyCar = Porsche & { $type: 'porsche' };");
    expect(text).toContain('export interface Porsche extends Car {');
  });

  test('is told by its namespace, too, where another has its name', () => {
    const build = new ModelBuilder();
    const base = build.complex({ name: 'item' }, [build.field('a', 'string')]);
    build.extension(base, { name: 'item', namespace: 'urn:b' }, [build.field('b', 'string')]);
    build.wrapped('get', [], base);
    expect(writeTypes(build.build())).toContain("$type: '{urn:b}item'");
  });
});

describe('an operation', () => {
  test('resolves to the wrapper itself if that may hold more than one element', () => {
    const build = new ModelBuilder();
    const output = build.complex({}, [build.field('a', 'string'), build.field('b', 'string')]);
    build.operation('get', build.complex({}, []), output);
    const text = writeTypes(build.build());
    expect(text).toContain('get: { parameters: Record<string, never>; result: GetResponse };');
  });

  test('with a simple element takes and gives a value', () => {
    const build = new ModelBuilder();
    build.operation('echo', build.builtin('long'), build.builtin('long'));
    expect(writeTypes(build.build())).toContain(
      'echo: { parameters: { $value: bigint | number | string }; result: bigint };',
    );
  });

  test('that takes anything takes one value, or none', () => {
    const build = new ModelBuilder();
    build.operation('echo', build.builtin('anyType'), build.builtin('anyType'));
    const value = '$value?: bigint | boolean | Date | number | string | undefined';
    expect(writeTypes(build.build()).replaceAll(/\s+/g, ' ')).toContain(
      `parameters: { ${value} }; result: unknown;`,
    );
  });

  test('gives what is not declared where that may stand, and takes only what is', () => {
    const build = new ModelBuilder();
    const open = build.complex({ name: 'Open', open: true }, [build.field('id', 'int')]);
    const input = build.complex({ open: true }, [build.field('item', open)]);
    const nothing = build.complex({ open: true }, []);
    build.operation('save', input, open);
    build.operation('ping', nothing, open);
    const text = writeTypes(build.build());
    expect(declaration(text, 'Open')).toEqual(['id: number;', '[name: string]: unknown;']);
    expect(declaration(text, 'OpenInput')).toEqual(['id: bigint | number;']);
    expect(declaration(text, 'SaveParameters')).toEqual(['item: OpenInput;']);
    expect(text).toContain('ping: { parameters: Record<string, never>; result: Open };');
  });

  test('takes a `requestId` that the schema insists on only if somebody has one', () => {
    const build = new ModelBuilder();
    build.wrapped('get', [build.field('requestId', 'long')], 'string');
    expect(declaration(writeTypes(build.build()), 'GetParameters')).toEqual([
      '/** What the vendor calls a request in progress. The client fills it in. */',
      'requestId?: bigint | number | string | null | undefined;',
    ]);
  });

  test('takes what another takes, by the name of the type', () => {
    const build = new ModelBuilder();
    const shared = build.complex({ name: 'request' }, [build.field('id', 'long')]);
    const output = build.complex({}, [build.field('return', 'string')]);
    build.operation('one', shared, output);
    build.operation('two', shared, output);
    const text = writeTypes(build.build());
    expect(text).toContain('one: { parameters: RequestInput; result: string };');
    expect(text).toContain('two: { parameters: RequestInput; result: string };');
  });

  test('with a name that is no identifier is in quotes', () => {
    const build = new ModelBuilder();
    build.wrapped('get-it.now', [build.field('a', 'string')], 'string');
    expect(writeTypes(build.build())).toContain(
      "'get-it.now': { parameters: GetItNowParameters; result: string };",
    );
  });
});
