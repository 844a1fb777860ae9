import { describe, expect, test } from '@jest/globals';
import { compile, complexNamed, inputOf, parse, schemaOf, wsdlOf } from './compile.ts';

const complex = (name: string, content = '') =>
  `<xs:complexType name="${name}">${content}</xs:complexType>`;
const sequence = (content: string) => `<xs:sequence>${content}</xs:sequence>`;
const times = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join('');

describe('names that objects have anyway', () => {
  const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype'];

  test.each(names)('%s is a type, an element and an attribute like any other', (name) => {
    const model = compile(
      complex(
        'In',
        `${sequence(`<xs:element name="${name}" type="t:${name}"/>`)}<xs:attribute name="${name}"/>`,
      ) + complex(name, sequence('<xs:element name="a" type="xs:long"/>')),
    );
    expect(inputOf(model)).toMatchObject({ fields: [{ name }], attributes: [{ name }] });
    expect(complexNamed(model, name)).toMatchObject({ fields: [{ name: 'a' }] });
    expect(JSON.parse(JSON.stringify(model))).toStrictEqual(model);
  });

  test.each(names)('no type, message or prefix is called %s unless it is declared', (name) => {
    expect(() =>
      compile(complex('In', sequence(`<xs:element name="a" type="t:${name}"/>`))),
    ).toThrow('is defined nowhere.');
    expect(() =>
      compile(complex('In', sequence(`<xs:element name="a" type="${name}:a"/>`))),
    ).toThrow('is declared nowhere.');
  });

  test('an operation can have such a name', () => {
    const wsdl = wsdlOf(schemaOf(complex('In'))).replaceAll('name="go"', 'name="__proto__"');
    expect(parse(wsdl).operations.map(({ name }) => name)).toEqual(['__proto__']);
    expect(({} as { soapAction?: string }).soapAction).toBeUndefined();
  });
});

describe('a short description that would become an endless model is refused', () => {
  const tooMany = 'Its types have more than 500000 elements and attributes.';

  const groups = (count: number, references: number) =>
    times(count, (at) => {
      const reference = `<xs:group ref="t:G${at + 1}"/>`;
      return `<xs:group name="G${at}">${sequence(reference.repeat(references))}</xs:group>`;
    }) + `<xs:group name="G${count}">${sequence('<xs:element name="a"/>')}</xs:group>`;

  test('groups that double', () => {
    const type = complex('In', '<xs:group ref="t:G0"/>');
    expect(() => compile(type + groups(40, 2))).toThrow(tooMany);
  });

  test('groups in groups in groups', () => {
    const type = complex('In', '<xs:group ref="t:G0"/>');
    expect(() => compile(type + groups(1_000, 1))).toThrow(
      /The group `G\d+` of `urn:t` is nested in itself or too deeply\./,
    );
  });

  test('attribute groups that double', () => {
    const groups = times(
      30,
      (at) =>
        `<xs:attributeGroup name="G${at}">${`<xs:attributeGroup ref="t:G${at + 1}"/>`.repeat(2)}</xs:attributeGroup>`,
    );
    const last = '<xs:attributeGroup name="G30"><xs:attribute name="a"/></xs:attributeGroup>';
    expect(() => compile(complex('In', '<xs:attributeGroup ref="t:G0"/>') + groups + last)).toThrow(
      tooMany,
    );
  });

  test('many types that all have the members of a large one', () => {
    const fields = times(2_000, (at) => `<xs:element name="f${at}" type="xs:int"/>`);
    const types = times(1_000, (at) =>
      complex(`T${at}`, '<xs:complexContent><xs:extension base="t:In"/></xs:complexContent>'),
    );
    expect(() => compile(complex('In', sequence(fields)) + types)).toThrow(tooMany);
  });

  test('types that extend one another a thousand times', () => {
    const chain = times(1_000, (at) =>
      complex(
        `T${at}`,
        `<xs:complexContent><xs:extension base="t:T${at + 1}"/></xs:complexContent>`,
      ),
    );
    const types =
      chain + complex('T1000') + complex('In', sequence('<xs:element name="a" type="t:T0"/>'));
    expect(() => compile(types)).toThrow('Its types extend one another in a circle, or too often.');
  });

  test('simple types that are made of one another a thousand times', () => {
    const chain = times(
      1_000,
      (at) => `<xs:simpleType name="S${at}"><xs:restriction base="t:S${at + 1}"/></xs:simpleType>`,
    );
    const types = complex('In', sequence('<xs:element name="a" type="t:S0"/>')) + chain;
    expect(() => compile(types)).toThrow('Its simple types are nested too deeply.');
  });
});

test('an element that stands at thousands of places is read in time', () => {
  const branches = times(20_000, (at) =>
    sequence(`<xs:element name="a"/><xs:element name="b${at}"/>`),
  );
  const start = performance.now();
  const type = inputOf(compile(complex('In', `<xs:choice>${branches}</xs:choice>`)));
  expect(type.fields).toHaveLength(20_001);
  expect(performance.now() - start).toBeLessThan(5_000);
});

test('thousands of elements that replace one another are read in time', () => {
  const members = times(
    5_000,
    (at) =>
      `<xs:element name="m${at}" type="xs:int" substitutionGroup="t:${at === 0 ? 'head' : `m${at - 1}`}"/>`,
  );
  const head = '<xs:element name="head" type="xs:int"/>';
  const type = inputOf(
    compile(complex('In', sequence('<xs:element ref="t:head"/>')) + head + members),
  );
  expect(type.fields).toHaveLength(5_001);
});
