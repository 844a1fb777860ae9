import { mapEntryOf } from '../codec/map-type.ts';
import type { ServiceModel, TypeReference } from '../wsdl/model.ts';
import { referencesIn, type Direction } from './expression.ts';
import { shapeOf, type Shape } from './shape.ts';
import { mapUnion } from './type-union.ts';

/** The shapes of a service's complex types, each made once, and what they refer to. */
export class Shapes {
  readonly #model: ServiceModel;
  readonly #known = {
    received: new Map<TypeReference, Shape>(),
    sent: new Map<TypeReference, Shape>(),
  };

  constructor(model: ServiceModel) {
    this.#model = model;
  }

  /** The shape of a type; `undefined` for a map or a simple type, which have no members of their own. */
  of(type: TypeReference, direction: Direction): Shape | undefined {
    const known = this.#known[direction];
    const earlier = known.get(type);
    if (earlier !== undefined) return earlier;
    const found = this.#model.types[type];
    if (found?.kind !== 'complex' || mapEntryOf(this.#model.types, found)) return undefined;
    const shape = shapeOf(this.#model, found, direction);
    known.set(type, shape);
    return shape;
  }

  /** The types that the declaration of a type refers to, the one that it extends excepted. */
  referencesOf(type: TypeReference, direction: Direction): TypeReference[] {
    const shape = this.of(type, direction);
    if (shape !== undefined) {
      return [...shape.members, ...shape.attributes].flatMap(({ union }) => referencesIn(union));
    }
    const found = this.#model.types[type];
    const entry = found?.kind === 'complex' ? mapEntryOf(this.#model.types, found) : undefined;
    return entry === undefined ? [] : referencesIn(mapUnion(this.#model, entry, direction));
  }
}
