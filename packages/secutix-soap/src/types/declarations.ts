import { mapEntryOf } from '../codec/map-type.ts';
import type { ComplexTypeModel, SimpleTypeModel, TypeReference } from '../wsdl/model.ts';
import { commentOf } from './documentation.ts';
import type { Direction, Union } from './expression.ts';
import { literalOf } from './naming/identifier.ts';
import { typeLines } from './layout.ts';
import { bodyLines } from './member-lines.ts';
import type { Plan } from './plan.ts';
import type { TypeNames } from './naming/type-names.ts';
import { fieldUnion, mapValueUnion } from './type-union.ts';
import { alternativesOf } from './union-text.ts';

/** One declaration of the file. */
export interface Declaration {
  readonly name: string;
  readonly lines: readonly string[];
}

/** Declares a type for values of one direction. */
export function declareType(
  plan: Plan,
  names: TypeNames,
  { type, direction, note }: { type: TypeReference; direction: Direction; note?: string },
): Declaration {
  const name = names.nameOf(type, direction);
  const model = plan.model.types[type];
  const comment = commentOf([note, model?.documentation]);
  if (model?.kind !== 'complex')
    return { name, lines: [...comment, ...enumerationLines(name, model, direction)] };
  const shape = plan.shapes.of(type, direction);
  if (shape === undefined) {
    const lines = mapLines(plan, names, { name, model, direction });
    return { name, lines: [...comment, ...lines] };
  }
  const base = shape.base === undefined ? '' : ` extends ${names.nameOf(shape.base, direction)}`;
  const body = bodyLines(shape, names, direction);
  const head = `export interface ${name}${base} {`;
  return {
    name,
    lines: [...comment, ...(body.length === 0 ? [`${head}}`] : [head, ...body, '}'])],
  };
}

/**
 * What a vendor adds to an enumeration is received all the same, so that only what is sent is closed.
 */
function enumerationLines(
  name: string,
  model: SimpleTypeModel | undefined,
  direction: Direction,
): string[] {
  const literals = [...new Set(model?.enumeration)].map(literalOf);
  const open = direction === 'received' ? ['(string & {})'] : [];
  return typeLines(`export type ${name} =`, [...literals, ...open]);
}

/** An interface, where one will do, may be a map of itself. */
function mapLines(
  { model }: Plan,
  names: TypeNames,
  { name, model: type, direction }: { name: string; model: ComplexTypeModel; direction: Direction },
): string[] {
  const entry = mapEntryOf(model.types, type);
  if (entry === undefined) return [];
  const textOf = (union: Union) => alternativesOf(union, names, direction).join(' | ');
  const values = textOf(mapValueUnion(model, entry, direction));
  if (direction === 'received') {
    return [`export interface ${name} {`, `  [key: string]: ${values};`, '}'];
  }
  const keys = textOf(fieldUnion(model, entry.key, direction));
  return typeLines(`export type ${name} =`, [
    `{ readonly [key: string]: ${values} }`,
    `ReadonlyMap<${keys}, ${values}>`,
  ]);
}
