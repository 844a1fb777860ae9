import { describe, expect, test } from '@jest/globals';
import { compile, complexNamed, fieldsOf, fieldType, inputOf, typeIn } from './compile.ts';

const e = (name: string, more = '') => `<xs:element name="${name}" type="xs:int" ${more}/>`;
const sequence = (content: string, more = '') => `<xs:sequence ${more}>${content}</xs:sequence>`;
const choice = (content: string, more = '') => `<xs:choice ${more}>${content}</xs:choice>`;

describe('occurrences', () => {
  test.each([
    [sequence(e('a') + e('b', 'minOccurs="0"')), 'a b?'],
    [sequence(e('a', 'maxOccurs="unbounded"')), 'a*'],
    [sequence(e('a', 'minOccurs="0" maxOccurs="7"')), 'a?*'],
    [sequence(e('a', 'minOccurs="2" maxOccurs="2"')), 'a*'],
    [sequence(e('a', 'maxOccurs="0"') + e('b')), 'b'],
    [sequence(e('a', 'nillable="true"') + e('b', 'nillable="1"')), 'a! b!'],
    [sequence(e('a') + sequence(e('b') + e('c'), 'minOccurs="0"')), 'a b? c?'],
    [sequence(e('a') + sequence(e('b') + e('c'), 'maxOccurs="unbounded"')), 'a b* c*'],
    [sequence(sequence(e('a'), 'maxOccurs="0"') + e('b')), 'b'],
    [sequence(sequence(sequence(e('a')), 'minOccurs="0"'), 'maxOccurs="2"'), 'a?*'],
    ['<xs:all>' + e('a') + e('b', 'minOccurs="0"') + '</xs:all>', 'a b?'],
    ['<xs:all minOccurs="0">' + e('a') + '</xs:all>', 'a?'],
    ['', ''],
  ])('of %s are %p', (content, expected) => {
    expect(fieldsOf(typeIn(content))).toBe(expected);
  });
});

describe('choices', () => {
  test.each([
    [choice(e('a') + e('b')), 'a?|1.1 b?|1.2'],
    [choice(e('a') + sequence(e('b') + e('c'))), 'a?|1.1 b?|1.2 c?|1.2'],
    [choice(e('a', 'maxOccurs="unbounded"') + e('b')), 'a?*|1.1 b?|1.2'],
    [choice(sequence(e('a') + e('b'), 'maxOccurs="2"') + e('c')), 'a?*|1.1 b?*|1.1 c?|1.2'],
    [
      sequence(choice(e('a') + e('b')) + e('c') + choice(e('d') + e('f'))),
      'a?|1.1 b?|1.2 c d?|2.1 f?|2.2',
    ],
    [choice(sequence(e('a') + choice(e('b') + e('c'))) + e('d')), 'a?|1.1 b?|2.1 c?|2.2 d?|1.2'],
  ])('%s are numbered: %p', (content, expected) => {
    expect(fieldsOf(typeIn(content))).toBe(expected);
  });

  test('a choice in a choice is part of it', () => {
    const type = typeIn(choice(e('a') + choice(e('b') + e('c'), 'minOccurs="0"') + e('d')));
    expect(fieldsOf(type)).toBe('a?|1.1 b?|1.2 c?|1.3 d?|1.4');
  });

  test.each([
    [choice(e('a') + e('b'), 'maxOccurs="unbounded"'), 'a?* b?*'],
    [sequence(choice(e('a') + e('b')), 'maxOccurs="unbounded"'), 'a?* b?*'],
    [choice(e('a') + choice(e('b') + e('c'), 'maxOccurs="9"')), 'a?|1.1 b?*|1.2 c?*|1.2'],
  ])('%s, which can be made again, excludes nothing', (content, expected) => {
    expect(fieldsOf(typeIn(content))).toBe(expected);
  });
});

describe('an element that stands at two places', () => {
  test('is one field that may be there several times', () => {
    expect(fieldsOf(typeIn(sequence(e('a') + e('b') + e('a'))))).toBe('a* b');
    expect(fieldsOf(typeIn(sequence(e('a', 'minOccurs="0"') + e('a', 'minOccurs="0"'))))).toBe(
      'a?*',
    );
  });

  test('of branches that exclude each other is one field that may be there once', () => {
    const content = choice(
      sequence(e('a') + e('b')) + sequence(e('a') + e('c')) + sequence(e('a') + e('d')),
    );
    expect(fieldsOf(typeIn(content))).toBe('a? b?|1.1 c?|1.2 d?|1.3');
  });

  test('of one branch may be there several times', () => {
    expect(fieldsOf(typeIn(choice(sequence(e('a') + e('b') + e('a')) + e('c'))))).toBe(
      'a?* b?|1.1 c?|1.2',
    );
  });

  test('of several namespaces is several fields, in their order', () => {
    const type = typeIn(
      sequence(e('a', 'form="qualified"') + e('b') + e('a', 'form="unqualified"')),
    );
    expect(type.fields.map(({ name, namespace }) => [name, namespace])).toEqual([
      ['a', 'urn:t'],
      ['b', ''],
      ['a', ''],
    ]);
  });
});

describe('groups', () => {
  test('give their elements, as often as the reference says', () => {
    const group = `<xs:group name="G">${sequence(e('a') + e('b', 'minOccurs="0"'))}</xs:group>`;
    const content = sequence('<xs:group ref="t:G" maxOccurs="2"/>' + e('c'));
    expect(fieldsOf(typeIn(content, group))).toBe('a* b?* c');
  });

  test('that are choices are part of the choice around them', () => {
    const group = `<xs:group name="G">${choice(e('a') + e('b'))}</xs:group>`;
    const content = choice('<xs:group ref="t:G"/>' + e('c'));
    expect(fieldsOf(typeIn(content, group))).toBe('a?|1.1 b?|1.2 c?|1.3');
  });

  test('may be all that a type has', () => {
    const group = `<xs:group name="G">${sequence(e('a'))}</xs:group>`;
    expect(fieldsOf(typeIn('<xs:group ref="t:G"/>', group))).toBe('a');
  });

  test('that are in themselves are refused', () => {
    const group = `<xs:group name="G">${sequence('<xs:group ref="t:G"/>')}</xs:group>`;
    expect(() => typeIn('<xs:group ref="t:G"/>', group)).toThrow(
      'The group `G` of `urn:t` is nested in itself or too deeply.',
    );
  });

  test('that nobody defines are refused', () => {
    expect(() => typeIn('<xs:group ref="t:G"/>')).toThrow(
      'The group `G` of `urn:t` is defined nowhere.',
    );
  });
});

describe('namespaces of elements', () => {
  const namespaces = (attributes: string, more = '') =>
    typeIn(sequence(e('a', more)), '', attributes).fields.map(({ namespace }) => namespace);

  test.each([
    ['', '', ''],
    ['elementFormDefault="qualified"', '', 'urn:t'],
    ['elementFormDefault="unqualified"', 'form="qualified"', 'urn:t'],
    ['elementFormDefault="qualified"', 'form="unqualified"', ''],
  ])('with %p and %p are %p', (attributes, more, expected) => {
    expect(namespaces(attributes, more)).toEqual([expected]);
  });

  test('a reference has the namespace and the type of the element that it names', () => {
    const model = compile(
      `<xs:complexType name="In">${sequence('<xs:element ref="t:g" minOccurs="0"/>')}</xs:complexType>
      <xs:element name="g" type="xs:long" nillable="true"/>`,
    );
    const type = inputOf(model);
    expect(fieldsOf(type)).toBe('g?!');
    expect(type.fields[0]?.namespace).toBe('urn:t');
    expect(fieldType(model, type, 'g')).toMatchObject({ builtin: 'long' });
  });
});

describe('substitution groups', () => {
  const members = (abstract: string) => `
    <xs:element name="head" type="t:Base" ${abstract}/>
    <xs:element name="one" type="t:One" substitutionGroup="t:head"/>
    <xs:element name="two" substitutionGroup="t:one"/>
    <xs:complexType name="Base"><xs:sequence/></xs:complexType>
    <xs:complexType name="One"><xs:complexContent>
      <xs:extension base="t:Base">${sequence(e('a'))}</xs:extension>
    </xs:complexContent></xs:complexType>`;
  const reference = '<xs:element ref="t:head"/>';

  test('make a reference a choice of the element and its substitutes', () => {
    const type = typeIn(sequence(reference + e('b')), members(''));
    expect(fieldsOf(type)).toBe('head?|1.1 one?|1.2 two?|1.3 b');
  });

  test('are part of the choice in which the reference stands', () => {
    const type = typeIn(choice(e('b') + reference), members(''));
    expect(fieldsOf(type)).toBe('b?|1.1 head?|1.2 one?|1.3 two?|1.4');
  });

  test('leave an abstract element out', () => {
    expect(fieldsOf(typeIn(sequence(reference), members('abstract="true"')))).toBe(
      'one?|1.1 two?|1.2',
    );
  });

  test('whose elements may be there several times exclude nothing', () => {
    const content = sequence('<xs:element ref="t:head" maxOccurs="unbounded"/>');
    expect(fieldsOf(typeIn(content, members('')))).toBe('head?* one?* two?*');
  });

  test('an element without a type has that of its head', () => {
    const model = compile(
      `<xs:complexType name="In">${sequence(reference)}</xs:complexType>${members('')}`,
    );
    expect(fieldType(model, inputOf(model), 'two')).toMatchObject({ name: 'One' });
  });

  test('an abstract element that nothing replaces leaves room for elements not known', () => {
    const type = typeIn(
      sequence('<xs:element ref="t:lone"/>'),
      '<xs:element name="lone" abstract="true"/>',
    );
    expect(type).toMatchObject({ fields: [], open: true });
  });

  test('of elements that replace one another in a circle end', () => {
    const type = typeIn(
      sequence('<xs:element ref="t:x"/>'),
      `<xs:element name="x" substitutionGroup="t:y"/><xs:element name="y" substitutionGroup="t:x"/>`,
    );
    expect(fieldsOf(type)).toBe('x?|1.1 y?|1.2');
  });
});

describe('what is not declared', () => {
  test('xs:any makes a type open', () => {
    expect(typeIn(sequence(e('a') + '<xs:any/>'))).toMatchObject({ open: true });
    expect(typeIn(sequence(e('a')))).not.toHaveProperty('open');
  });

  test('a reference to the element schema, as .NET writes it, makes a type open', () => {
    const type = typeIn(sequence('<xs:element ref="xs:schema"/><xs:any/>'));
    expect(type).toMatchObject({ fields: [], open: true });
  });

  test('an element without a type may be anything', () => {
    const model = compile(
      `<xs:complexType name="In">${sequence('<xs:element name="a"/>')}</xs:complexType>`,
    );
    expect(fieldType(model, inputOf(model), 'a')).toMatchObject({ builtin: 'anyType' });
  });

  test('a reference to an element that nobody defines is refused', () => {
    expect(() => typeIn(sequence('<xs:element ref="t:gone"/>'))).toThrow(
      'The element `gone` of `urn:t` is defined nowhere.',
    );
  });
});

test('an anonymous type that several places share is one type', () => {
  const model = compile(`
    <xs:group name="G">${sequence(`<xs:element name="g"><xs:complexType>${sequence(e('x'))}</xs:complexType></xs:element>`)}</xs:group>
    <xs:complexType name="In">${sequence('<xs:group ref="t:G"/><xs:element name="other" type="t:Other"/>')}</xs:complexType>
    <xs:complexType name="Other"><xs:group ref="t:G"/></xs:complexType>`);
  const type = inputOf(model);
  const other = complexNamed(model, 'Other');
  expect(type.fields[0]?.type).toBe(other.fields[0]?.type);
  expect(fieldType(model, other, 'g')).not.toHaveProperty('name');
});
