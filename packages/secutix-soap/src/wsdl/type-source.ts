import type { XmlElement } from '@vendorkit/core/xml';
import type { Budget } from './budget.ts';
import type { TypeReference } from './model.ts';
import type { Component, SchemaComponents, SchemaScope } from './schema-components.ts';
import type { SimpleTypes } from './simple-types.ts';
import type { SimpleShape } from './builtin-types.ts';

/** What those who make types ask of the table in which they all are. */
export interface TypeSource {
  readonly components: SchemaComponents;
  readonly simpleTypes: SimpleTypes;
  readonly budget: Budget;
  /** The type of an element declaration. */
  elementType(element: XmlElement, scope: SchemaScope): TypeReference;
  /** The type of an attribute declaration, which is always simple. */
  attributeType(element: XmlElement, scope: SchemaScope): TypeReference;
  /** The simple type that an attribute of an element names. */
  simpleType(element: XmlElement, value: string, scope: SchemaScope): TypeReference;
  /** A simple type without a name, known by an element. */
  anonymousSimpleType(
    element: XmlElement,
    scope: SchemaScope,
    shape: () => SimpleShape,
  ): TypeReference;
  /** A type of which no value is expected, only that others are derived from it. */
  baseType(component: Component): TypeReference;
}
