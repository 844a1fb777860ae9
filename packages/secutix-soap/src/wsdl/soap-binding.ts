import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { isWsdl } from './document-references.ts';
import { soapBindingNamespace } from './namespaces.ts';

/** What a binding says of one operation (WSDL 1.1, 3.4 and 3.5). */
export interface BoundOperation {
  readonly name: string;
  readonly element: XmlElement;
  readonly soapAction: string;
  readonly style: string;
  readonly input: BoundMessage | undefined;
  readonly output: BoundMessage | undefined;
}

/** What a binding says of a message. */
export interface BoundMessage {
  /** The name by which the message of an overloaded operation is told from the others'. */
  readonly name: string | undefined;
  readonly use: string;
  /** The names of the parts that are in the body; `undefined` if all are that are no headers. */
  readonly parts: readonly string[] | undefined;
  /** The names of the parts that are headers. */
  readonly headers: readonly string[];
}

/** The operations of a binding. Of several with one name, the first counts. */
export function boundOperations(binding: XmlElement): readonly BoundOperation[] {
  const soap = binding.children.find((child) => isSoap(child, 'binding'));
  const style = (soap && attributeOf(soap, 'style')) ?? 'document';
  const operations = binding.children
    .filter((child) => isWsdl(child, 'operation'))
    .map((element) => boundOperation(element, style));
  const byName = new Map(operations.toReversed().map((operation) => [operation.name, operation]));
  return operations.filter((operation) => byName.get(operation.name) === operation);
}

function boundOperation(element: XmlElement, style: string): BoundOperation {
  const soap = element.children.find((child) => isSoap(child, 'operation'));
  return {
    name: attributeOf(element, 'name')?.trim() ?? '',
    element,
    soapAction: (soap && attributeOf(soap, 'soapAction')) ?? '',
    style: (soap && attributeOf(soap, 'style')) ?? style,
    input: boundMessage(element.children.find((child) => isWsdl(child, 'input'))),
    output: boundMessage(element.children.find((child) => isWsdl(child, 'output'))),
  };
}

function boundMessage(element: XmlElement | undefined): BoundMessage | undefined {
  if (element === undefined) return undefined;
  const inside = soapElements(element);
  const body = inside.find((child) => isSoap(child, 'body'));
  return {
    name: attributeOf(element, 'name')?.trim(),
    use: (body && attributeOf(body, 'use')) ?? 'literal',
    parts: body && attributeOf(body, 'parts')?.split(/\s+/).filter(isWord),
    headers: inside
      .filter((child) => isSoap(child, 'header'))
      .flatMap((header) => attributeOf(header, 'part') ?? []),
  };
}

function isWord(text: string): boolean {
  return text !== '';
}

/** Those of SOAP, which stand in a part of a part where there may be attachments (WSDL 1.1, 5). */
function soapElements(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) =>
    child.name.namespace === soapBindingNamespace ? [child] : soapElements(child),
  );
}

function isSoap(element: XmlElement, localName: string): boolean {
  return element.name.localName === localName && element.name.namespace === soapBindingNamespace;
}
