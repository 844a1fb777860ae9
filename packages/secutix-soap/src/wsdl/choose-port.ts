import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import type { Definition, Definitions } from './definitions.ts';
import { isWsdl } from './document-references.ts';
import { soap12BindingNamespace, soapBindingNamespace } from './namespaces.ts';
import { quoteName, WsdlProblem } from './wsdl-error.ts';

/** Which of several services and ports of a WSDL is meant. */
export interface PortChoice {
  /** The service's name. The first that can be used if absent. */
  readonly service?: string | undefined;
  /** The port's name. The first of the service that can be used if absent. */
  readonly port?: string | undefined;
}

/** A binding to SOAP 1.1 over HTTP, and where it is offered. */
export interface ChosenPort {
  /** The service, or the binding itself in a WSDL that has no service. */
  readonly service: Definition;
  readonly binding: Definition;
  readonly address: string | null;
}

/** A port, with what it is bound to. */
interface Port {
  readonly element: XmlElement;
  readonly service: Definition;
}

/**
 * Chooses the port that is called: by name, else the first that speaks SOAP 1.1 over HTTP
 * (WSDL 1.1, 2.7 and 3.3).
 */
export function choosePort(definitions: Definitions, choice: PortChoice = {}): ChosenPort {
  const services = definitions.all('service');
  if (services.length === 0) return bindingAlone(definitions, choice);
  const named = pick('service', services, choice.service, ({ localName }) => localName);
  const ports = named.flatMap((service) =>
    service.element.children
      .filter((child) => isWsdl(child, 'port'))
      .map((element): Port => ({ element, service })),
  );
  const chosen = pick('port', ports, choice.port, ({ element }) => attributeOf(element, 'name'));
  const bound = chosen.map((port) => ({
    ...port,
    binding: definitions.resolve('binding', port.element, 'binding'),
  }));
  const usable = bound.find(({ binding }) => isSoap11(binding));
  if (usable === undefined) throw unusable(bound.map(({ binding }) => binding));
  return {
    service: usable.service,
    binding: usable.binding,
    address: addressOf(usable.element),
  };
}

/** A WSDL may leave it to others to say where the service is (WSDL 1.1, 2.1.1). */
function bindingAlone(definitions: Definitions, choice: PortChoice): ChosenPort {
  if (choice.service !== undefined || choice.port !== undefined) {
    throw new WsdlProblem('It has no services to choose from');
  }
  const bindings = definitions.all('binding');
  const binding = bindings.find(isSoap11);
  if (binding === undefined) throw unusable(bindings);
  return { service: binding, binding, address: null };
}

function pick<Item>(
  kind: string,
  items: readonly Item[],
  wanted: string | undefined,
  nameOf: (item: Item) => string | undefined,
): readonly Item[] {
  if (wanted === undefined) return items;
  const found = items.filter((item) => nameOf(item) === wanted);
  if (found.length > 0) return found;
  const names = items.map((item) => quoteName(nameOf(item) ?? ''));
  const known = names.length === 0 ? 'none' : names.slice(0, mostNames).join(', ');
  throw new WsdlProblem(`It has no ${kind} ${quoteName(wanted)}; it has ${known}`);
}

const mostNames = 20;

function unusable(bindings: readonly Definition[]): WsdlProblem {
  const isOnly12 = bindings.some((binding) => hasBinding(binding, soap12BindingNamespace));
  return new WsdlProblem(
    isOnly12
      ? 'It offers SOAP 1.2 only, and SOAP 1.1 is what is spoken here'
      : 'It offers nothing that is bound to SOAP 1.1 over HTTP',
  );
}

function isSoap11(binding: Definition): boolean {
  const soap = binding.element.children.find(
    ({ name }) => name.localName === 'binding' && name.namespace === soapBindingNamespace,
  );
  if (soap === undefined) return false;
  const transport = attributeOf(soap, 'transport')?.trim() ?? '';
  return transport === '' || transport.startsWith(httpTransport);
}

/** Messages over queues and by mail have transports of their own (WSDL 1.1, 3.3). */
const httpTransport = 'http://schemas.xmlsoap.org/soap/http';

function hasBinding({ element }: Definition, namespace: string): boolean {
  return element.children.some(
    ({ name }) => name.localName === 'binding' && name.namespace === namespace,
  );
}

function addressOf(port: XmlElement): string | null {
  const address = port.children.find(
    ({ name }) => name.localName === 'address' && name.namespace === soapBindingNamespace,
  );
  const location = address && attributeOf(address, 'location')?.trim();
  return location === undefined || location === '' ? null : location;
}
