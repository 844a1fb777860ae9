import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { isSchema } from './document-references.ts';
import { documentationOf } from './documentation.ts';
import type { AttributeModel } from './model.ts';
import { describeName, NameMap, type QualifiedName } from './qualified-name.ts';
import type { Component, SchemaScope } from './schema-components.ts';
import type { TypeSource } from './type-source.ts';
import { WsdlProblem } from './wsdl-error.ts';

/** How many attribute groups may be nested. */
const deepestGroup = 64;

/** Reads the attributes of one complex type, those of its base first (XML Schema 1, 3.4.2). */
export class AttributeReader {
  readonly #types: TypeSource;
  readonly #found = new NameMap<AttributeModel>();

  constructor(types: TypeSource) {
    this.#types = types;
  }

  /** Adds what stands in a type, an extension or a restriction. What comes later overrides. */
  read(container: XmlElement, scope: SchemaScope): void {
    this.#members(container, scope, []);
  }

  /** The attributes: those without a namespace together, those of each namespace together. */
  all(): readonly AttributeModel[] {
    return this.#found.values();
  }

  #members(container: XmlElement, scope: SchemaScope, groups: readonly Component[]): void {
    for (const child of container.children) {
      if (isSchema(child, 'attribute')) this.#attribute(child, scope);
      else if (isSchema(child, 'attributeGroup')) this.#group(child, scope, groups);
    }
  }

  #group(element: XmlElement, scope: SchemaScope, groups: readonly Component[]): void {
    this.#types.budget.spend();
    const value = attributeOf(element, 'ref') ?? '';
    const found = this.#types.components.resolve('attributeGroup', element, value, scope);
    const name = describeName(found.name);
    if (found.component === undefined) {
      throw new WsdlProblem(`The attribute group ${name} is defined nowhere`);
    }
    const isItself = groups.includes(found.component);
    const group = isItself ? found.component.original : found.component;
    if (group === undefined || groups.includes(group) || groups.length > deepestGroup) {
      throw new WsdlProblem(`The attribute group ${name} is nested in itself or too deeply`);
    }
    this.#members(group.element, group.scope, [...groups, group]);
  }

  #attribute(element: XmlElement, scope: SchemaScope): void {
    this.#types.budget.spend();
    const { name, declaration, declared } = this.#declarationOf(element, scope);
    const use = attributeOf(element, 'use');
    if (use === 'prohibited') {
      this.#found.delete(name);
      return;
    }
    const documentation = documentationOf(element) ?? documentationOf(declaration);
    this.#found.set(name, {
      name: name.localName,
      namespace: name.namespace,
      type: this.#types.attributeType(declaration, declared),
      ...(use === 'required' && { required: true }),
      ...(documentation !== undefined && { documentation }),
    });
  }

  /** The element that says of which type an attribute is, and the scope of that element. */
  #declarationOf(
    element: XmlElement,
    scope: SchemaScope,
  ): { name: QualifiedName; declaration: XmlElement; declared: SchemaScope } {
    const reference = attributeOf(element, 'ref');
    if (reference === undefined) {
      const form = attributeOf(element, 'form');
      const isQualified = form === undefined ? scope.qualifiesAttributes : form === 'qualified';
      const localName = attributeOf(element, 'name')?.trim() ?? '';
      const namespace = isQualified ? scope.namespace : '';
      return { name: { namespace, localName }, declaration: element, declared: scope };
    }
    const found = this.#types.components.resolve('attribute', element, reference, scope);
    const { name, component } = found;
    // Attributes such as `xml:lang`, of schemas that nobody imports, are texts.
    if (component === undefined) return { name, declaration: element, declared: scope };
    return { name: component, declaration: component.element, declared: component.scope };
  }
}
