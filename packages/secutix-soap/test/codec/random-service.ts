import fc from 'fast-check';
import type { BuiltinType, FieldModel } from '../../src/wsdl/model.ts';
import { namespace, ModelMaker, type TestService } from './service-model.ts';

/** A type, and values of it as they are decoded. */
interface TypedValues {
  readonly make: (maker: ModelMaker) => number;
  readonly values: fc.Arbitrary<unknown>;
}

/** A service, and a value that it takes and gives back unchanged. */
export interface RandomCase {
  readonly service: TestService;
  readonly value: Record<string, unknown>;
}

const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Any text that XML can carry. */
export const legalText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom('\r', '\r\n', '\n', '\t', ' ', ']]>', '&lt;', '<', '🚀', '\u0085', '\u2028'),
      fc.string({ unit: 'binary', maxLength: 5 }).filter((text) => !illegal.test(text)),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

const year10000 = new Date('9999-12-31T23:59:59.999Z');
const year1 = new Date('0001-01-01T00:00:00Z');
const dates = fc.date({ min: year1, max: year10000, noInvalidDate: true });
const digits = fc.stringMatching(/^[0-9]{1,30}$/);

function integers(min: bigint, max: bigint): fc.Arbitrary<bigint> {
  return fc.oneof(
    fc.bigInt({ min, max }),
    fc.constantFrom(min, max),
    fc.bigInt({ min, max: min + 9n }),
  );
}

function numbers(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
}

const long = 10n ** 30n;

/** Values of each builtin type, as they are decoded. */
export const builtinValues: Readonly<
  Record<Exclude<BuiltinType, 'anyType'>, fc.Arbitrary<unknown>>
> = {
  string: legalText,
  boolean: fc.boolean(),
  byte: numbers(-128, 127),
  short: numbers(-32_768, 32_767),
  int: numbers(-2_147_483_648, 2_147_483_647),
  long: integers(-(2n ** 63n), 2n ** 63n - 1n),
  unsignedByte: numbers(0, 255),
  unsignedShort: numbers(0, 65_535),
  unsignedInt: numbers(0, 4_294_967_295),
  unsignedLong: integers(0n, 2n ** 64n - 1n),
  integer: integers(-long, long),
  nonNegativeInteger: integers(0n, long),
  positiveInteger: integers(1n, long),
  nonPositiveInteger: integers(-long, 0n),
  negativeInteger: integers(-long, -1n),
  decimal: fc
    .tuple(fc.constantFrom('', '-', '+'), digits, digits)
    .map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`),
  float: fc.double(),
  double: fc.double(),
  dateTime: fc.oneof(
    dates,
    dates.map((date) => date.toISOString().slice(0, -1)),
  ),
  date: fc.oneof(
    dates.map((date) => new Date(`${date.toISOString().slice(0, 10)}T00:00:00Z`)),
    dates.map((date) => date.toISOString().slice(0, 10)),
  ),
  time: dates.map((date) => date.toISOString().slice(11)),
  base64Binary: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  hexBinary: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  QName: fc.constantFrom('name', '{urn:a}name', `{${namespace}}Zoé`, '{http://a/?b&c="}x.y-z'),
};

const builtins = Object.keys(builtinValues) as (keyof typeof builtinValues)[];

const simple: fc.Arbitrary<TypedValues> = fc.constantFrom(...builtins).map((builtin) => ({
  make: (maker) => maker.builtin(builtin),
  values: builtinValues[builtin],
}));

const enumeration: fc.Arbitrary<TypedValues> = fc
  .array(legalText, { minLength: 1, maxLength: 4 })
  .map((allowed) => ({
    make: (maker) => maker.simple('string', { enumeration: allowed }),
    values: fc.constantFrom(...allowed),
  }));

const list: fc.Arbitrary<TypedValues> = fc
  .constantFrom(...builtins.filter((builtin) => builtin !== 'string'))
  .map((builtin) => ({
    make: (maker) => maker.simple(builtin, { list: true }),
    values: fc.array(builtinValues[builtin].filter(isItem), { maxLength: 4 }),
  }));

/** An item cannot be empty. */
function isItem(value: unknown): boolean {
  return !Buffer.isBuffer(value) || value.length > 0;
}

const names = fc.constantFrom('a', 'b', 'Zoé', '__proto__', 'constructor', 'entry', 'key', 'value');

/** A field or an attribute, and what it holds; `undefined` where it is absent. */
interface Part {
  readonly name: string;
  readonly namespace: string;
  readonly type: TypedValues;
  readonly isMany: boolean;
  readonly isNillable: boolean;
}

function partsOf(types: fc.Arbitrary<TypedValues>, maxLength: number): fc.Arbitrary<Part[]> {
  const part = fc.record({
    name: names,
    namespace: fc.constantFrom('', '', namespace),
    type: types,
    isMany: fc.boolean(),
    isNillable: fc.boolean(),
  });
  return fc.uniqueArray(part, { selector: ({ name }) => name, maxLength });
}

function fieldOf(maker: ModelMaker, part: Part): FieldModel {
  const { isMany, isNillable } = part;
  return maker.optional(part.name, part.type.make(maker), {
    namespace: part.namespace,
    ...(isMany ? { many: true } : {}),
    ...(isNillable ? { nillable: true } : {}),
  });
}

/** The members of some parts, each there or absent. */
function membersOf(parts: readonly Part[]): fc.Arbitrary<Record<string, unknown>> {
  const entries = parts.map(({ name, type, isMany, isNillable }) => {
    const item = isNillable ? fc.option(type.values) : type.values;
    const value = isMany ? fc.array(item, { maxLength: 3 }) : fc.option(item, { nil: undefined });
    return value.map((held) => [name, held] as const);
  });
  return fc
    .tuple(...entries)
    .map((held) => Object.fromEntries(held.filter(([, value]) => value !== undefined)));
}

function complexOf(inner: fc.Arbitrary<TypedValues>): fc.Arbitrary<TypedValues> {
  return fc
    .record({ fields: partsOf(inner, 4), attributes: partsOf(simple, 2), mixed: fc.boolean() })
    .map(({ fields, attributes, mixed }) => ({
      make: (maker) =>
        maker.complex(
          fields.map((field) => fieldOf(maker, field)),
          {
            attributes: attributes.map((part) =>
              maker.attribute(part.name, part.type.make(maker), { namespace: part.namespace }),
            ),
            ...(mixed ? { mixed } : {}),
          },
        ),
      values: fc
        .tuple(membersOf(fields), attributesOf(attributes), mixedText(mixed))
        .map(([members, $attributes, $text]) => ({ ...$attributes, ...own(members), ...$text })),
    }));
}

/** Copied so that `__proto__` stays a member. */
function own(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members));
}

function attributesOf(parts: readonly Part[]): fc.Arbitrary<Record<string, unknown>> {
  const single = parts.map((part) => ({ ...part, isMany: false, isNillable: false }));
  return membersOf(single).map((members) =>
    Object.keys(members).length === 0 ? {} : { $attributes: members },
  );
}

function mixedText(isMixed: boolean): fc.Arbitrary<Record<string, unknown>> {
  if (!isMixed) return fc.constant({});
  const text = legalText.filter((written) => !/^[ \t\r\n]*$/.test(written));
  return fc.option(text).map(($text) => ($text === null ? {} : { $text }));
}

const withText: fc.Arbitrary<TypedValues> = fc
  .record({ text: fc.oneof(simple, list, enumeration), attributes: partsOf(simple, 2) })
  .map(({ text, attributes }) => ({
    make: (maker) =>
      maker.complex([], {
        text: text.make(maker),
        attributes: attributes.map((part) => maker.attribute(part.name, part.type.make(maker))),
      }),
    values: fc
      .tuple(text.values, attributesOf(attributes))
      .map(([$value, $attributes]) => ({ $value, ...$attributes })),
  }));

function mapOf(inner: fc.Arbitrary<TypedValues>): fc.Arbitrary<TypedValues> {
  return fc.record({ value: inner, isNillable: fc.boolean() }).map(({ value, isNillable }) => ({
    make: (maker) => maker.map(value.make(maker), 'string', isNillable ? { nillable: true } : {}),
    values: fc
      .array(
        fc.tuple(fc.oneof(names, legalText), isNillable ? fc.option(value.values) : value.values),
        {
          maxLength: 4,
        },
      )
      .map((entries) => Object.fromEntries(entries))
      .filter((map) => !isEntryForm(map)),
  }));
}

/** A map of which the only key is `entry` could be taken for the list of its entries. */
function isEntryForm(map: Record<string, unknown>): boolean {
  return Object.keys(map).length === 1 && Array.isArray(map['entry']);
}

const { type } = fc.letrec<{ type: TypedValues }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    simple,
    simple,
    list,
    enumeration,
    withText,
    complexOf(tie('type')),
    mapOf(tie('type')),
  ),
}));

/** Random services, each with a random value of its parameters. */
export const randomCase: fc.Arbitrary<RandomCase> = partsOf(type, 5).chain((parts) =>
  membersOf(parts).map((members) => {
    const maker = new ModelMaker();
    // Two more that may come keep the answer from being unwrapped.
    const fields = [
      ...parts.map((part) => fieldOf(maker, part)),
      maker.optional('notSentOne', 'string'),
      maker.optional('notSentTwo', 'string'),
    ];
    const wrapper = maker.complex(fields);
    return { service: maker.service(wrapper, wrapper), value: withLists(parts, members) };
  }),
);

/** A list is there even if it is empty. */
function withLists(parts: readonly Part[], members: Record<string, unknown>) {
  return own(
    Object.fromEntries(
      parts
        .filter(({ name, isMany }) => isMany || Object.hasOwn(members, name))
        .map(({ name }) => [name, Object.hasOwn(members, name) ? members[name] : []]),
    ),
  );
}
