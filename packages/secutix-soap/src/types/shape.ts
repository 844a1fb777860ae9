import { mapEntryOf } from '../codec/map-type.ts';
import { fullName, memberKeys } from '../codec/member-key.ts';
import type {
  AttributeModel,
  ComplexTypeModel,
  FieldModel,
  ServiceModel,
  TypeReference,
} from '../wsdl/model.ts';
import { choiceNote } from './choice.ts';
import { textUnion, withNull, type Direction, type Union } from './expression.ts';
import { fieldUnion, isEnumeration, typeUnion } from './type-union.ts';

/** A member of an interface. */
export interface Member {
  /** The name in the value, not yet as it is written. */
  readonly name: string;
  readonly isOptional: boolean;
  readonly union: Union;
  /** The paragraphs of its comment. */
  readonly comment: readonly (string | undefined)[];
}

/** What the interface of a complex type has. */
export interface Shape {
  /** The type whose interface this one extends. The shape has no member that is the same there. */
  readonly base: TypeReference | undefined;
  readonly members: readonly Member[];
  /** The members of `$attributes`. */
  readonly attributes: readonly Member[];
  /** Whether there may be members that are not declared. */
  readonly isOpen: boolean;
}

/** Whether nothing is known that a value could have. */
export function isEmptyShape({ base, members, attributes, isOpen }: Shape): boolean {
  return base === undefined && members.length + attributes.length === 0 && !isOpen;
}

/** All that a value of a complex type has, what its base types have included. */
function wholeShapeOf(model: ServiceModel, type: ComplexTypeModel, direction: Direction): Shape {
  const special: Member[] = [];
  if (type.text !== undefined) special.push(valueMember(model, type.text, direction));
  if (type.mixed === true) special.push(textMember);
  const fields = keyed(type.fields).map(({ key, model: field }) =>
    fieldMember(key, field, { model, type, direction }),
  );
  const attributes = keyed(type.attributes).map(({ key, model: attribute }) =>
    attributeMember(key, attribute, { model, direction }),
  );
  return {
    base: undefined,
    members: [...special, ...fields],
    attributes,
    // The codec writes nothing that is not declared.
    isOpen: type.open === true && direction === 'received',
  };
}

/** The same, without what the interface of the base type has, if it can be extended. */
export function shapeOf(model: ServiceModel, type: ComplexTypeModel, direction: Direction): Shape {
  const whole = wholeShapeOf(model, type, direction);
  const base = type.base === undefined ? undefined : model.types[type.base];
  if (base?.kind !== 'complex' || mapEntryOf(model.types, base) || mapEntryOf(model.types, type))
    return whole;
  const inherited = wholeShapeOf(model, base, direction);
  const members = withoutInherited(whole.members, inherited.members);
  const attributes = withoutInherited(whole.attributes, inherited.attributes);
  // What a restriction changes or leaves out, the base's interface would bring back.
  if (members === undefined || attributes === undefined) return whole;
  return {
    base: type.base,
    members,
    attributes: attributes.length === 0 ? [] : whole.attributes,
    isOpen: whole.isOpen && !inherited.isOpen,
  };
}

/** The members that are not inherited; `undefined` if one of those is missing or different. */
function withoutInherited(
  members: readonly Member[],
  inherited: readonly Member[],
): Member[] | undefined {
  const own = new Map(members.map((member) => [fingerprint(member), member]));
  const isComplete = inherited.every((member) => own.delete(fingerprint(member)));
  return isComplete ? [...own.values()] : undefined;
}

/** What is written of a member, but for its comment. */
function fingerprint({ name, isOptional, union }: Member): string {
  return JSON.stringify([name, isOptional, union]);
}

/** Elements or attributes with their members. Of several with one name the first counts. */
function keyed<Named extends { readonly name: string; readonly namespace: string }>(
  models: readonly Named[],
): { key: string; model: Named }[] {
  const byName = new Map<string, Named>();
  for (const model of models) {
    const name = fullName(model.namespace, model.name);
    if (!byName.has(name)) byName.set(name, model);
  }
  const distinct = [...byName.values()];
  const keys = memberKeys(distinct);
  return distinct.map((model, index) => ({ key: keys[index] ?? model.name, model }));
}

function fieldMember(
  name: string,
  field: FieldModel,
  { model, type, direction }: { model: ServiceModel; type: ComplexTypeModel; direction: Direction },
): Member {
  const said = field.documentation ?? hiddenDocumentation(model, field);
  const comment = [said, choiceNote(type, field)];
  const union = fieldUnion(model, field, direction);
  if (direction === 'sent' && name === 'requestId' && isWrapper(model, type)) {
    const note = 'What the vendor calls a request in progress. The client fills it in.';
    return { name, isOptional: true, union: withNull(union), comment: [...comment, note] };
  }
  const isAlwaysThere = direction === 'received' && field.many === true;
  return { name, isOptional: field.optional === true && !isAlwaysThere, union, comment };
}

function attributeMember(
  name: string,
  { type, required, documentation }: AttributeModel,
  { model, direction }: { model: ServiceModel; direction: Direction },
): Member {
  const union = typeUnion(model, type, direction);
  return { name, isOptional: required !== true, union, comment: [documentation] };
}

function valueMember(model: ServiceModel, type: TypeReference, direction: Direction): Member {
  return {
    name: '$value',
    isOptional: false,
    union: typeUnion(model, type, direction),
    comment: [],
  };
}

const textMember: Member = {
  name: '$text',
  isOptional: true,
  union: textUnion('string'),
  comment: ['The text between the elements.'],
};

/** Whether a type's elements are the parameters of an operation, and nothing else. */
function isWrapper({ types, operations }: ServiceModel, type: ComplexTypeModel): boolean {
  if (type.mixed === true || !operations.some(({ input }) => types[input.type] === type))
    return false;
  const isPart = types.some(
    (whole) => whole.kind === 'complex' && whole.fields.some((field) => types[field.type] === type),
  );
  return !isPart;
}

/** What is said of a type that has no declaration where it could stand. */
function hiddenDocumentation(model: ServiceModel, { type }: FieldModel): string | undefined {
  const found = model.types[type];
  return found?.kind === 'simple' && !isEnumeration(found) ? found.documentation : undefined;
}
