import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mapEntryOf } from '../../src/codec/map-type.ts';
import { fullName } from '../../src/codec/member-key.ts';
import { codecOf } from '../../src/codec/service-codec.ts';
import { bodyUnion } from '../../src/types/bodies.ts';
import type { Expression, Union } from '../../src/types/expression.ts';
import { planTypes, type Plan } from '../../src/types/plan.ts';
import type { Member } from '../../src/types/shape.ts';
import { mapUnion } from '../../src/types/type-union.ts';
import type { ServiceModel, TypeReference } from '../../src/wsdl/model.ts';
import { arbitraryModel } from './arbitrary-model.ts';

/** A type that has to be in itself cannot be sent at all. */
class TooDeep extends Error {}

const deepest = 8;

type Draw = <Item>(items: readonly Item[]) => Item;

/** Makes values of the types that are written. */
class ValueMaker {
  readonly #plan: Plan;
  readonly #draw: Draw;

  constructor(plan: Plan, draw: Draw) {
    this.#plan = plan;
    this.#draw = draw;
  }

  value(union: Union, depth: number): unknown {
    if (depth > deepest) throw new TooDeep();
    const expression = this.#draw(union);
    switch (expression.kind) {
      case 'text':
        return textValue(expression.text, union);
      case 'array':
        return this.#items(depth).map(() => this.value(expression.items, depth + 1));
      case 'record':
        return this.#record(expression.values, keysIn(union), depth);
      case 'map':
        return new Map(
          this.#items(depth).map(() => [
            this.value(expression.keys, depth + 1),
            this.value(expression.values, depth + 1),
          ]),
        );
      case 'reference':
        break;
    }
    return this.#reference(expression.type, depth);
  }

  /** As many as there shall be. */
  #items(depth: number): readonly unknown[] {
    return this.#draw(depth > deepest / 2 ? [[]] : [[], [1], [1, 2]]);
  }

  #record(values: Union, keys: Union, depth: number): object {
    const items = this.#items(depth).map(() => {
      const key = this.value(keys, depth + 1);
      return [key instanceof Date ? key.toISOString() : String(key), this.value(values, depth + 1)];
    });
    // The key of a nil entry has no name in an object.
    return Object.fromEntries(items.filter(([key]) => key !== 'null')) as object;
  }

  #reference(type: TypeReference, depth: number): unknown {
    const { model, families, shapes } = this.#plan;
    const declared = model.types[type];
    if (declared?.kind === 'simple') return this.#draw(declared.enumeration ?? []);
    // Parameters themselves have no `$type`.
    const family = depth === 0 ? [type] : [type, ...(families.get(type) ?? [])];
    const concrete = family.filter((member) => !isAbstract(model, member));
    if (concrete.length === 0) throw new TooDeep();
    const actual = this.#draw(concrete);
    const tag = actual === type ? {} : { $type: tagOf(model, actual) };
    if (shapes.of(actual, 'sent') !== undefined) return { ...this.#members(actual, depth), ...tag };
    const complex = model.types[actual];
    const entry = complex?.kind === 'complex' ? mapEntryOf(model.types, complex) : undefined;
    if (entry === undefined) throw new Error('It has no shape.');
    // Only an object can be told to be of a derived map.
    if (actual !== type) throw new TooDeep();
    return this.value(mapUnion(model, entry, 'sent'), depth + 1);
  }

  #members(type: TypeReference, depth: number): Record<string, unknown> {
    const members = new Map<string, Member>();
    const attributes = new Map<string, Member>();
    for (let at: TypeReference | undefined = type; at !== undefined;) {
      const shape = this.#plan.shapes.of(at, 'sent');
      for (const member of shape?.members ?? []) members.set(member.name, member);
      for (const member of shape?.attributes ?? []) attributes.set(member.name, member);
      at = shape?.base;
    }
    return {
      ...this.#all(members, depth),
      ...(attributes.size > 0 && { $attributes: this.#all(attributes, depth) }),
    };
  }

  #all(members: ReadonlyMap<string, Member>, depth: number): Record<string, unknown> {
    const given = [...members.values()].filter(
      ({ isOptional }) => !isOptional || this.#draw([depth < deepest / 2, false]),
    );
    return Object.fromEntries(given.map(({ name, union }) => [name, this.value(union, depth + 1)]));
  }
}

/** A text may have to be a date or a number, where these are among the alternatives. */
function textValue(text: string, union: Union): unknown {
  const has = (other: string) => union.some((one) => one.kind === 'text' && one.text === other);
  const string = has('Date') ? '2026-01-01T12:00:00Z' : has('bigint') ? '1' : 'abc';
  const values: Record<string, unknown> = {
    string,
    bigint: 1n,
    number: 1,
    boolean: true,
    Date: new Date(0),
    Uint8Array: new Uint8Array([1, 2]),
    null: null,
  };
  if (!Object.hasOwn(values, text)) throw new Error(`There is no value of ${text}.`);
  return values[text];
}

function keysIn(union: Union): Union {
  const map = union.find((one): one is Expression & { kind: 'map' } => one.kind === 'map');
  return map?.keys ?? [];
}

function isAbstract({ types }: ServiceModel, type: TypeReference): boolean {
  const model = types[type];
  return model?.kind === 'complex' && model.abstract === true;
}

function tagOf({ types }: ServiceModel, type: TypeReference): string {
  const { name = '', namespace = '' } = types[type] ?? {};
  const namesakes = types.filter((model) => model.kind === 'complex' && model.name === name);
  return namesakes.length === 1 ? name : fullName(namespace, name);
}

/**
 * Of elements that stand instead of one another only one may be sent, which no type says. A
 * `requestId` is an integer that nobody insists on.
 */
function sendable(model: ServiceModel): ServiceModel {
  const long = { kind: 'simple', name: 'long', namespace: 'urn:xs', builtin: 'long' } as const;
  const requestId = { type: model.types.length, optional: true } as const;
  const types = model.types.map((type) => {
    if (type.kind === 'simple') return type;
    const fields = type.fields.map(({ choice: _choice, branch: _branch, many, ...field }) => {
      if (field.name === 'requestId') return { ...field, ...requestId };
      return { ...field, ...(many === true && { many }) };
    });
    return { ...type, fields };
  });
  return { ...model, types: [...types, long] };
}

test('what is of the type that is written is taken by the codec', async () => {
  let written = 0;
  fc.assert(
    fc.property(arbitraryModel, fc.infiniteStream(fc.nat({ max: 99 })), (drawn, numbers) => {
      const model = sendable(drawn);
      const maker = new ValueMaker(
        planTypes(model),
        (items) => items[(numbers.next().value as number) % items.length] as never,
      );
      for (const operation of model.operations) {
        const input = model.types[operation.input.type];
        try {
          const value = maker.value(bodyUnion(model, operation, 'sent'), 0);
          const parameters = input?.kind === 'simple' ? { $value: value } : value;
          expect(codecOf(model).encode(operation, parameters).write()).toContain(
            operation.input.name,
          );
          written += 1;
        } catch (error) {
          if (!(error instanceof TooDeep)) throw error;
        }
      }
    }),
    { numRuns: 1000 },
  );
  expect(written).toBeGreaterThan(500);
});
