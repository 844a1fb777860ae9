import { describe, expect, test } from '@jest/globals';
import { compile, complexNamed, fieldsOf, inputOf, named, simpleAt, typeIn } from './compile.ts';

const complex = (name: string, content: string, more = '') =>
  `<xs:complexType name="${name}" ${more}>${content}</xs:complexType>`;
const extending = (base: string, content = '') =>
  `<xs:complexContent><xs:extension base="${base}">${content}</xs:extension></xs:complexContent>`;
const restricting = (base: string, content = '') =>
  `<xs:complexContent><xs:restriction base="${base}">${content}</xs:restriction></xs:complexContent>`;
const text = (derivation: string) => `<xs:simpleContent>${derivation}</xs:simpleContent>`;
const sequence = (...names: string[]) =>
  `<xs:sequence>${names.map((name) => `<xs:element name="${name}" type="xs:int"/>`).join('')}</xs:sequence>`;
const attribute = (name: string, more = '') =>
  `<xs:attribute name="${name}" type="xs:long" ${more}/>`;

const attributesOf = (type: { attributes: readonly { name: string; required?: true }[] }) =>
  type.attributes.map(({ name, required }) => name + (required ? '!' : '')).join(' ');

describe('extension', () => {
  test('has the members of all its bases first, and names the nearest', () => {
    const model = compile(
      complex('In', extending('t:B', sequence('c') + attribute('z'))) +
        complex('B', extending('t:A', sequence('b') + attribute('y'))) +
        complex('A', sequence('a') + attribute('x'), 'abstract="true"'),
    );
    const type = inputOf(model);
    expect(fieldsOf(type)).toBe('a b c');
    expect(attributesOf(type)).toBe('x y z');
    expect(model.types[type.base ?? -1]).toMatchObject({ name: 'B' });
    expect(complexNamed(model, 'A')).toMatchObject({ abstract: true });
    expect(complexNamed(model, 'B')).not.toHaveProperty('abstract');
  });

  test('numbers the choices of base and extension apart', () => {
    const either = (one: string, other: string) =>
      `<xs:choice><xs:element name="${one}"/><xs:element name="${other}"/></xs:choice>`;
    const type = typeIn(extending('t:B', either('c', 'd')), complex('B', either('a', 'b')));
    expect(fieldsOf(type)).toBe('a?|1.1 b?|1.2 c?|2.1 d?|2.2');
  });

  test('keeps what the base allows: text between elements, elements not declared', () => {
    const base = complex('B', '<xs:sequence><xs:any/></xs:sequence>', 'mixed="true"');
    expect(typeIn(extending('t:B', sequence('a')), base)).toMatchObject({
      mixed: true,
      open: true,
    });
  });

  test('of anything allows anything', () => {
    expect(typeIn(extending('xs:anyType', sequence('a')))).toMatchObject({ open: true });
  });

  test('in a circle is refused', () => {
    const model = () => typeIn(extending('t:B'), complex('B', extending('t:In')));
    expect(model).toThrow('Its types extend one another in a circle, or too often.');
  });

  test('of itself is refused', () => {
    expect(() => typeIn(extending('t:In'))).toThrow('The type `In` of `urn:t` extends itself.');
  });

  test('of what nobody defines is refused', () => {
    expect(() => typeIn(extending('t:Gone'))).toThrow(
      'The type `Gone` of `urn:t` is defined nowhere.',
    );
  });
});

describe('restriction', () => {
  test('has only the elements that it says again, and the attributes that it does not take away', () => {
    const base = complex(
      'B',
      sequence('a', 'b') + attribute('x') + attribute('y') + attribute('z'),
    );
    const content =
      sequence('a') + attribute('x', 'use="required"') + attribute('y', 'use="prohibited"');
    const model = compile(complex('In', restricting('t:B', content)) + base);
    const type = inputOf(model);
    expect(fieldsOf(type)).toBe('a');
    expect(attributesOf(type)).toBe('x! z');
    expect(model.types[type.base ?? -1]).toMatchObject({ name: 'B' });
  });

  test('can be extended again', () => {
    const components =
      complex('R', restricting('t:B', sequence('a'))) + complex('B', sequence('a', 'b'));
    expect(fieldsOf(typeIn(extending('t:R', sequence('c')), components))).toBe('a c');
  });

  test('of anything is a plain type', () => {
    const type = typeIn(restricting('xs:anyType', sequence('a')));
    expect(fieldsOf(type)).toBe('a');
    expect(type).not.toHaveProperty('base');
    expect(type).not.toHaveProperty('open');
  });

  test('of an array in the manner of the SOAP encoding is read as it comes', () => {
    const type = typeIn(
      `<xs:complexContent><xs:restriction base="e:Array" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/">
        <xs:attribute ref="e:arrayType"/></xs:restriction></xs:complexContent>`,
    );
    expect(type).not.toHaveProperty('base');
    expect(attributesOf(type)).toBe('arrayType');
  });
});

describe('simple content', () => {
  test('is a text with attributes', () => {
    const model = compile(
      complex(
        'In',
        text(`<xs:extension base="xs:decimal">${attribute('currency')}</xs:extension>`),
      ),
    );
    const type = inputOf(model);
    expect(simpleAt(model, type.text ?? -1)).toMatchObject({ builtin: 'decimal', name: 'decimal' });
    expect(attributesOf(type)).toBe('currency');
    expect(type.fields).toEqual([]);
    expect(type).not.toHaveProperty('base');
  });

  test('can be extended, its text stays', () => {
    const model = compile(
      complex('In', text(`<xs:extension base="t:B">${attribute('y')}</xs:extension>`)) +
        complex('B', text(`<xs:extension base="t:Code">${attribute('x')}</xs:extension>`)) +
        '<xs:simpleType name="Code"><xs:restriction base="xs:long"/></xs:simpleType>',
    );
    const type = inputOf(model);
    expect(simpleAt(model, type.text ?? -1)).toMatchObject({ name: 'Code', builtin: 'long' });
    expect(attributesOf(type)).toBe('x y');
    expect(model.types[type.base ?? -1]).toMatchObject({ name: 'B' });
  });

  test.each([
    [
      '<xs:enumeration value="1"/><xs:enumeration value="2"/>',
      { builtin: 'int', enumeration: ['1', '2'] },
    ],
    ['<xs:simpleType><xs:restriction base="xs:short"/></xs:simpleType>', { builtin: 'short' }],
    ['<xs:maxInclusive value="7"/>', { builtin: 'int' }],
  ])('can be restricted by %s', (facets, expected) => {
    const model = compile(
      complex(
        'In',
        text(
          `<xs:restriction base="t:B">${facets}${attribute('x', 'use="required"')}</xs:restriction>`,
        ),
      ) + complex('B', text(`<xs:extension base="xs:int">${attribute('x')}</xs:extension>`)),
    );
    const type = inputOf(model);
    expect(simpleAt(model, type.text ?? -1)).toMatchObject(expected);
    expect(attributesOf(type)).toBe('x!');
  });

  test('of any simple type is a string', () => {
    const model = compile(complex('In', text('<xs:extension base="xs:anySimpleType"/>')));
    expect(simpleAt(model, inputOf(model).text ?? -1)).toMatchObject({ builtin: 'string' });
  });

  test('made of a type with elements is a string', () => {
    const model = compile(
      complex('In', text('<xs:extension base="t:B"/>')) +
        complex('B', sequence('a'), 'mixed="true"'),
    );
    expect(simpleAt(model, inputOf(model).text ?? -1)).toMatchObject({ builtin: 'string' });
  });
});

describe('text between elements', () => {
  test.each([
    ['<xs:complexType name="In" mixed="true"><xs:sequence/></xs:complexType>', true],
    ['<xs:complexType name="In" mixed="false"><xs:sequence/></xs:complexType>', false],
    [
      complex(
        'In',
        '<xs:complexContent mixed="1"><xs:restriction base="xs:anyType"/></xs:complexContent>',
      ),
      true,
    ],
    [
      complex(
        'In',
        '<xs:complexContent mixed="false"><xs:restriction base="xs:anyType"/></xs:complexContent>',
        'mixed="true"',
      ),
      false,
    ],
  ])('%s: %p', (type, isMixed) => {
    expect(inputOf(compile(type)).mixed ?? false).toBe(isMixed);
  });
});

test('a type that is redefined is made of its former self', () => {
  const redefined = `<xs:redefine schemaLocation="nowhere.xsd">
    ${complex('A', extending('t:A', sequence('b')))}</xs:redefine>`;
  const model = compile(redefined + complex('A', sequence('a')) + complex('In', extending('t:A')));
  expect(fieldsOf(inputOf(model))).toBe('a b');
  expect(named(model, 'A')).toHaveLength(2);
});

test('of two types with one name the first counts', () => {
  const model = compile(complex('In', sequence('a')) + complex('In', sequence('b')));
  expect(fieldsOf(inputOf(model))).toBe('a');
});
