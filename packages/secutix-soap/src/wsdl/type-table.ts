import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { Budget } from './budget.ts';
import { builtinModel, builtinShape, type SimpleShape } from './builtin-types.ts';
import { complexType } from './complex-type.ts';
import { isSchema } from './document-references.ts';
import { documentationOf } from './documentation.ts';
import type { TypeModel, TypeReference } from './model.ts';
import { encodingNamespace, schemaNamespace } from './namespaces.ts';
import { describeName } from './qualified-name.ts';
import type { Component, SchemaComponents, SchemaScope } from './schema-components.ts';
import { deepestDerivation, SimpleTypes } from './simple-types.ts';
import type { TypeSource } from './type-source.ts';
import { WsdlProblem } from './wsdl-error.ts';

/**
 * The types of a model. One is given its place when it is named first and made later, so that types
 * may hold one another, and so that no chain of types is too long.
 */
export class TypeTable implements TypeSource {
  readonly components: SchemaComponents;
  readonly simpleTypes: SimpleTypes;
  readonly budget = new Budget();
  readonly #types: (TypeModel | undefined)[] = [];
  readonly #builtins = new Map<string, TypeReference>();
  readonly #named = new Map<Component, TypeReference>();
  readonly #anonymous = new Map<XmlElement, Map<SchemaScope, TypeReference>>();
  readonly #expected = new Set<Component>();
  readonly #tasks: (() => void)[] = [];
  #expectsAnything = false;

  constructor(components: SchemaComponents) {
    this.components = components;
    this.simpleTypes = new SimpleTypes(components);
  }

  /** Makes all types that were named, and those that these name. */
  finish(): readonly TypeModel[] {
    for (const task of this.#tasks) task();
    return this.#types.filter((type) => type !== undefined);
  }

  elementType(element: XmlElement, scope: SchemaScope, depth = 0): TypeReference {
    const named = attributeOf(element, 'type');
    if (named !== undefined) return this.#namedType(element, named, scope);
    const own = element.children.find((child) => isSchema(child, 'complexType'));
    if (own !== undefined) return this.#anonymousType(own, scope, () => this.#complex(own, scope));
    const simple = element.children.find((child) => isSchema(child, 'simpleType'));
    if (simple !== undefined) return this.#ownSimpleType(simple, scope);
    const head = this.#headOf(element, scope);
    if (head === undefined || depth > deepestDerivation) return this.#anything();
    return this.elementType(head.element, head.scope, depth + 1);
  }

  attributeType(element: XmlElement, scope: SchemaScope): TypeReference {
    const named = attributeOf(element, 'type');
    if (named !== undefined) return this.simpleType(element, named, scope);
    const own = element.children.find((child) => isSchema(child, 'simpleType'));
    return own === undefined ? this.#builtin('string') : this.#ownSimpleType(own, scope);
  }

  simpleType(element: XmlElement, value: string, scope: SchemaScope): TypeReference {
    const { name, component } = this.components.resolve('type', element, value, scope);
    if (component === undefined) {
      const shape = this.simpleTypes.shapeNamed(element, value, scope);
      // Text that may be anything has no room for `xsi:type`.
      return this.#builtin(shape.builtin === 'anyType' ? 'string' : name.localName);
    }
    const isSimple = isSchema(component.element, 'simpleType');
    return isSimple ? this.baseType(component) : this.#builtin('string');
  }

  anonymousSimpleType(
    element: XmlElement,
    scope: SchemaScope,
    shape: () => SimpleShape,
  ): TypeReference {
    const { namespace } = scope;
    return this.#anonymousType(element, scope, () => ({ kind: 'simple', namespace, ...shape() }));
  }

  baseType(component: Component): TypeReference {
    const known = this.#named.get(component);
    if (known !== undefined) return known;
    const place = this.#reserve(() => this.#make(component));
    this.#named.set(component, place);
    return place;
  }

  /** A type of which a value is expected, which may then be of any type derived from it. */
  #valueType(component: Component): TypeReference {
    if (!this.#expected.has(component)) {
      this.#expected.add(component);
      this.#tasks.push(() => {
        for (const derived of this.components.derivedFrom(component)) this.#valueType(derived);
      });
    }
    return this.baseType(component);
  }

  /** Where anything is expected, every type may come. */
  #anything(): TypeReference {
    if (!this.#expectsAnything) {
      this.#expectsAnything = true;
      this.#tasks.push(() => {
        for (const component of this.components.all('type')) this.baseType(component);
      });
    }
    return this.#builtin('anyType');
  }

  #namedType(element: XmlElement, value: string, scope: SchemaScope): TypeReference {
    const { name, component } = this.components.resolve('type', element, value, scope);
    if (component !== undefined) return this.#valueType(component);
    const isBuiltin = builtinShape(name.localName) !== undefined;
    if (name.namespace === encodingNamespace) {
      return this.#builtin(isBuiltin ? name.localName : 'anyType');
    }
    if (name.namespace !== schemaNamespace || !isBuiltin) {
      throw new WsdlProblem(`The type ${describeName(name)} is defined nowhere`);
    }
    return name.localName === 'anyType' ? this.#anything() : this.#builtin(name.localName);
  }

  #headOf(element: XmlElement, scope: SchemaScope): Component | undefined {
    const head = attributeOf(element, 'substitutionGroup');
    if (head === undefined) return undefined;
    return this.components.resolve('element', element, head, scope).component;
  }

  #ownSimpleType(element: XmlElement, scope: SchemaScope): TypeReference {
    return this.anonymousSimpleType(element, scope, () => this.simpleTypes.shapeOf(element, scope));
  }

  #make({ element, scope, localName, namespace }: Component): TypeModel {
    if (isSchema(element, 'complexType')) return this.#complex(element, scope);
    const documentation = documentationOf(element);
    return {
      kind: 'simple',
      name: localName,
      namespace,
      ...(documentation !== undefined && { documentation }),
      ...this.simpleTypes.shapeOf(element, scope),
    };
  }

  #complex(element: XmlElement, scope: SchemaScope): TypeModel {
    return complexType(element, scope, this);
  }

  #builtin(name: string): TypeReference {
    const known = this.#builtins.get(name);
    const shape = builtinShape(name);
    if (known !== undefined || shape === undefined) return known ?? this.#builtin('string');
    const place = this.#reserve(() => builtinModel(name, shape));
    this.#builtins.set(name, place);
    return place;
  }

  #anonymousType(element: XmlElement, scope: SchemaScope, make: () => TypeModel): TypeReference {
    const places = this.#anonymous.get(element) ?? new Map<SchemaScope, TypeReference>();
    const known = places.get(scope);
    if (known !== undefined) return known;
    const place = this.#reserve(make);
    this.#anonymous.set(element, places.set(scope, place));
    return place;
  }

  #reserve(make: () => TypeModel): TypeReference {
    const place = this.#types.push(undefined) - 1;
    this.#tasks.push(() => {
      this.#types[place] = make();
    });
    return place;
  }
}
