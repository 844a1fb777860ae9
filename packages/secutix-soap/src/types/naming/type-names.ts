import type { TypeReference } from '../../wsdl/model.ts';
import type { Direction } from '../expression.ts';
import { typeNameOf } from './identifier.ts';
import { NameRegister } from './name-register.ts';
import { ownInputs, plainNamesOf } from './plain-names.ts';
import type { Plan } from '../plan.ts';

type Names = ReadonlyMap<TypeReference, string>;

/** The names of all declarations of one file, in both directions. */
export class TypeNames {
  /** The name of the interface that lists the operations. */
  readonly service: string;
  readonly #own: Readonly<Record<Direction, Names>>;
  readonly #any: Readonly<Record<Direction, Names>>;

  constructor(plan: Plan) {
    const register = new NameRegister();
    this.service = register.take(typeNameOf(plan.model.name));
    const plain = plainNamesOf(plan, register);
    this.#own = { received: plain, sent: sentNamesOf(plan, plain, register) };
    this.#any = anyNamesOf(plan, plain, register);
  }

  /** The name of the declaration of a type. */
  nameOf(type: TypeReference, direction: Direction): string {
    return this.#own[direction].get(type) ?? 'unknown';
  }

  /** The name of "this type or one derived from it"; `undefined` if none is derived from it. */
  anyNameOf(type: TypeReference, direction: Direction): string | undefined {
    return this.#any[direction].get(type);
  }

  /** What is written where a value of a type stands. */
  useOf(type: TypeReference, direction: Direction): string {
    return this.anyNameOf(type, direction) ?? this.nameOf(type, direction);
  }
}

/** Two declarations of one type have two names; what is only ever sent has one. */
function sentNamesOf({ model, differing }: Plan, plain: Names, register: NameRegister): Names {
  const inputs = ownInputs(model);
  return new Map(
    [...plain].map(([type, name]) => {
      const isPlain = inputs.has(type) || !differing.has(type);
      return [type, isPlain ? name : register.take(`${name}Input`)];
    }),
  );
}

function anyNamesOf(
  { families, differing }: Plan,
  plain: Names,
  register: NameRegister,
): Record<Direction, Names> {
  const received = new Map<TypeReference, string>();
  const sent = new Map<TypeReference, string>();
  for (const [type, name] of plain) {
    const derived = families.get(type);
    if (derived === undefined) continue;
    const anyName = register.take(`Any${name}`);
    const differs = [type, ...derived].some((member) => differing.has(member));
    received.set(type, anyName);
    sent.set(type, differs ? register.take(`Any${name}Input`) : anyName);
  }
  return { received, sent };
}
