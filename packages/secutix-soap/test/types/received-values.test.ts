import { types as is } from 'node:util';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codecOf } from '../../src/codec/service-codec.ts';
import { mapEntryOf } from '../../src/codec/map-type.ts';
import { fullName } from '../../src/codec/member-key.ts';
import { bodyUnion } from '../../src/types/bodies.ts';
import type { Expression, Union } from '../../src/types/expression.ts';
import { planTypes, type Plan } from '../../src/types/plan.ts';
import type { Member } from '../../src/types/shape.ts';
import { mapValueUnion } from '../../src/types/type-union.ts';
import type { FieldModel, OperationModel, TypeReference } from '../../src/wsdl/model.ts';
import { arbitraryModel } from './arbitrary-model.ts';

/** A type that has to be in itself cannot be had at all. */
class TooDeep extends Error {}

const deepest = 8;

/** Draws one of several. */
type Draw = <Item>(items: readonly Item[]) => Item;

const texts: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true', '0'],
  int: ['-1', ' 2147483647 '],
  long: ['9007199254740993', '-1'],
  decimal: ['1.50', '-3'],
  double: ['1.5e3', 'INF'],
  dateTime: ['2026-01-01T12:00:00Z', '2026-01-01T12:00:00'],
  base64Binary: ['AAAA', ''],
};

/** Writes an answer that the schema allows. */
class AnswerWriter {
  readonly #plan: Plan;
  readonly #draw: Draw;

  constructor(plan: Plan, draw: Draw) {
    this.#plan = plan;
    this.#draw = draw;
  }

  /** What is never nil: the wrapper, and the one element within it, which is never absent either. */
  answer({ output }: OperationModel): string {
    if (output === null) return '';
    const model = this.#plan.model.types[output.type];
    const [only, ...others] = model?.kind === 'complex' ? model.fields : [];
    const isUnwrapped = only !== undefined && others.length === 0 && only.many !== true;
    if (!isUnwrapped || model?.kind !== 'complex' || model.open) return this.#element(output, 0);
    const attributes = model.attributes.map((attribute) => this.#attribute(attribute)).join('');
    return `<w:${output.name} xmlns:w="${output.namespace}"${attributes}>${this.#element(only, 1)}</w:${output.name}>`;
  }

  #fields(fields: readonly FieldModel[], depth: number): string {
    return fields.map((field) => this.#field(field, depth)).join('');
  }

  #field(field: FieldModel, depth: number): string {
    const isScarce = depth > deepest / 2;
    const least = field.optional === true ? 0 : 1;
    const most = isScarce ? least : 1 + Number(field.many === true);
    return Array.from({ length: this.#draw([least, most]) }, () =>
      field.nillable === true && this.#draw([true, isScarce, false])
        ? this.#tag(field, ' xsi:nil="true"', '')
        : this.#element(field, depth),
    ).join('');
  }

  #element(element: Pick<FieldModel, 'name' | 'namespace' | 'type'>, depth: number): string {
    if (depth > deepest) throw new TooDeep();
    const { types } = this.#plan.model;
    // A wrapper is what its operation declares.
    const derived = depth === 0 ? [] : (this.#plan.families.get(element.type) ?? []);
    const family = [element.type, ...derived];
    const usable = family.filter((member) => {
      const model = types[member];
      const isNamed = member === element.type || model?.namespace !== '';
      return model?.kind === 'simple' || (model?.abstract !== true && isNamed);
    });
    if (usable.length === 0) throw new TooDeep();
    const type = this.#draw(usable);
    const model = types[type];
    if (model?.kind !== 'complex') return this.#tag(element, '', this.#text(type));
    const xsiType =
      type === element.type ? '' : ` xmlns:t="${model.namespace}" xsi:type="t:${model.name}"`;
    const attributes = model.attributes.map((attribute) => this.#attribute(attribute)).join('');
    const mixed = model.mixed === true ? this.#draw(['', 'text']) : '';
    const content =
      model.text === undefined
        ? mixed + this.#fields(model.fields, depth + 1)
        : this.#text(model.text);
    return this.#tag(element, xsiType + attributes, content);
  }

  #tag(
    { name, namespace }: Pick<FieldModel, 'name' | 'namespace'>,
    inner: string,
    content: string,
  ) {
    return namespace === ''
      ? `<${name}${inner}>${content}</${name}>`
      : `<e:${name} xmlns:e="${namespace}"${inner}>${content}</e:${name}>`;
  }

  #attribute({
    name,
    namespace,
    type,
    required,
  }: {
    name: string;
    namespace: string;
    type: TypeReference;
    required?: true;
  }): string {
    if (required !== true && this.#draw([true, false])) return '';
    const value = this.#text(type);
    if (namespace === '') return ` ${name}="${value}"`;
    return ` ${namespace.replace(':', '-')}:${name}="${value}"`;
  }

  #text(type: TypeReference): string {
    const model = this.#plan.model.types[type];
    const builtin = model?.kind === 'simple' ? model.builtin : 'string';
    const one = () => this.#draw(texts[builtin] ?? ['abc', 'a']);
    return model?.kind === 'simple' && model.list === true ? `${one()} ${one()}` : one();
  }
}

/** Finds the first place at which a value is not of its written type; `undefined` if there is none. */
class TypeChecker {
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  check(value: unknown, union: Union, path: string): string | undefined {
    const problems = union.map((expression) => this.#checkOne(value, expression, path));
    return problems.includes(undefined) ? undefined : problems.join(' and ');
  }

  #checkOne(value: unknown, expression: Expression, path: string): string | undefined {
    switch (expression.kind) {
      case 'text':
        return isOf(expression.text, value) ? undefined : `${path} is not ${expression.text}`;
      case 'array':
        if (!Array.isArray(value)) return `${path} is no array`;
        return first(value.map((item, at) => this.check(item, expression.items, `${path}[${at}]`)));
      case 'record':
        return this.#checkRecord(value, expression.values, path);
      case 'reference':
        return this.#checkReference(value, expression.type, path);
      case 'map':
        break;
    }
    return `${path} is received as a Map`;
  }

  #checkRecord(value: unknown, values: Union, path: string): string | undefined {
    if (!isObject(value)) return `${path} is no object`;
    // The list form, in which a repeated key is kept.
    if (Array.isArray(value['entry']) && isObject(value['entry'][0])) return undefined;
    return first(Object.keys(value).map((key) => this.check(value[key], values, `${path}.${key}`)));
  }

  #checkReference(value: unknown, type: TypeReference, path: string): string | undefined {
    const { model, families, shapes } = this.#plan;
    const declared = model.types[type];
    if (declared?.kind === 'simple')
      return typeof value === 'string' ? undefined : `${path} is no text`;
    if (!isObject(value)) return `${path} is no object`;
    const { $type, ...rest } = value;
    const actual = [type, ...(families.get(type) ?? [])].find((member) => {
      const { name = '', namespace = '' } = model.types[member] ?? {};
      return $type === undefined
        ? member === type
        : [name, fullName(namespace, name)].includes($type as string);
    });
    if (actual === undefined) return `${path} is of a type that is not derived`;
    const shape = shapes.of(actual, 'received');
    if (shape !== undefined) return this.#checkMembers(rest, actual, path);
    const complex = model.types[actual];
    const entry = complex?.kind === 'complex' ? mapEntryOf(model.types, complex) : undefined;
    if (entry === undefined) return `${path} has no shape`;
    return this.#checkRecord(value, mapValueUnion(model, entry, 'received'), path);
  }

  #checkMembers(value: object, type: TypeReference, path: string): string | undefined {
    const members = new Map<string, Member>();
    const attributes = new Map<string, Member>();
    for (let at: TypeReference | undefined = type; at !== undefined;) {
      const shape = this.#plan.shapes.of(at, 'received');
      for (const member of shape?.members ?? []) members.set(member.name, member);
      for (const member of shape?.attributes ?? []) attributes.set(member.name, member);
      at = shape?.base;
    }
    const { $attributes = {}, ...own } = value as Record<string, object>;
    return first([
      this.#checkAll(own, members, path),
      this.#checkAll($attributes, attributes, `${path}.$attributes`),
    ]);
  }

  #checkAll(value: object, members: ReadonlyMap<string, Member>, path: string): string | undefined {
    const stranger = Object.keys(value).find((name) => !members.has(name));
    if (stranger !== undefined) return `${path}.${stranger} is not declared`;
    return first(
      [...members.values()].map(({ name, isOptional, union }) => {
        if (!Object.hasOwn(value, name))
          return isOptional ? undefined : `${path}.${name} is missing`;
        return this.check((value as Record<string, unknown>)[name], union, `${path}.${name}`);
      }),
    );
  }
}

function isOf(text: string, value: unknown): boolean {
  if (text === 'unknown') return true;
  if (text === 'null') return value === null;
  if (text === 'Date') return is.isDate(value);
  if (text === 'Buffer') return Buffer.isBuffer(value);
  return typeof value === text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function first(problems: readonly (string | undefined)[]): string | undefined {
  return problems.find((problem) => problem !== undefined);
}

test('what the codec reads of any answer is of the type that is written', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(
      arbitraryModel,
      fc.infiniteStream(fc.nat({ max: 99 })),
      async (model, numbers) => {
        const plan = planTypes(model);
        const draw: Draw = (items) =>
          items[(numbers.next().value as number) % items.length] as never;
        for (const operation of model.operations) {
          let answer = '';
          try {
            answer = new AnswerWriter(plan, draw).answer(operation);
          } catch (error) {
            if (error instanceof TooDeep) continue;
            throw error;
          }
          const envelope =
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
            'xmlns:urn-a="urn:a" xmlns:urn-b="urn:b" ' +
            `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body>${answer}</s:Body></s:Envelope>`;
          const decoded = await codecOf(model).decode(
            operation,
            Buffer.from(envelope),
            async () => {},
          );
          const value = decoded.kind === 'result' ? decoded.value : decoded;
          const union = bodyUnion(model, operation, 'received');
          const problem = new TypeChecker(plan).check(value, union, 'result');
          expect({ problem, answer: problem && answer }).toEqual({});
          read += 1;
        }
      },
    ),
    { numRuns: 1000 },
  );
  expect(read).toBeGreaterThan(500);
});
