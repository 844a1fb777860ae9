import { anyType, builtinNamed, linkBuiltin, linkSimple } from './builtin-types.ts';
import type { ComplexTypeModel, ServiceModel, TypeReference } from '../wsdl/model.ts';
import {
  linkAttributes,
  LinkedComplex,
  type LinkedSimple,
  type LinkedType,
  type TypeSource,
} from './linked-type.ts';
import { mapEntryOf } from './map-type.ts';
import { fullName } from './member-key.ts';
import { schemaNamespace } from './namespaces.ts';

/** The types of one model, each linked when it is first needed: most calls need a few of hundreds. */
export class TypeLinks implements TypeSource<LinkedType> {
  readonly #models: ServiceModel['types'];
  readonly #linked: (LinkedType | undefined)[];
  #references: ReadonlyMap<string, TypeReference> | undefined;
  #typeNames: ReadonlyMap<string, TypeReference> | undefined;

  constructor(model: ServiceModel) {
    this.#models = model.types;
    this.#linked = model.types.map(() => undefined);
  }

  /** The type at a place in the model. */
  at(reference: TypeReference): LinkedType {
    const linked = this.#linked[reference];
    if (linked !== undefined) return linked;
    const type = this.#link(reference);
    this.#linked[reference] = type;
    return type;
  }

  /** The type of a name, one of the model or a builtin. */
  named(namespace: string, name: string): LinkedType | undefined {
    this.#references ??= new Map(
      this.#models.map((model, index) => [fullName(model.namespace, model.name ?? ''), index]),
    );
    const reference = this.#references.get(fullName(namespace, name));
    if (reference !== undefined) return name === '' ? undefined : this.at(reference);
    return namespace === schemaNamespace ? builtinNamed(name) : undefined;
  }

  /** The complex type that a `$type` names, among those that may stand for another. */
  derived(typeName: string, from: LinkedComplex): LinkedComplex | undefined {
    this.#typeNames ??= referenceByTypeName(this.#models);
    const reference = this.#typeNames.get(typeName);
    if (reference === undefined) return undefined;
    const type = this.at(reference);
    const isFitting = from.parts.isAny || this.#isDerived(reference, from);
    return type.kind === 'complex' && isFitting ? type : undefined;
  }

  /** The `$type`s that may stand for a type. */
  derivations(from: LinkedComplex): string[] {
    this.#typeNames ??= referenceByTypeName(this.#models);
    return [...this.#typeNames.keys()].filter((typeName) => {
      const type = this.derived(typeName, from);
      return type !== undefined && !type.parts.isAbstract;
    });
  }

  #isDerived(reference: TypeReference, from: LinkedComplex): boolean {
    const visited = new Set<TypeReference>();
    for (
      let at: TypeReference | undefined = reference;
      at !== undefined && !visited.has(at);
      at = baseOf(this.#models[at])
    ) {
      if (at === from.parts.reference) return true;
      visited.add(at);
    }
    return false;
  }

  #link(reference: TypeReference): LinkedType {
    const model = this.#models[reference];
    if (model === undefined)
      throw new RangeError('The model refers to a type that it does not have');
    if (model.kind === 'complex') return this.#linkComplex(model, reference);
    return model.builtin === 'anyType' ? anyType : linkSimple(model);
  }

  #linkComplex(model: ComplexTypeModel, reference: TypeReference): LinkedComplex {
    const parts = {
      typeName: this.#typeNameOf(model),
      name: model.name,
      namespace: model.namespace,
      reference,
      isAbstract: model.abstract === true,
      isMixed: model.mixed === true,
      isAny: false,
      isOpen: model.open === true,
      isMap: mapEntryOf(this.#models, model) !== undefined,
      text: model.text === undefined ? undefined : this.#simpleAt(model.text),
      attributes: linkAttributes(model.attributes, ({ type }) => this.#simpleAt(type)),
    };
    return new LinkedComplex(parts, model.fields, this);
  }

  /** A text cannot be of a complex type. What can be anything is a string there. */
  #simpleAt(reference: TypeReference): LinkedSimple {
    const type = this.at(reference);
    return type.kind === 'simple' ? type : linkBuiltin('string');
  }

  #typeNameOf(model: ComplexTypeModel): string | undefined {
    if (model.name === undefined) return undefined;
    this.#typeNames ??= referenceByTypeName(this.#models);
    return this.#typeNames.has(model.name) ? model.name : fullName(model.namespace, model.name);
  }
}

/** A `$type` is a local name, or with the namespace where two types have the same local name. */
function referenceByTypeName(models: ServiceModel['types']): ReadonlyMap<string, TypeReference> {
  const namesakes = new Map<string, number>();
  for (const { kind, name } of models) {
    if (kind === 'complex' && name !== undefined) {
      namesakes.set(name, (namesakes.get(name) ?? 0) + 1);
    }
  }
  const byTypeName = new Map<string, TypeReference>();
  for (const [reference, { kind, name, namespace }] of models.entries()) {
    if (kind !== 'complex' || name === undefined) continue;
    byTypeName.set(namesakes.get(name) === 1 ? name : fullName(namespace, name), reference);
  }
  return byTypeName;
}

function baseOf(model: ServiceModel['types'][number] | undefined): TypeReference | undefined {
  return model?.kind === 'complex' ? model.base : undefined;
}
