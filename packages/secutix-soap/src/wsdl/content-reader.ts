import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { documentationOf } from './documentation.ts';
import { Fields, type Place } from './fields.ts';
import { schemaNamespace } from './namespaces.ts';
import { describeName, readQualifiedName } from './qualified-name.ts';
import type { Component, SchemaScope } from './schema-components.ts';
import type { TypeSource } from './type-source.ts';
import { WsdlProblem } from './wsdl-error.ts';

/** A choice whose branches are being read. */
interface OpenChoice {
  readonly choice: number;
  branches: number;
}

/** Where a particle stands, and the groups in which it is found. */
interface Position extends Place {
  readonly scope: SchemaScope;
  readonly groups: readonly Component[];
}

/** How many groups may be nested, each counted twice. */
const deepestGroup = 100;

/** Reads the elements of one complex type (XML Schema 1, 3.8 and 3.9) into a flat list of fields. */
export class ContentReader {
  readonly fields = new Fields();
  /** Whether there is an `xs:any`. */
  isOpen = false;
  readonly #types: TypeSource;
  #choices = 0;

  constructor(types: TypeSource) {
    this.#types = types;
  }

  /** Adds what stands in a type, an extension or a restriction. */
  read(container: XmlElement, scope: SchemaScope): void {
    const position = { isOptional: false, isMany: false, path: [], scope, groups: [] };
    for (const child of container.children) this.#particle(child, position);
  }

  /** @param choice - The choice of which the particle is a branch. */
  #particle(element: XmlElement, around: Position, choice?: OpenChoice): void {
    const position = element.name.namespace === schemaNamespace && within(element, around);
    if (position === false) return;
    this.#types.budget.spend();
    switch (element.name.localName) {
      case 'element':
        this.#element(element, position, choice);
        break;
      case 'sequence':
      case 'all':
        this.#members(element, inBranch(position, choice));
        break;
      case 'choice':
        this.#choice(element, position, choice);
        break;
      case 'group':
        this.#group(element, position, choice);
        break;
      case 'any':
        this.isOpen = true;
        break;
      default:
    }
  }

  #members(element: XmlElement, position: Position, choice?: OpenChoice): void {
    for (const child of element.children) this.#particle(child, position, choice);
  }

  /** A choice that may be made again and again excludes nothing. One in another is part of it. */
  #choice(element: XmlElement, position: Position, outer: OpenChoice | undefined): void {
    const place = { ...position, isOptional: true };
    if (position.isMany) this.#members(element, inBranch(place, outer));
    else this.#members(element, place, outer ?? this.#openChoice());
  }

  #group(element: XmlElement, position: Position, choice: OpenChoice | undefined): void {
    const named = this.#resolve('group', element, position.scope);
    // A group that is redefined may hold its former self.
    const isItself = position.groups.includes(named);
    const group = isItself ? named.original : named;
    if (group === undefined || position.groups.length > deepestGroup) {
      throw new WsdlProblem(`The group ${describeName(named)} is nested in itself or too deeply`);
    }
    const inside = { ...position, scope: group.scope, groups: [...position.groups, named, group] };
    for (const child of group.element.children) this.#particle(child, inside, choice);
  }

  #element(element: XmlElement, position: Position, choice: OpenChoice | undefined): void {
    if (attributeOf(element, 'ref') !== undefined) {
      this.#reference(element, position, choice);
      return;
    }
    const name = attributeOf(element, 'name')?.trim();
    if (name === undefined) return;
    const { scope } = position;
    const form = attributeOf(element, 'form');
    const isQualified = form === undefined ? scope.qualifiesElements : form === 'qualified';
    this.#add(element, isQualified ? scope.namespace : '', name, inBranch(position, choice));
  }

  /** A global element, and those that may stand in its place (XML Schema 1, 2.2.2.2). */
  #reference(element: XmlElement, position: Position, outer: OpenChoice | undefined): void {
    if (refersToSchema(element)) {
      this.isOpen = true;
      return;
    }
    const head = this.#resolve('element', element, position.scope);
    const [first, ...further] = this.#alternatives(head);
    if (first === undefined) {
      this.isOpen = true;
    } else if (further.length === 0 && first === head) {
      this.#addGlobal(head, inBranch(position, outer), documentationOf(element));
    } else {
      const place = { ...position, isOptional: true };
      const choice = position.isMany ? undefined : (outer ?? this.#openChoice());
      for (const alternative of [first, ...further]) {
        this.#addGlobal(alternative, inBranch(place, position.isMany ? outer : choice));
      }
    }
  }

  /** The element itself and its substitutes, theirs included, those that are abstract excluded. */
  #alternatives(head: Component): readonly Component[] {
    const found = new Set([head]);
    for (const element of found) {
      for (const member of this.#types.components.substitutesOf(element)) found.add(member);
    }
    return [...found].filter(({ element }) => !isTrue(attributeOf(element, 'abstract')));
  }

  #addGlobal(component: Component, position: Position, documentation?: string): void {
    const { element, namespace, localName, scope } = component;
    this.#types.budget.spend();
    this.#add(element, namespace, localName, { ...position, scope }, documentation);
  }

  #add(
    element: XmlElement,
    namespace: string,
    name: string,
    position: Position,
    documentation = documentationOf(element),
  ): void {
    const type = this.#types.elementType(element, position.scope);
    const isNillable = isTrue(attributeOf(element, 'nillable'));
    this.fields.add({ name, namespace, type, isNillable, documentation }, position);
  }

  #openChoice(): OpenChoice {
    this.#choices += 1;
    return { choice: this.#choices, branches: 0 };
  }

  #resolve(kind: 'group' | 'element', element: XmlElement, scope: SchemaScope): Component {
    const value = attributeOf(element, 'ref') ?? '';
    const { name, component } = this.#types.components.resolve(kind, element, value, scope);
    if (component !== undefined) return component;
    throw new WsdlProblem(`The ${kind} ${describeName(name)} is defined nowhere`);
  }
}

/** A boolean of XML Schema. */
export function isTrue(value: string | undefined): boolean {
  const text = value?.trim();
  return text === 'true' || text === '1';
}

/** How often a particle may stand there (XML Schema 1, 3.9.1); `false` if it must not. */
function within(element: XmlElement, position: Position): Position | false {
  const most = attributeOf(element, 'maxOccurs')?.trim();
  const least = attributeOf(element, 'minOccurs')?.trim();
  if (most === undefined && least === undefined) return position;
  if (most !== undefined && Number(most) === 0) return false;
  const { isOptional, isMany, path, scope, groups } = position;
  return {
    isOptional: isOptional || (least !== undefined && Number(least) === 0),
    isMany: isMany || most === 'unbounded' || Number(most ?? 1) > 1,
    path,
    scope,
    groups,
  };
}

/** The next branch of a choice; the same position if it is none. */
function inBranch(position: Position, choice: OpenChoice | undefined): Position {
  if (choice === undefined) return position;
  choice.branches += 1;
  const branch = { choice: choice.choice, branch: choice.branches };
  return { ...position, isOptional: true, path: [...position.path, branch] };
}

/** .NET describes its data sets by a reference to the element that every schema is. */
function refersToSchema(element: XmlElement): boolean {
  return (
    readQualifiedName(element, attributeOf(element, 'ref') ?? '').namespace === schemaNamespace
  );
}
