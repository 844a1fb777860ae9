import type { ServiceModel, TypeReference } from '../wsdl/model.ts';

/** The types that may stand where a type is declared, by that type; itself is not among them. */
export type Families = ReadonlyMap<TypeReference, readonly TypeReference[]>;

/** Finds the types that are derived from another, in any number of steps, and can be named. */
export function familiesOf({ types }: ServiceModel): Families {
  const families = new Map<TypeReference, TypeReference[]>();
  for (const [derived, type] of types.entries()) {
    if (type.kind !== 'complex' || type.name === undefined) continue;
    const seen = new Set([derived]);
    let base = type.base;
    while (base !== undefined && !seen.has(base)) {
      seen.add(base);
      families.set(base, [...(families.get(base) ?? []), derived]);
      const next = types[base];
      base = next?.kind === 'complex' ? next.base : undefined;
    }
  }
  return families;
}
