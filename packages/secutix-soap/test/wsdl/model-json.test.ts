import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile } from './compile.ts';

const name = fc.constantFrom('a', 'b', 'constructor', '__proto__', 'é', 'x-1');
const occurrence = fc.constantFrom(
  '',
  'minOccurs="0"',
  'maxOccurs="unbounded"',
  'maxOccurs="0"',
  'nillable="true"',
);
const typeName = fc.constantFrom(
  't:In',
  't:B',
  't:Simple',
  'xs:long',
  'xs:NMTOKENS',
  'xs:anyType',
  'xs:token',
);
const doc = fc.constantFrom(
  '',
  '<xs:annotation><xs:documentation> A  "b" </xs:documentation></xs:annotation>',
);

const element = fc
  .tuple(name, typeName, occurrence, doc)
  .map(
    ([own, type, more, text]) =>
      `<xs:element name="${own}" type="${type}" ${more}>${text}</xs:element>`,
  );

const reference = fc.constantFrom(
  '<xs:element ref="t:head"/>',
  '<xs:any/>',
  '<xs:group ref="t:Group"/>',
);

const { particle } = fc.letrec<{ particle: string; group: string }>((tie) => ({
  particle: fc.oneof({ depthSize: 'small' }, element, reference, tie('group')),
  group: fc
    .tuple(
      fc.constantFrom('sequence', 'choice', 'all'),
      fc.constantFrom('', 'minOccurs="0"', 'maxOccurs="3"'),
      fc.array(tie('particle'), { maxLength: 4 }),
    )
    .map(([kind, more, inner]) => `<xs:${kind} ${more}>${inner.join('')}</xs:${kind}>`),
}));

const attribute = fc
  .tuple(name, fc.constantFrom('', 'use="required"', 'use="prohibited"', 'form="qualified"'))
  .map(([own, more]) => `<xs:attribute name="${own}" type="xs:long" ${more}/>`);

const content = fc
  .tuple(fc.array(particle, { maxLength: 5 }), fc.array(attribute, { maxLength: 3 }))
  .map(
    ([particles, attributes]) =>
      `<xs:sequence>${particles.join('')}</xs:sequence>${attributes.join('')}`,
  );

const components = fc.tuple(content, content, content, doc).map(
  ([own, base, group, text]) => `
    <xs:complexType name="In">${text}<xs:complexContent><xs:extension base="t:B">${own}</xs:extension></xs:complexContent></xs:complexType>
    <xs:complexType name="B" mixed="true">${base}</xs:complexType>
    <xs:simpleType name="Simple"><xs:restriction base="xs:int"><xs:enumeration value="1"/></xs:restriction></xs:simpleType>
    <xs:element name="head" type="t:B"/><xs:element name="member" type="t:In" substitutionGroup="t:head"/>
    <xs:group name="Group">${group.replaceAll('<xs:group ref="t:Group"/>', '')}</xs:group>`,
);

test('a model is plain data: what JSON makes of it is the same', () => {
  fc.assert(
    fc.property(components, (schema) => {
      const model = compile(schema);
      expect(JSON.parse(JSON.stringify(model))).toStrictEqual(model);
    }),
    { numRuns: 300 },
  );
});

test('a model refers only to types that it has, and names each field of a type once', () => {
  fc.assert(
    fc.property(components, (schema) => {
      const { types } = compile(schema);
      for (const type of types) {
        if (type.kind === 'simple') continue;
        const members = [...type.fields, ...type.attributes];
        const references = [...members.map((member) => member.type), type.base ?? 0];
        expect(references.every((at) => Number.isInteger(at) && at >= 0 && at < types.length)).toBe(
          true,
        );
        const names = type.fields.map((field) => `${field.namespace} ${field.name}`);
        expect(new Set(names).size).toBe(names.length);
      }
    }),
    { numRuns: 300 },
  );
});

test('of two fields that exclude each other neither is required nor repeated by a group', () => {
  fc.assert(
    fc.property(components, (schema) => {
      for (const type of compile(schema).types) {
        if (type.kind === 'simple') continue;
        const branches = type.fields.filter(({ choice }) => choice !== undefined);
        expect(
          branches.every(({ optional, branch }) => optional === true && branch !== undefined),
        ).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
