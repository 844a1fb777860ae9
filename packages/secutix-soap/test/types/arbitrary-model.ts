import fc from 'fast-check';
import type {
  AttributeModel,
  BuiltinType,
  ComplexTypeModel,
  FieldModel,
  ServiceModel,
  SimpleTypeModel,
  TypeModel,
} from '../../src/wsdl/model.ts';

const builtins: readonly BuiltinType[] = [
  'anyType',
  'string',
  'boolean',
  'int',
  'long',
  'decimal',
  'double',
  'dateTime',
  'base64Binary',
  'QName',
];

/** Names that TypeScript or JavaScript gives a meaning, that clash, or that are no identifiers. */
const trickyNames = [
  'Date',
  'record',
  'Buffer',
  'any',
  'unknown',
  'string',
  'class',
  'new',
  'get',
  'set',
  'readonly',
  'constructor',
  '__proto__',
  'toString',
  'requestId',
  'entry',
  'key',
  'value',
  'Item',
  'item',
  'ItemInput',
  'AnyItem',
  'item-Input',
  'a.b',
  '_3',
  '切符',
  'été',
  'x·y',
];

/** Texts of these characters. */
export function textOf(...characters: readonly string[]): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...characters) });
}

const name = fc.oneof(
  fc.constantFrom(...trickyNames),
  fc.stringMatching(
    /^[A-Za-z_\u{c0}-\u{d6}\u{370}-\u{37d}\u{10000}-\u{10fff}][\w.\u{b7}\u{e0}-]{0,8}$/u,
  ),
);
const namespace = fc.constantFrom('', 'urn:a', 'urn:b');
const documentation = textOf('a', 'b', ' ', '*', '/', '@', '\n', '`', '{', '}', '\\');
const oddValue = fc.constantFrom("it's", 'say "no"', 'back\\slash', 'a b', '');
const flag = fc.constantFrom(true, undefined);
const reference = fc.nat({ max: 999 });

/** Leaves members out that are `undefined`, as a model does. */
function present<Value extends object>(value: Value): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as Value;
}

const field = fc
  .record({
    name,
    namespace,
    type: reference,
    optional: flag,
    many: flag,
    nillable: flag,
    choice: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
    branch: fc.nat({ max: 3 }),
    documentation: fc.option(documentation, { nil: undefined }),
  })
  .map(({ optional, choice, ...drawn }) => {
    const isOptional = optional ?? (choice === undefined ? undefined : true);
    return present({ ...drawn, choice, optional: isOptional }) as FieldModel;
  });

const attribute = fc
  .record({ name, namespace, type: reference, required: flag })
  .map((drawn) => present(drawn) as AttributeModel);

const simple = fc
  .record({
    kind: fc.constant('simple'),
    name: fc.option(name, { nil: undefined }),
    namespace,
    documentation: fc.option(documentation, { nil: undefined }),
    builtin: fc.constantFrom(...builtins),
    list: flag,
    enumeration: fc.option(fc.array(fc.oneof(name, oddValue), { minLength: 1, maxLength: 4 }), {
      nil: undefined,
    }),
  })
  .map((drawn) => present(drawn) as TypeModel);

/** A base is the place of an earlier type; how the type was made of it is drawn as well. */
interface Drawn {
  readonly model: ComplexTypeModel;
  readonly base: number | undefined;
  readonly isRestriction: boolean;
}

const complex = fc
  .record({
    name: fc.option(name, { nil: undefined }),
    namespace,
    documentation: fc.option(documentation, { nil: undefined }),
    fields: fc.array(field, { maxLength: 4 }),
    attributes: fc.array(attribute, { maxLength: 2 }),
    abstract: flag,
    mixed: flag,
    open: flag,
    text: fc.option(reference, { nil: undefined }),
  })
  .map((drawn) => present({ kind: 'complex', ...drawn }) as ComplexTypeModel);

const derived = fc.record({
  model: complex,
  base: fc.option(reference, { nil: undefined }),
  isRestriction: fc.boolean(),
});

const entries = fc
  .tuple(field, field)
  .map(([key, value]) => ({ ...key, name: 'key', value: { ...value, name: 'value' } }));

const operation = fc.record({ name, input: reference, output: fc.option(reference) });

/** Any model that keeps the promises of {@link ServiceModel}, however odd its service. */
export const arbitraryModel: fc.Arbitrary<ServiceModel> = fc
  .record({
    name,
    namespace: fc.string(),
    documentation,
    types: fc.array(fc.oneof(simple, derived), { minLength: 1, maxLength: 12 }),
    maps: fc.array(fc.tuple(entries, fc.option(name, { nil: undefined })), { maxLength: 2 }),
    operations: fc.uniqueArray(operation, {
      minLength: 1,
      maxLength: 4,
      selector: (drawn) => drawn.name,
    }),
  })
  .map(({ types, maps, operations, ...own }) => ({
    format: 1,
    address: null,
    ...own,
    operations: operations.map(({ name: operationName, input, output }) => ({
      name: operationName,
      soapAction: '',
      input: { name: operationName, namespace: 'urn:a', type: input % types.length },
      output:
        output === null
          ? null
          : { name: `${operationName}Response`, namespace: 'urn:a', type: output % types.length },
    })),
    types: typesOf(types, maps),
  }));

type DrawnMap = [FieldModel & { readonly value: FieldModel }, string | undefined];

function typesOf(
  drawn: readonly (TypeModel | Drawn)[],
  maps: readonly DrawnMap[],
): readonly TypeModel[] {
  const length = drawn.length + maps.length * 2;
  const types: TypeModel[] = [];
  for (const type of drawn) types.push('kind' in type ? type : derivedType(type, types, length));
  for (const [{ value, ...key }, mapName] of maps) {
    const item = { kind: 'complex', namespace: '', attributes: [] } as const;
    const entry = { name: 'entry', namespace: '', type: types.length, many: true } as const;
    const fields = [key, value].map((part) => ({ ...part, type: part.type % length }));
    types.push({ ...item, fields });
    types.push({ ...item, ...(mapName !== undefined && { name: mapName }), fields: [entry] });
  }
  const names = new Set<string>();
  return types.map((type) => soundType(type, types, names));
}

function derivedType(
  { model, base, isRestriction }: Drawn,
  earlier: readonly TypeModel[],
  length: number,
): TypeModel {
  const placed = <Part extends { type: number }>(part: Part): Part => ({
    ...part,
    type: part.type % length,
  });
  const index = base === undefined ? -1 : base % (earlier.length + 1);
  const found = earlier[index];
  const own = {
    ...model,
    fields: model.fields.map(placed),
    attributes: model.attributes.map(placed),
    ...(model.text !== undefined && { text: model.text % length }),
  };
  if (found?.kind !== 'complex') return own;
  if (isRestriction) return { ...own, base: index };
  const fields = [...found.fields, ...own.fields];
  return { ...own, base: index, fields, attributes: [...found.attributes, ...own.attributes] };
}

/** What a reader of schemas sees to: names that are unique, and texts that are of simple types. */
function soundType(type: TypeModel, types: readonly TypeModel[], names: Set<string>): TypeModel {
  const key = JSON.stringify([type.namespace, type.name]);
  const { name: ownName, ...anonymous } = type;
  const isTaken = ownName === undefined || names.has(key);
  names.add(key);
  const named = isTaken ? anonymous : type;
  if (named.kind === 'simple') return soundSimple(named);
  const isText = (reference: number) => {
    const found = types[reference];
    return found?.kind === 'simple' && found.builtin !== 'anyType';
  };
  const { text, ...others } = named;
  return {
    ...others,
    ...(text !== undefined && isText(text) && named.fields.length === 0 && { text }),
    fields: distinct(named.fields),
    attributes: distinct(named.attributes.filter((part) => isText(part.type))),
  };
}

/** The values of an enumeration are of its type, and an item of a list has no spaces. */
function soundSimple({ enumeration = [], ...type }: SimpleTypeModel): SimpleTypeModel {
  const builtin = type.list === true && type.builtin === 'anyType' ? 'string' : type.builtin;
  const values = enumeration.filter((value) => type.list !== true || /^\S+$/.test(value));
  const isEnumeration = values.length > 0 && builtin === 'string';
  return { ...type, builtin, ...(isEnumeration && { enumeration: values }) };
}

function distinct<Part extends { name: string; namespace: string }>(
  parts: readonly Part[],
): Part[] {
  const byName = new Map(
    parts.toReversed().map((part) => [`${part.namespace} ${part.name}`, part]),
  );
  return parts.filter((part) => byName.get(`${part.namespace} ${part.name}`) === part);
}
