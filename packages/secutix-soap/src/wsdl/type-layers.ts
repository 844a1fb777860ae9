import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { derivationOf, type Derivation } from './derivation.ts';
import { isSchema } from './document-references.ts';
import { encodingNamespace, schemaNamespace } from './namespaces.ts';
import { describeName } from './qualified-name.ts';
import type { Component, SchemaScope } from './schema-components.ts';
import { deepestDerivation } from './simple-types.ts';
import type { TypeSource } from './type-source.ts';
import { WsdlProblem } from './wsdl-error.ts';

/** A complex type, as far as it is written in one place. */
export interface TypeLayer {
  readonly element: XmlElement;
  readonly scope: SchemaScope;
  readonly derivation: Derivation | undefined;
  /** Where its own elements and attributes stand. */
  readonly body: XmlElement;
  readonly base: BaseType | undefined;
}

/** What a complex type is made of: another one, a simple type, or anything at all. */
export type BaseType =
  | { readonly kind: 'complex'; readonly component: Component }
  | { readonly kind: 'simple' }
  | { readonly kind: 'any' };

/** A complex type and those that it is made of, itself first. */
export function layersOf(
  element: XmlElement,
  scope: SchemaScope,
  types: TypeSource,
): readonly TypeLayer[] {
  const layers: TypeLayer[] = [];
  let next: { element: XmlElement; scope: SchemaScope } | undefined = { element, scope };
  while (next !== undefined) {
    const layer = layerOf(next.element, next.scope, types);
    layers.push(layer);
    types.budget.spend();
    if (layers.length > deepestDerivation) {
      throw new WsdlProblem('Its types extend one another in a circle, or too often');
    }
    next = layer.base?.kind === 'complex' ? layer.base.component : undefined;
  }
  return layers;
}

function layerOf(element: XmlElement, scope: SchemaScope, types: TypeSource): TypeLayer {
  const derivation = derivationOf(element);
  const body = derivation?.body ?? element;
  const base = derivation && baseOf(element, derivation, scope, types);
  return { element, scope, derivation, body, base };
}

function baseOf(
  element: XmlElement,
  { body, isSimple }: Derivation,
  scope: SchemaScope,
  types: TypeSource,
): BaseType | undefined {
  const value = attributeOf(body, 'base');
  if (value === undefined) return undefined;
  const { name, component: named } = types.components.resolve('type', body, value, scope);
  // A type that is redefined is made of its former self.
  const component = named?.element === element ? named.original : named;
  if (component !== undefined) {
    return isSchema(component.element, 'complexType')
      ? { kind: 'complex', component }
      : { kind: 'simple' };
  }
  if (name.namespace === schemaNamespace) return { kind: isSimple ? 'simple' : 'any' };
  // Arrays in the manner of SOAP's own encoding are read as they come.
  if (name.namespace === encodingNamespace) return { kind: isSimple ? 'simple' : 'any' };
  const problem = named === undefined ? 'is defined nowhere' : 'extends itself';
  throw new WsdlProblem(`The type ${describeName(name)} ${problem}`);
}
