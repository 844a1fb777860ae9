import { describe, expect, test } from '@jest/globals';
import { compile, complexAt, complexNamed, fieldsOf, inputOf, named } from './compile.ts';

const complex = (name: string, content = '') =>
  `<xs:complexType name="${name}">${content}</xs:complexType>`;
const holding = (name: string, type: string) =>
  `<xs:sequence><xs:element name="${name}" type="${type}"/></xs:sequence>`;
const extending = (base: string, content = '') =>
  `<xs:complexContent><xs:extension base="${base}">${content}</xs:extension></xs:complexContent>`;

const names = (model: { types: readonly { name?: string }[] }) =>
  model.types.flatMap(({ name }) => name ?? []).toSorted();

describe('the types of a model', () => {
  test('are those that an operation reaches, and no others', () => {
    const model = compile(
      complex('In', holding('a', 't:A')) + complex('A', holding('b', 'xs:int')) + complex('Unused'),
    );
    expect(names(model)).toEqual(['A', 'In', 'int']);
  });

  test('include those derived from what is expected, over any number of steps', () => {
    const model = compile(
      complex('In', holding('a', 't:A')) +
        complex('A') +
        complex('B', extending('t:A')) +
        complex('C', extending('t:B', holding('c', 't:D'))) +
        complex('D') +
        complex('E', extending('t:D')),
    );
    expect(names(model)).toEqual(['A', 'B', 'C', 'D', 'E', 'In']);
  });

  test('do not include what is only derived from the base of what is expected', () => {
    const model = compile(
      complex('In', holding('a', 't:B')) +
        complex('Root') +
        complex('B', extending('t:Root')) +
        complex('Sibling', extending('t:Root')),
    );
    expect(names(model)).toEqual(['B', 'In', 'Root']);
  });

  test('are all there are where anything is expected', () => {
    const model = compile(
      complex('In', holding('a', 'xs:anyType')) +
        complex('Other', holding('b', 't:Id')) +
        '<xs:simpleType name="Id"><xs:restriction base="xs:long"/></xs:simpleType>',
    );
    expect(names(model)).toEqual(['Id', 'In', 'Other', 'anyType']);
    expect(named(model, 'Id')).toMatchObject([{ builtin: 'long' }]);
  });

  test('may hold one another', () => {
    const model = compile(complex('In', holding('a', 't:A')) + complex('A', holding('in', 't:In')));
    const input = inputOf(model);
    const inner = complexAt(model, input.fields[0]?.type ?? -1);
    expect(complexAt(model, inner.fields[0]?.type ?? -1)).toBe(input);
  });

  test('may hold themselves', () => {
    const model = compile(complex('In', holding('in', 't:In')));
    expect(inputOf(model).fields[0]?.type).toBe(model.operations[0]?.input.type);
  });

  test('may be a long chain', () => {
    const length = 20_000;
    const chain = Array.from({ length }, (_, at) =>
      complex(`T${at}`, holding('next', `t:T${at + 1}`)),
    );
    const model = compile(
      complex('In', holding('first', 't:T0')) + chain.join('') + complex(`T${length}`),
    );
    expect(model.types).toHaveLength(length + 3);
  });

  test('refer to types that are there', () => {
    const model = compile(
      complex('In', holding('a', 't:A')) + complex('A', extending('t:B')) + complex('B'),
    );
    const references = [
      ...model.operations.flatMap(({ input, output }) => [input.type, output?.type ?? 0]),
      ...model.types.flatMap((type) =>
        type.kind === 'simple'
          ? []
          : [...type.fields, ...type.attributes].map((member) => member.type),
      ),
    ];
    expect(references.every((reference) => reference in model.types)).toBe(true);
  });
});

test('a name without a prefix is looked for in the schema itself, too', () => {
  const model = compile(
    complex('In', holding('a', 'A')) + complex('A', holding('b', 'xs:int')),
    'xmlns=""',
  );
  expect(fieldsOf(complexNamed(model, 'A'))).toBe('b');
});

test('a prefix that is declared nowhere is refused', () => {
  expect(() => compile(complex('In', holding('a', 'nowhere:A')))).toThrow(
    'The prefix of `nowhere:A` is declared nowhere.',
  );
});
