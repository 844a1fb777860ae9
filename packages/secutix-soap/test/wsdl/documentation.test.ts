import { readXml } from '@vendorkit/core/xml';
import { expect, test } from '@jest/globals';
import { documentationOf } from '../../src/wsdl/documentation.ts';
import { compile, inputOf } from './compile.ts';

const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const read = (content: string) => documentationOf(readXml(Buffer.from(`<e ${xs}>${content}</e>`)));

test.each([
  ['', undefined],
  ['<xs:annotation/>', undefined],
  ['<xs:annotation><xs:documentation>  </xs:documentation></xs:annotation>', undefined],
  ['<xs:annotation><xs:appinfo>no</xs:appinfo></xs:annotation>', undefined],
  [
    '<documentation> One\t  two\n   three  \n\n\n\n four\n </documentation>',
    'One two\nthree\n\nfour',
  ],
  [
    '<xs:annotation><xs:documentation>A</xs:documentation><xs:documentation xml:lang="fr">B</xs:documentation></xs:annotation>',
    'A\nB',
  ],
  ['<documentation>Plain <b>and</b></documentation>', 'Plain\nand'],
  ['<documentation><![CDATA[<p>5 < 6</p>]]></documentation>', '<p>5 < 6</p>'],
])('of %s is %p', (content, expected) => {
  expect(read(content)).toBe(expected);
});

test('types, elements and references keep theirs', () => {
  const doc = (text: string) =>
    `<xs:annotation><xs:documentation>${text}</xs:documentation></xs:annotation>`;
  const model = compile(`<xs:complexType name="In">${doc('The type.')}<xs:sequence>
      <xs:element name="a" type="t:Code">${doc('The element.')}</xs:element>
      <xs:element ref="t:g"/>
      <xs:element ref="t:h">${doc('The reference.')}</xs:element>
      <xs:element name="b" type="xs:int"/>
    </xs:sequence></xs:complexType>
    <xs:simpleType name="Code">${doc('The code.')}<xs:restriction base="xs:int"/></xs:simpleType>
    <xs:element name="g" type="xs:int">${doc('The global element.')}</xs:element>
    <xs:element name="h" type="xs:int">${doc('Not this.')}</xs:element>`);
  const input = inputOf(model);
  expect(input.documentation).toBe('The type.');
  expect(input.fields.map(({ documentation }) => documentation)).toEqual([
    'The element.',
    'The global element.',
    'The reference.',
    undefined,
  ]);
  expect(model.types.find(({ name }) => name === 'Code')?.documentation).toBe('The code.');
});
