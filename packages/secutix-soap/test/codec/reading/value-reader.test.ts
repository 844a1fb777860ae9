import { describe, expect, test } from '@jest/globals';
import { UnreadableAnswer } from '../../../src/codec/unreadable-answer.ts';
import { namespace, serviceOf, serviceOfValue, type TestService } from '../service-model.ts';

async function problemOf(service: TestService, content: string): Promise<string> {
  const error: unknown = await service.valueOf(content).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnreadableAnswer);
  return (error as Error).message;
}

describe('elements', () => {
  const service = serviceOf((maker) => [
    maker.field('id', 'long'),
    maker.many('tag', 'string'),
    maker.optional('note', 'string', { nillable: true }),
    maker.many('seat', maker.complex([maker.field('number', 'int'), maker.many('row', 'string')])),
    maker.optional('last', 'boolean'),
  ]);

  test('become members, in the order of the schema', async () => {
    const value = await service.valueOf(
      '<id>1</id><tag>a</tag><tag>b</tag><note>n</note><seat><number>2</number><row>A</row></seat><last>true</last>',
    );
    expect(value).toStrictEqual({
      id: 1n,
      tag: ['a', 'b'],
      note: 'n',
      seat: [{ number: 2, row: ['A'] }],
      last: true,
    });
    expect(Object.keys(value as object)).toEqual(['id', 'tag', 'note', 'seat', 'last']);
  });

  test('that may be repeated are lists, with one item and with none', async () => {
    const one = await service.valueOf('<id>1</id><tag>a</tag><seat/>');
    expect(one).toStrictEqual({ id: 1n, tag: ['a'], seat: [{ row: [] }] });
    const none = await service.valueOf('<id>1</id>');
    expect(none).toStrictEqual({ id: 1n, tag: [], seat: [] });
    expect(Object.keys(none as object)).toEqual(['id', 'tag', 'seat']);
  });

  test('in another order than the schema has are read all the same', async () => {
    const value = await service.valueOf(
      '<last>false</last><tag>a</tag><seat/><id>1</id><tag>b</tag><seat/><tag>c</tag>',
    );
    expect(value).toStrictEqual({
      last: false,
      tag: ['a', 'b', 'c'],
      seat: [{ row: [] }, { row: [] }],
      id: 1n,
    });
  });

  test('that should come once and come more often are a list', async () => {
    const value = await service.valueOf('<id>1</id><id>2</id><tag>a</tag><id>3</id>');
    expect(value).toStrictEqual({ id: [1n, 2n, 3n], tag: ['a'], seat: [] });
  });

  test('that are nil are null, declared so or not', async () => {
    const nil = 'xsi:nil="true"';
    const value = await service.valueOf(
      `<id ${nil}/><tag xsi:nil=" 1 "/><tag xsi:nil="false">a</tag><note ${nil}></note><seat ${nil} id="5"/>`,
    );
    expect(value).toStrictEqual({ id: null, tag: [null, 'a'], note: null, seat: [null] });
  });

  test('that are called nil and have a content keep it', async () => {
    const nil = 'xsi:nil="true"';
    const value = await service.valueOf(
      `<id ${nil}>5</id><seat ${nil}><number>1</number></seat><unknown ${nil}>text</unknown>`,
    );
    expect(value).toStrictEqual({
      id: 5n,
      tag: [],
      seat: [{ number: 1, row: [] }],
      unknown: 'text',
    });
  });

  test('with white space and comments between them are the same', async () => {
    const value = await service.valueOf(
      '\n  <id>1</id>\n <!-- a -->\n <seat>\n\t<number>1</number>&#32;\n</seat>\n',
    );
    expect(value).toStrictEqual({ id: 1n, tag: [], seat: [{ number: 1, row: [] }] });
  });

  test('with attributes that are not declared: those of a value are dropped, others kept', async () => {
    const value = await service.valueOf('<id a="1">5</id><seat id="__proto__" xml:lang="fr"/>');
    expect(value).toStrictEqual({
      id: 5n,
      tag: [],
      seat: [{ $attributes: { id: '__proto__', lang: 'fr' }, row: [] }],
    });
  });

  test('in another namespace than declared are those of the same local name', async () => {
    const value = await service.valueOf(
      '<tns:id>1</tns:id><tns:seat><tns:number>2</tns:number></tns:seat><tns:other>y</tns:other>',
    );
    expect(value).toStrictEqual({ id: 1n, tag: [], seat: [{ number: 2, row: [] }], other: 'y' });
  });

  test('in a third namespace, where two have the local name, are none of them', async () => {
    const twins = serviceOf((maker) => [
      maker.optional('id', 'long'),
      maker.optional('id', 'int', { namespace }),
    ]);
    const value = await twins.valueOf('<id>1</id><tns:id>2</tns:id><id xmlns="urn:x">3</id>');
    expect(value).toStrictEqual({ id: 1n, [`{${namespace}}id`]: 2, '{urn:x}id': '3' });
  });

  test('in another namespace stay what they are where any element is allowed', async () => {
    const open = serviceOfValue((maker) =>
      maker.complex([maker.optional('id', 'long')], { open: true }),
    );
    await expect(open.valueOf('<value><tns:id>x</tns:id></value>')).resolves.toStrictEqual({
      value: { [`{${namespace}}id`]: 'x' },
    });
  });

  test('of megabytes are read in pieces, whatever their type', async () => {
    const long = 'é&#65;<![CDATA[<]]>\r\n'.repeat(20_000);
    const expected = 'éA<\n'.repeat(20_000);
    await expect(service.valueOf(`<note>${long}</note><x>${long}</x>`)).resolves.toMatchObject({
      note: expected,
      x: expected,
    });
    expect(await problemOf(service, `<note>${long}<x/></note>`)).toContain(
      'note` has elements where only a text is declared',
    );
    expect(await problemOf(service, `<id>${long}</id>`)).toBe(
      '`Envelope/Body/getThingResponse/id` is not of the type long.',
    );
  });

  test('with text beside them keep it', async () => {
    const value = await service.valueOf('<seat>one <number>1</number>two</seat>');
    expect(value).toStrictEqual({ tag: [], seat: [{ number: 1, row: [], $text: 'one two' }] });
  });

  test.each([
    ['<id><x/></id>', 'Envelope/Body/getThingResponse/id` has elements where only a text'],
    ['<id>5<x/></id>', 'Envelope/Body/getThingResponse/id` has elements where only a text'],
    [
      '<seat><number>x</number></seat>',
      'Body/getThingResponse/seat/number` is not of the type int',
    ],
    ['<id>s3cret</id>', 'Envelope/Body/getThingResponse/id` is not of the type long.'],
  ])('%s is not read, and the error quotes nothing', async (content, problem) => {
    const message = await problemOf(service, content);
    expect(message).toContain(problem);
    expect(message).not.toContain('s3cret');
  });

  test('a long path and a long name are cut', async () => {
    const deep = serviceOf((maker) => {
      maker.builtin('int');
      const type = maker.types.length;
      maker.complex([maker.optional('a', type), maker.optional('id', 'int')]);
      return [maker.optional('a', type)];
    });
    const message = await problemOf(deep, `${'<a>'.repeat(40)}<id>x</id>${'</a>'.repeat(40)}`);
    expect(message).toBe(`\`…/${'a/'.repeat(15)}id\` is not of the type int.`);
  });
});

describe('elements that are not declared', () => {
  const service = serviceOf((maker) => [
    maker.optional('id', 'long'),
    maker.optional('known', maker.complex([maker.optional('id', 'long')], { name: 'Known' })),
    maker.optional('anything', 'anyType'),
  ]);

  test.each<[string, unknown]>([
    ['<x>5</x>', { x: '5' }],
    ['<x> \n </x>', { x: ' \n ' }],
    ['<x/>', { x: '' }],
    ['<x>1</x><x/><x>3</x>', { x: ['1', '', '3'] }],
    ['<x><y>1</y> <y>2</y><z><w>3</w></z></x>', { x: { y: ['1', '2'], z: { w: '3' } } }],
    ['<x a="1"/>', { x: { $value: '', $attributes: { a: '1' } } }],
    ['<x a="1">t</x>', { x: { $value: 't', $attributes: { a: '1' } } }],
    ['<x a="1"><y>t</y></x>', { x: { $attributes: { a: '1' }, y: 't' } }],
    [
      '<x a="1" tns:a="2"/>',
      { x: { $value: '', $attributes: { a: '1', [`{${namespace}}a`]: '2' } } },
    ],
    ['<x>one <y/>two</x>', { x: { y: '', $text: 'one two' } }],
    ['<x xsi:nil="true"/>', { x: null }],
    ['<x xsi:type="xs:long">5</x>', { x: 5n }],
    ['<x xsi:type=" xs:long ">5</x>', { x: 5n }],
    ['<x xsi:type="xs:long" a="1">5</x>', { x: { $value: 5n, $attributes: { a: '1' } } }],
    ['<x xsi:type="xs:boolean">1</x>', { x: true }],
    ['<x xsi:type="xs:token">5</x>', { x: '5' }],
    ['<x xsi:type="xs:NMTOKENS">5 6</x>', { x: ['5', '6'] }],
    ['<x xsi:type="xs:NMTOKENS">5 6</x><x>7</x>', { x: [['5', '6'], '7'] }],
    ['<x xsi:type="xs:anyType">5</x>', { x: '5' }],
    ['<x xsi:type="xs:unheardOf">5</x>', { x: '5' }],
    ['<x xsi:type="nobody:knows">5</x>', { x: '5' }],
    ['<x xsi:type="tns:Unknown"><id>5</id></x>', { x: { id: '5' } }],
    ['<x xsi:type="tns:Known"><id>5</id></x>', { x: { $type: 'Known', id: 5n } }],
    ['<x xsi:type="tns:Known" a="1"/>', { x: { $type: 'Known', $attributes: { a: '1' } } }],
    [
      '<anything xsi:type="xs:dateTime">2020-10-13T10:09:27Z</anything>',
      { anything: new Date('2020-10-13T10:09:27Z') },
    ],
    ['<anything>5</anything>', { anything: '5' }],
    ['<anything><a/></anything>', { anything: { a: '' } }],
    ['<known xsi:type="tns:Known"><id>5</id></known>', { known: { $type: 'Known', id: 5n } }],
    ['<known xsi:type="tns:Later"><id>5</id></known>', { known: { id: 5n } }],
    ['<known xsi:type="xs:string"><id>5</id></known>', { known: { id: 5n } }],
    ['<id xsi:type="xs:string">5</id>', { id: 5n }],
    ['<id xsi:type="tns:Known">5</id>', { id: 5n }],
  ])('%s', async (content, value) => {
    await expect(service.valueOf(content)).resolves.toStrictEqual(value);
  });

  test('that say their type and are not of it are not read', async () => {
    expect(await problemOf(service, '<x xsi:type="xs:long">five</x>')).toBe(
      '`Envelope/Body/getThingResponse/x` is not of the type long.',
    );
  });

  test('XML in a CDATA section stays a text', async () => {
    const xml = '<?xml version="1.0"?><a><b>1</b></a>';
    await expect(service.valueOf(`<x><![CDATA[${xml}]]></x>`)).resolves.toEqual({ x: xml });
  });
});

describe('names that objects have of their own', () => {
  const inherited = Object.getOwnPropertyNames(Object.prototype);
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];

  test.each(names)('%s is a member like any other, declared or not', async (name) => {
    const declared = serviceOf((maker) => [
      maker.optional(name, 'string'),
      maker.many('list', maker.complex([maker.many(name, 'string')])),
      maker.optional(
        'attributed',
        maker.complex([], { attributes: [maker.attribute(name, 'int')] }),
      ),
    ]);
    const element = `<${name}>x</${name}>`;
    const unknown = `<other>${element}${element}</other>`;
    const attributed = `<attributed ${name}="5"/>`;
    const value = (await declared.valueOf(
      `${element}<list>${element}</list>${attributed}${unknown}${element}`,
    )) as Record<string, unknown>;
    const member = (object: unknown, key: string) => {
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
      return Object.getOwnPropertyDescriptor(object, key)?.value as unknown;
    };
    expect(member(value, name)).toEqual(['x', 'x']);
    expect(member(value['other'], name)).toEqual(['x', 'x']);
    expect(member((value['list'] as unknown[])[0], name)).toEqual(['x']);
    expect(member((value['attributed'] as { $attributes: object }).$attributes, name)).toBe(5);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(inherited);
  });
});

describe('attributes', () => {
  const service = serviceOf((maker) => {
    const text = { text: maker.builtin('decimal') };
    const attributes = [
      maker.attribute('id', 'long'),
      maker.attribute('id', 'string', { namespace }),
      maker.attribute('days', maker.simple('date', { list: true })),
    ];
    return [
      maker.optional('price', maker.complex([], { ...text, attributes })),
      maker.optional('item', maker.complex([maker.many('x', 'int')], { attributes })),
    ];
  });

  test('are read by their types, beside a text', async () => {
    await expect(
      service.valueOf('<price id="9007199254740993" tns:id="a" more="b">1.50</price>'),
    ).resolves.toStrictEqual({
      price: {
        $value: '1.50',
        $attributes: { id: 9_007_199_254_740_993n, [`{${namespace}}id`]: 'a', more: 'b' },
      },
    });
  });

  test('are read by their types, beside elements', async () => {
    await expect(service.valueOf('<item id=" 5 " days="2020-01-01 2020-01-02"/>')).resolves.toEqual(
      {
        item: { $attributes: { id: 5n, days: ['2020-01-01', '2020-01-02'] }, x: [] },
      },
    );
  });

  test('that are absent give no member, and a text is a value all the same', async () => {
    await expect(service.valueOf('<price>1</price>')).resolves.toStrictEqual({
      price: { $value: '1' },
    });
    await expect(service.valueOf('<price/>')).resolves.toStrictEqual({ price: { $value: null } });
    await expect(service.valueOf('<price xsi:nil="1"/>')).resolves.toStrictEqual({ price: null });
  });

  test('of another type are not read', async () => {
    expect(await problemOf(service, '<item id="five"/>')).toBe(
      '`Envelope/Body/getThingResponse/item/id` has an attribute that is not of the type long.',
    );
  });

  test('with elements where there should be a text are not read', async () => {
    expect(await problemOf(service, '<price id="1"><x/></price>')).toContain(
      'price` has elements where only a text is declared',
    );
    expect(await problemOf(service, '<price>a</price>')).toContain('price` is not of the type');
  });
});

test('lists of values are arrays', async () => {
  const service = serviceOfValue((maker) => maker.simple('long', { list: true, name: 'Ids' }));
  await expect(service.valueOf('<value> 1 \n 22\t333 </value>')).resolves.toEqual({
    value: [1n, 22n, 333n],
  });
  await expect(service.valueOf('<value/>')).resolves.toEqual({ value: [] });
  expect(await problemOf(service, '<value>1 x</value>')).toContain('is not of the type Ids');
});

test('values that an enumeration does not have are read all the same', async () => {
  const service = serviceOfValue((maker) => maker.simple('string', { enumeration: ['OPEN'] }));
  await expect(service.valueOf('<value>LATER</value>')).resolves.toEqual({ value: 'LATER' });
});

test('text between elements is $text, as it stands', async () => {
  const service = serviceOfValue((maker) =>
    maker.complex([maker.many('b', 'string')], { mixed: true }),
  );
  await expect(service.valueOf('<value>one <b>two</b> three </value>')).resolves.toStrictEqual({
    value: { b: ['two'], $text: 'one  three ' },
  });
  await expect(service.valueOf('<value> <b/> </value>')).resolves.toStrictEqual({
    value: { b: [''] },
  });
  await expect(service.valueOf('<value>only</value>')).resolves.toStrictEqual({
    value: { b: [], $text: 'only' },
  });
});

describe('derived types', () => {
  const service = serviceOf((maker) => {
    const base = maker.complex([maker.optional('id', 'long')], { name: 'Base', abstract: true });
    maker.complex([maker.optional('id', 'long'), maker.optional('more', 'int')], {
      name: 'Derived',
      base,
    });
    for (const [uri, name] of [
      ['urn:one', 'one'],
      ['urn:two', 'two'],
    ] as const) {
      maker.complex([maker.many(name, 'int')], { name: 'Same', namespace: uri, base });
    }
    return [maker.many('value', base)];
  });

  test('are read as what xsi:type says they are', async () => {
    const value = await service.valueOf(
      '<value><id>1</id><more>2</more></value><value xsi:type="tns:Derived"><id>1</id><more>2</more></value>',
    );
    expect(value).toStrictEqual({
      value: [
        { id: 1n, more: '2' },
        { $type: 'Derived', id: 1n, more: 2 },
      ],
    });
    expect(Object.keys((value as { value: object[] }).value[1] ?? {})[0]).toBe('$type');
  });

  test('with the same local name are told apart by their namespaces', async () => {
    const of = (uri: string) => `<value xmlns:p="${uri}" xsi:type="p:Same"/>`;
    await expect(service.valueOf(of('urn:one') + of('urn:two'))).resolves.toStrictEqual({
      value: [
        { $type: '{urn:one}Same', one: [] },
        { $type: '{urn:two}Same', two: [] },
      ],
    });
  });
});
