import type { ServiceModel, TypeReference } from '../wsdl/model.ts';
import { bodyUnion } from './bodies.ts';
import { referencesIn, type Direction } from './expression.ts';
import type { Families } from './families.ts';
import type { Shapes } from './shapes.ts';

/** The types that have to do with values of one direction. */
export interface Reach {
  /** Those that are declared. */
  readonly declared: ReadonlySet<TypeReference>;
  /** Those that a member or an operation refers to, and not only a derived type. */
  readonly referenced: ReadonlySet<TypeReference>;
}

/** Finds the types that values of one direction may have, from the operations on. */
export function reachOf(
  model: ServiceModel,
  { families, shapes }: { families: Families; shapes: Shapes },
  direction: Direction,
): Reach {
  const declared = new Set<TypeReference>();
  const referenced = new Set<TypeReference>();
  const refer = (type: TypeReference) => {
    referenced.add(type);
    for (const member of [type, ...(families.get(type) ?? [])]) declared.add(member);
  };
  for (const operation of model.operations) {
    for (const expression of bodyUnion(model, operation, direction)) {
      // Parameters are of the type that is declared, never of a derived one: they have no `$type`.
      const isParameters = direction === 'sent' && expression.kind === 'reference';
      if (isParameters) declared.add(expression.type);
      else referencesIn([expression]).forEach(refer);
    }
  }
  // A set gives out what is added to it while it is gone through.
  for (const type of declared) {
    shapes.referencesOf(type, direction).forEach(refer);
    const base = shapes.of(type, direction)?.base;
    if (base !== undefined) declared.add(base);
  }
  return { declared, referenced };
}
