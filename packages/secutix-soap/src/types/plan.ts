import type { ServiceModel, TypeReference } from '../wsdl/model.ts';
import { differingTypes } from './differences.ts';
import type { Direction } from './expression.ts';
import { familiesOf, type Families } from './families.ts';
import { reachOf, type Reach } from './reach.ts';
import { Shapes } from './shapes.ts';

/** What is to be declared for a service, before anything has a name. */
export interface Plan {
  readonly model: ServiceModel;
  readonly families: Families;
  readonly shapes: Shapes;
  /** The types whose two declarations would differ. */
  readonly differing: ReadonlySet<TypeReference>;
  readonly reach: Readonly<Record<Direction, Reach>>;
}

/** Finds out what is to be declared for a service. */
export function planTypes(model: ServiceModel): Plan {
  const parts = { families: familiesOf(model), shapes: new Shapes(model) };
  const reach = {
    received: reachOf(model, parts, 'received'),
    sent: reachOf(model, parts, 'sent'),
  };
  return { model, ...parts, differing: differingTypes(model, parts), reach };
}
