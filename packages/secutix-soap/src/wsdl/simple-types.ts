import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { builtinShape, type SimpleShape } from './builtin-types.ts';
import { isSchema } from './document-references.ts';
import { encodingNamespace, schemaNamespace } from './namespaces.ts';
import { describeName } from './qualified-name.ts';
import type { SchemaComponents, SchemaScope } from './schema-components.ts';
import { WsdlProblem } from './wsdl-error.ts';

/** How many types may be made of one another, one way or the other. */
export const deepestDerivation = 100;

const text: SimpleShape = { builtin: 'string' };

/** Finds out what simple types come down to (XML Schema 1, 3.14). */
export class SimpleTypes {
  readonly #components: SchemaComponents;

  constructor(components: SchemaComponents) {
    this.#components = components;
  }

  /** What the type comes down to that a `simpleType` element defines. */
  shapeOf(element: XmlElement, scope: SchemaScope, depth = 0): SimpleShape {
    if (depth > deepestDerivation) throw new WsdlProblem('Its simple types are nested too deeply');
    const variety = element.children.find((child) => child.name.localName !== 'annotation');
    if (variety === undefined || isSchema(variety, 'union')) return text;
    if (isSchema(variety, 'list')) {
      const item = this.#inner(variety, 'itemType', scope, depth);
      // A list of lists, which XML Schema does not allow, cannot be told apart.
      return item.list === true ? { builtin: 'string', list: true } : { ...item, list: true };
    }
    return restrict(this.#inner(variety, 'base', scope, depth), variety);
  }

  /** What the type comes down to that an attribute of an element names. */
  shapeNamed(element: XmlElement, value: string, scope: SchemaScope, depth = 0): SimpleShape {
    const { name, component } = this.#components.resolve('type', element, value, scope);
    if (component !== undefined) {
      const isItself = component.element.children.includes(element);
      const named = isItself ? (component.original ?? component) : component;
      // A complex type with simple content, which is not allowed here, has text all the same.
      if (!isSchema(named.element, 'simpleType')) return text;
      return this.shapeOf(named.element, named.scope, depth + 1);
    }
    if (name.namespace === schemaNamespace || name.namespace === encodingNamespace) {
      const builtin = builtinShape(name.localName);
      if (builtin !== undefined) return builtin;
    }
    throw new WsdlProblem(`The type ${describeName(name)} is defined nowhere`);
  }

  /** The type that an element names in an attribute, or defines in itself. */
  #inner(element: XmlElement, attribute: string, scope: SchemaScope, depth: number): SimpleShape {
    const named = attributeOf(element, attribute);
    if (named !== undefined) return textIfAny(this.shapeNamed(element, named, scope, depth));
    const own = element.children.find((child) => isSchema(child, 'simpleType'));
    return own === undefined ? text : this.shapeOf(own, scope, depth + 1);
  }
}

/** Text that has no type of its own, and no room for `xsi:type`, is a string. */
export function textIfAny(shape: SimpleShape): SimpleShape {
  return shape.builtin === 'anyType' ? { ...shape, builtin: 'string' } : shape;
}

/** A type narrowed to the values that a restriction lists. Those of a whole list are left aside. */
export function restrict(shape: SimpleShape, restriction: XmlElement): SimpleShape {
  const values = restriction.children
    .filter((child) => isSchema(child, 'enumeration'))
    .flatMap((child) => attributeOf(child, 'value') ?? []);
  if (values.length === 0 || shape.list === true) return shape;
  return { ...shape, enumeration: [...new Set(values)] };
}
