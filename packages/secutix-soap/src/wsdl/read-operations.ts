import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import type { Definitions } from './definitions.ts';
import { isWsdl } from './document-references.ts';
import { documentationOf } from './documentation.ts';
import type { ElementModel, OmittedOperation, OperationModel } from './model.ts';
import { describeName } from './qualified-name.ts';
import { boundOperations, type BoundMessage, type BoundOperation } from './soap-binding.ts';
import type { SchemaScope } from './schema-components.ts';
import type { TypeTable } from './type-table.ts';
import { WsdlProblem } from './wsdl-error.ts';

/** The operations of a binding: those that can be called, and those that cannot. */
export interface ReadOperations {
  readonly operations: readonly OperationModel[];
  readonly omitted: readonly OmittedOperation[];
}

/** Why an operation cannot be called, as a clause whose subject is the operation. */
class Unusable {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Reads the operations of a binding (WSDL 1.1, 2.4 and 2.5). */
export function readOperations(
  binding: XmlElement,
  definitions: Definitions,
  types: TypeTable,
): ReadOperations {
  const portType = definitions.resolve('portType', binding, 'type').element;
  const reader = new OperationReader(portType, definitions, types);
  const operations: OperationModel[] = [];
  const omitted: OmittedOperation[] = [];
  for (const bound of boundOperations(binding)) {
    const read = reader.read(bound);
    if (read instanceof Unusable) omitted.push({ name: bound.name, reason: read.reason });
    else operations.push(read);
  }
  return { operations, omitted };
}

class OperationReader {
  /** The operations of the port type by their names: several may share one. */
  readonly #abstract = new Map<string, XmlElement[]>();
  readonly #definitions: Definitions;
  readonly #types: TypeTable;

  constructor(portType: XmlElement, definitions: Definitions, types: TypeTable) {
    this.#definitions = definitions;
    this.#types = types;
    for (const operation of portType.children.filter((child) => isWsdl(child, 'operation'))) {
      const name = attributeOf(operation, 'name')?.trim() ?? '';
      this.#abstract.set(name, [...(this.#abstract.get(name) ?? []), operation]);
    }
  }

  read(bound: BoundOperation): OperationModel | Unusable {
    if (bound.style !== 'document') return new Unusable('is in RPC style');
    const abstract = this.#abstractOperation(bound);
    if (abstract === undefined) return new Unusable('is in no port type');
    const input = this.#body(abstract, 'input', bound.input);
    if (input instanceof Unusable) return input;
    if (input === null) return new Unusable('is asked for with an empty body');
    const output = this.#body(abstract, 'output', bound.output);
    if (output instanceof Unusable) return output;
    const documentation = documentationOf(abstract) ?? documentationOf(bound.element);
    return {
      name: bound.name,
      soapAction: bound.soapAction,
      ...(documentation !== undefined && { documentation }),
      input,
      output,
    };
  }

  /** Of overloaded operations, the one whose input has the name that the binding says. */
  #abstractOperation({ name, input }: BoundOperation): XmlElement | undefined {
    const named = this.#abstract.get(name) ?? [];
    const exact = named.find((operation) => {
      const message = operation.children.find((child) => isWsdl(child, 'input'));
      return input?.name !== undefined && message && attributeOf(message, 'name') === input.name;
    });
    return exact ?? named[0];
  }

  /** The one element of a body, or `null` if there is none. */
  #body(
    operation: XmlElement,
    direction: 'input' | 'output',
    bound: BoundMessage | undefined,
  ): ElementModel | null | Unusable {
    const reference = operation.children.find((child) => isWsdl(child, direction));
    if (reference === undefined) return null;
    if (bound !== undefined && bound.use !== 'literal') return new Unusable('is encoded');
    const message = this.#definitions.resolve('message', reference, 'message');
    const parts = bodyParts(message.element, bound);
    const [part] = parts;
    if (part === undefined) return null;
    if (parts.length > 1) return new Unusable('has several parts in one body');
    const name = attributeOf(part, 'element');
    if (name === undefined) return new Unusable('has a part that is a type, not an element');
    return this.#element(part, name);
  }

  #element(part: XmlElement, value: string): ElementModel {
    const { components } = this.#types;
    const { name, component } = components.resolve('element', part, value, noScope);
    if (component === undefined) {
      throw new WsdlProblem(`The element ${describeName(name)} is defined nowhere`);
    }
    return {
      name: component.localName,
      namespace: component.namespace,
      type: this.#types.elementType(component.element, component.scope),
    };
  }
}

/** What stands outside of every schema. */
const noScope: SchemaScope = {
  namespace: '',
  isChameleon: false,
  qualifiesElements: false,
  qualifiesAttributes: false,
};

function bodyParts(message: XmlElement, bound: BoundMessage | undefined): readonly XmlElement[] {
  const parts = message.children.filter((child) => isWsdl(child, 'part'));
  if (bound === undefined) return parts;
  if (bound.parts !== undefined) {
    return parts.filter((part) => bound.parts?.includes(nameOf(part)));
  }
  // Without a list all parts are in the body, but many a WSDL means those that are no headers.
  return parts.length === 1 ? parts : parts.filter((part) => !bound.headers.includes(nameOf(part)));
}

function nameOf(part: XmlElement): string {
  return attributeOf(part, 'name') ?? '';
}
