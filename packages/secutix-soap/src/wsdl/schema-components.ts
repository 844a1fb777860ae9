import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { derivationOf } from './derivation.ts';
import { isSchema } from './document-references.ts';
import type { SchemaDocument } from './document-walk.ts';
import { schemaNamespace } from './namespaces.ts';
import { NameMap, readQualifiedName, type QualifiedName } from './qualified-name.ts';

/** What the schema around an element says for all that is in it. */
export interface SchemaScope {
  readonly namespace: string;
  readonly isChameleon: boolean;
  /** Whether local elements are in the namespace unless they say otherwise. */
  readonly qualifiesElements: boolean;
  readonly qualifiesAttributes: boolean;
}

/** Something that stands directly in a schema and has a name. */
export interface Component extends QualifiedName {
  readonly element: XmlElement;
  readonly scope: SchemaScope;
  /** The next of the same name: what this one redefines (XML Schema 1, 4.2.2), if it names itself. */
  original?: Component;
}

/** The symbol spaces of XML Schema (XML Schema 1, 2.5). Simple and complex types share one. */
export type ComponentKind = 'type' | 'element' | 'attribute' | 'group' | 'attributeGroup';

const kinds: ReadonlyMap<string, ComponentKind> = new Map([
  ['complexType', 'type'],
  ['simpleType', 'type'],
  ['element', 'element'],
  ['attribute', 'attribute'],
  ['group', 'group'],
  ['attributeGroup', 'attributeGroup'],
]);

/** The named components of all schemas. Of several with one name, the first counts. */
export class SchemaComponents {
  readonly #byKind: Record<ComponentKind, NameMap<Component>> = {
    type: new NameMap(),
    element: new NameMap(),
    attribute: new NameMap(),
    group: new NameMap(),
    attributeGroup: new NameMap(),
  };
  #derived: ReadonlyMap<Component, readonly Component[]> | undefined;
  #substitutes: ReadonlyMap<Component, readonly Component[]> | undefined;

  constructor(schemas: readonly SchemaDocument[]) {
    for (const schema of schemas) this.#addAll(schema);
  }

  /** Every component of a kind. */
  all(kind: ComponentKind): readonly Component[] {
    return this.#byKind[kind].values();
  }

  find(kind: ComponentKind, name: QualifiedName): Component | undefined {
    return this.#byKind[kind].get(name);
  }

  /**
   * The component that an attribute of an element names. A name in no namespace is looked for in the
   * schema's own too: WSDLs written by hand forget the prefix.
   */
  resolve(
    kind: ComponentKind,
    element: XmlElement,
    value: string,
    scope: SchemaScope,
  ): { name: QualifiedName; component: Component | undefined } {
    const name = nameIn(scope, readQualifiedName(element, value));
    if (name.namespace === schemaNamespace) return { name, component: undefined };
    const found = this.find(kind, name);
    if (found !== undefined || name.namespace !== '') return { name, component: found };
    const own = { namespace: scope.namespace, localName: name.localName };
    return { name, component: this.find(kind, own) };
  }

  /** The complex types that extend or restrict this one directly. */
  derivedFrom(type: Component): readonly Component[] {
    this.#derived ??= this.#index('type', (component) => derivationOf(component)?.body, 'base');
    return this.#derived.get(type) ?? [];
  }

  /** The elements that may stand in this one's place, directly (XML Schema 1, 2.2.2.2). */
  substitutesOf(element: Component): readonly Component[] {
    this.#substitutes ??= this.#index('element', (component) => component, 'substitutionGroup');
    return this.#substitutes.get(element) ?? [];
  }

  #addAll({ element, namespace, isChameleon }: SchemaDocument): void {
    const scope: SchemaScope = {
      namespace,
      isChameleon,
      qualifiesElements: attributeOf(element, 'elementFormDefault') === 'qualified',
      qualifiesAttributes: attributeOf(element, 'attributeFormDefault') === 'qualified',
    };
    for (const child of element.children) {
      if (isSchema(child, 'redefine')) child.children.forEach((inner) => this.#add(inner, scope));
      else this.#add(child, scope);
    }
  }

  #add(element: XmlElement, scope: SchemaScope): void {
    const kind = kinds.get(element.name.localName);
    const localName = attributeOf(element, 'name')?.trim();
    if (kind === undefined || localName === undefined) return;
    if (element.name.namespace !== schemaNamespace) return;
    const component: Component = { namespace: scope.namespace, localName, element, scope };
    const known = this.find(kind, component);
    if (known === undefined) this.#byKind[kind].set(component, component);
    else known.original ??= component;
  }

  /** Components by the one of their kind that each names in an attribute of its own. */
  #index(
    kind: ComponentKind,
    holderOf: (element: XmlElement) => XmlElement | undefined,
    attribute: string,
  ): ReadonlyMap<Component, readonly Component[]> {
    const index = new Map<Component, Component[]>();
    for (const component of this.all(kind)) {
      const holder = holderOf(component.element);
      const value = holder === undefined ? undefined : attributeOf(holder, attribute);
      if (holder === undefined || value === undefined) continue;
      const named = this.resolve(kind, holder, value, component.scope).component;
      if (named === undefined) continue;
      const list = index.get(named);
      if (list === undefined) index.set(named, [component]);
      else list.push(component);
    }
    return index;
  }
}

/** A schema without a namespace takes the one that it is included into (XML Schema 1, 4.2.1). */
function nameIn(scope: SchemaScope, name: QualifiedName): QualifiedName {
  return name.namespace === '' && scope.isChameleon
    ? { namespace: scope.namespace, localName: name.localName }
    : name;
}
