import type { ServiceModel, TypeReference } from '../wsdl/model.ts';
import type { Families } from './families.ts';
import type { Shape } from './shape.ts';
import type { Shapes } from './shapes.ts';
import { isEnumeration } from './type-union.ts';

/**
 * Finds the types whose declaration for what may be sent differs from that for what is received: in
 * itself, or in a type that it refers to.
 */
export function differingTypes(
  { types }: ServiceModel,
  { families, shapes }: { families: Families; shapes: Shapes },
): ReadonlySet<TypeReference> {
  const users = new Map<TypeReference, TypeReference[]>();
  const addUser = (used: TypeReference, user: TypeReference) => {
    const earlier = users.get(used);
    if (earlier === undefined) users.set(used, [user]);
    else earlier.push(user);
  };
  const differing = new Set<TypeReference>();
  for (const [type, model] of types.entries()) {
    const differs =
      model.kind === 'simple'
        ? isEnumeration(model)
        : !isSameShape(shapes.of(type, 'received'), shapes.of(type, 'sent'));
    if (differs) differing.add(type);
    const base = shapes.of(type, 'sent')?.base;
    if (base !== undefined) addUser(base, type);
    for (const used of new Set(shapes.referencesOf(type, 'sent'))) {
      for (const member of [used, ...(families.get(used) ?? [])]) addUser(member, type);
    }
  }
  // A set gives out what is added to it while it is gone through.
  for (const type of differing) {
    for (const user of users.get(type) ?? []) differing.add(user);
  }
  return differing;
}

/** Whether two shapes are written the same, but for the names that they refer to. A map has none. */
function isSameShape(received: Shape | undefined, sent: Shape | undefined): boolean {
  return (
    received !== undefined && sent !== undefined && fingerprint(received) === fingerprint(sent)
  );
}

function fingerprint(shape: Shape): string {
  return JSON.stringify(shape, (name, value: unknown) => (name === 'comment' ? undefined : value));
}
