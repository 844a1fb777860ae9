import { describe, expect, test } from '@jest/globals';
import { compile, inputOf, simpleAt, typeIn } from './compile.ts';

test('attributes have a type, a namespace and whether they are required', () => {
  const model = compile(`<xs:complexType name="In">
    <xs:attribute name="a" type="xs:long" use="required"/>
    <xs:attribute name="b" form="qualified" use="optional"/>
    <xs:attribute name="c"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType></xs:attribute>
    <xs:attribute name="d" type="xs:anySimpleType" use="prohibited"/>
    <xs:anyAttribute/>
  </xs:complexType>`);
  const shown = inputOf(model).attributes.map(({ name, namespace, required, type }) => [
    name,
    namespace,
    required ?? false,
    simpleAt(model, type).builtin,
  ]);
  expect(shown).toEqual([
    ['a', '', true, 'long'],
    ['c', '', false, 'int'],
    ['b', 'urn:t', false, 'string'],
  ]);
});

test.each([
  ['', '', ''],
  ['attributeFormDefault="qualified"', '', 'urn:t'],
  ['attributeFormDefault="qualified"', 'form="unqualified"', ''],
])('with %p and %p the namespace is %p', (schema, form, expected) => {
  const type = typeIn(`<xs:attribute name="a" ${form}/>`, '', schema);
  expect(type.attributes[0]?.namespace).toBe(expected);
});

test('a reference takes name, namespace and type of the attribute that it names', () => {
  const model = compile(`
    <xs:complexType name="In"><xs:attribute ref="t:g" use="required"/></xs:complexType>
    <xs:attribute name="g" type="xs:long">
      <xs:annotation><xs:documentation>Global.</xs:documentation></xs:annotation>
    </xs:attribute>`);
  const [attribute] = inputOf(model).attributes;
  expect(attribute).toMatchObject({
    name: 'g',
    namespace: 'urn:t',
    required: true,
    documentation: 'Global.',
  });
  expect(simpleAt(model, attribute?.type ?? -1).builtin).toBe('long');
});

test('xml:lang needs no schema', () => {
  const [attribute] = typeIn('<xs:attribute ref="xml:lang"/>').attributes;
  expect(attribute).toMatchObject({
    name: 'lang',
    namespace: 'http://www.w3.org/XML/1998/namespace',
  });
});

describe('groups', () => {
  test('give their attributes, those of groups in them included', () => {
    const type = typeIn(
      '<xs:attributeGroup ref="t:G"/><xs:attribute name="c"/>',
      `<xs:attributeGroup name="G"><xs:attribute name="a"/><xs:attributeGroup ref="t:H"/></xs:attributeGroup>
       <xs:attributeGroup name="H"><xs:attribute name="b"/></xs:attributeGroup>`,
    );
    expect(type.attributes.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test('that are in themselves are refused', () => {
    const group = '<xs:attributeGroup name="G"><xs:attributeGroup ref="t:G"/></xs:attributeGroup>';
    expect(() => typeIn('<xs:attributeGroup ref="t:G"/>', group)).toThrow(
      'The attribute group `G` of `urn:t` is nested in itself or too deeply.',
    );
  });

  test('that nobody defines are refused', () => {
    expect(() => typeIn('<xs:attributeGroup ref="t:G"/>')).toThrow(
      'The attribute group `G` of `urn:t` is defined nowhere.',
    );
  });
});

test('a type that is no simple type is a string', () => {
  const model = compile(
    `<xs:complexType name="In"><xs:attribute name="a" type="t:In"/></xs:complexType>`,
  );
  expect(simpleAt(model, inputOf(model).attributes[0]?.type ?? -1).builtin).toBe('string');
});
