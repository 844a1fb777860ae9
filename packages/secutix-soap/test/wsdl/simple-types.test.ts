import { describe, expect, test } from '@jest/globals';
import type { ServiceModel, TypeModel } from '../../src/wsdl/model.ts';
import { compile, inputOf } from './compile.ts';

/** The type of the field `a`, which is declared so. */
function typeOf(declaration: string, components = ''): TypeModel {
  const model = compileField(declaration, components);
  return model.types[inputOf(model).fields[0]?.type ?? -1] ?? never();
}

function compileField(declaration: string, components = ''): ServiceModel {
  return compile(`<xs:complexType name="In"><xs:sequence>${declaration}</xs:sequence></xs:complexType>
    ${components}`);
}

function never(): never {
  throw new Error('There should be a type.');
}

const ofType = (name: string) => `<xs:element name="a" type="${name}"/>`;
const anonymous = (content: string) =>
  `<xs:element name="a"><xs:simpleType>${content}</xs:simpleType></xs:element>`;
const simple = (name: string, content: string) =>
  `<xs:simpleType name="${name}">${content}</xs:simpleType>`;
const values = (...all: string[]) =>
  all.map((value) => `<xs:enumeration value="${value}"/>`).join('');
const restriction = (base: string, content = '') =>
  `<xs:restriction base="${base}">${content}</xs:restriction>`;

describe('builtins', () => {
  test.each(
    [
      'string boolean byte short int long unsignedByte unsignedShort unsignedInt unsignedLong integer',
      'nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger decimal float double',
      'dateTime date time base64Binary hexBinary QName anyType',
    ].flatMap((names) => names.split(' ')),
  )('%s is itself', (name) => {
    expect(typeOf(ofType(`xs:${name}`))).toEqual({
      kind: 'simple',
      name,
      namespace: 'http://www.w3.org/2001/XMLSchema',
      builtin: name,
    });
  });

  test.each(
    [
      'normalizedString token language Name NCName NMTOKEN ID IDREF ENTITY anyURI duration gYear',
      'gYearMonth gMonth gMonthDay gDay',
    ].flatMap((names) => names.split(' ')),
  )('%s comes down to a string', (name) => {
    expect(typeOf(ofType(`xs:${name}`))).toMatchObject({ name, builtin: 'string' });
    expect(typeOf(ofType(`xs:${name}`))).not.toHaveProperty('list');
  });

  test.each(['NMTOKENS', 'IDREFS', 'ENTITIES'])('%s is a list of strings', (name) => {
    expect(typeOf(ofType(`xs:${name}`))).toMatchObject({ name, builtin: 'string', list: true });
  });

  test('anySimpleType may be anything', () => {
    expect(typeOf(ofType('xs:anySimpleType'))).toMatchObject({ builtin: 'anyType' });
  });

  test.each(['constructor', '__proto__', 'timeInstant', ''])('there is no builtin %p', (name) => {
    expect(() => typeOf(ofType(`xs:${name}`))).toThrow('is defined nowhere.');
  });

  test.each([
    ['int', 'int'],
    ['Array', 'anyType'],
  ])('%s of the SOAP encoding is read as %s', (name, builtin) => {
    const type = typeOf(
      `<xs:element name="a" type="e:${name}" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"/>`,
    );
    expect(type).toMatchObject({ builtin });
  });
});

describe('restrictions', () => {
  test('come down to what their base comes down to', () => {
    const components =
      simple('A', restriction('t:B', '<xs:maxLength value="9"/>')) +
      simple('B', restriction('xs:ID'));
    expect(typeOf(ofType('t:A'), components)).toEqual({
      kind: 'simple',
      name: 'A',
      namespace: 'urn:t',
      builtin: 'string',
    });
  });

  test('list the values that are allowed, each once, as they are written', () => {
    const content = restriction('xs:string', values('A', ' B ', 'A', '__proto__', ''));
    expect(typeOf(anonymous(content))).toEqual({
      kind: 'simple',
      namespace: 'urn:t',
      builtin: 'string',
      enumeration: ['A', ' B ', '__proto__', ''],
    });
  });

  test('inherit the values of their base, or say fewer', () => {
    const components =
      simple('A', restriction('t:B', '<xs:pattern value="."/>')) +
      simple('B', restriction('xs:int', values('1', '2')));
    expect(typeOf(ofType('t:A'), components)).toMatchObject({
      builtin: 'int',
      enumeration: ['1', '2'],
    });
    expect(typeOf(anonymous(restriction('t:B', values('2'))), components)).toMatchObject({
      enumeration: ['2'],
    });
  });

  test('may define their base in themselves', () => {
    const content = `<xs:restriction><xs:simpleType>${restriction('xs:long')}</xs:simpleType></xs:restriction>`;
    expect(typeOf(anonymous(content))).toMatchObject({ builtin: 'long' });
  });

  test('in a circle are refused', () => {
    const components = simple('A', restriction('t:B')) + simple('B', restriction('t:A'));
    expect(() => typeOf(ofType('t:A'), components)).toThrow(
      'Its simple types are nested too deeply.',
    );
  });

  test('of what nobody defines are refused', () => {
    expect(() => typeOf(anonymous(restriction('t:Gone')))).toThrow(
      'The type `Gone` of `urn:t` is defined nowhere.',
    );
  });
});

describe('lists', () => {
  test('are lists of what their items come down to, with the values of these', () => {
    const components = simple('Item', restriction('xs:token', values('a', 'b')));
    expect(typeOf(anonymous('<xs:list itemType="t:Item"/>'), components)).toMatchObject({
      builtin: 'string',
      list: true,
      enumeration: ['a', 'b'],
    });
    expect(
      typeOf(
        anonymous(`<xs:list><xs:simpleType>${restriction('xs:long')}</xs:simpleType></xs:list>`),
      ),
    ).toMatchObject({ builtin: 'long', list: true });
  });

  test('that are restricted stay lists; the values of whole lists are left aside', () => {
    const components = simple('L', '<xs:list itemType="xs:int"/>');
    const type = typeOf(anonymous(restriction('t:L', values('1 2'))), components);
    expect(type).toMatchObject({ builtin: 'int', list: true });
    expect(type).not.toHaveProperty('enumeration');
  });

  test('of anything are lists of strings', () => {
    expect(typeOf(anonymous('<xs:list itemType="xs:anySimpleType"/>'))).toMatchObject({
      builtin: 'string',
      list: true,
    });
  });
});

describe('unions', () => {
  test('are strings, whatever their members are', () => {
    const type = typeOf(anonymous('<xs:union memberTypes="xs:int xs:date"/>'));
    expect(type).toEqual({ kind: 'simple', namespace: 'urn:t', builtin: 'string' });
  });

  test('can be restricted to values', () => {
    const components = simple('U', '<xs:union memberTypes="xs:int xs:date"/>');
    expect(typeOf(anonymous(restriction('t:U', values('1', '2'))), components)).toMatchObject({
      builtin: 'string',
      enumeration: ['1', '2'],
    });
  });
});
