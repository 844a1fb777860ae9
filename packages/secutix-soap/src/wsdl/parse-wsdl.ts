import { choosePort, type ChosenPort, type PortChoice } from './choose-port.ts';
import { Definitions } from './definitions.ts';
import { walkDocuments } from './document-walk.ts';
import { documentationOf } from './documentation.ts';
import type { WsdlDocuments } from './documents.ts';
import type { OmittedOperation, ServiceModel } from './model.ts';
import { readOperations } from './read-operations.ts';
import { SchemaComponents } from './schema-components.ts';
import { TypeTable } from './type-table.ts';
import { quoteName, withWsdlErrors, WsdlProblem } from './wsdl-error.ts';

/**
 * Compiles a WSDL 1.1 with its schemas (XML Schema 1.0) into what one service needs: the operations of
 * one port that speaks SOAP 1.1, in document style with literal use, and the types that they reach.
 *
 * @throws VendorError `INVALID_RESPONSE` (`CONFIGURATION` for files) if the WSDL has no such port or
 * operation, or refers to what it does not define.
 */
export function parseWsdl(documents: WsdlDocuments, choice: PortChoice = {}): ServiceModel {
  return withWsdlErrors(documents.root, () => {
    const { definitions, schemas } = walkDocuments(documents);
    const parts = new Definitions(definitions);
    const port = choosePort(parts, choice);
    const types = new TypeTable(new SchemaComponents(schemas));
    const { operations, omitted } = readOperations(port.binding.element, parts, types);
    if (operations.length === 0) throw nothingUsable(omitted);
    const documentation = serviceDocumentation(port, parts);
    return {
      format: 1,
      name: port.service.localName,
      namespace: port.service.namespace,
      address: port.address,
      ...(documentation !== undefined && { documentation }),
      operations,
      ...(omitted.length > 0 && { omitted }),
      types: types.finish(),
    };
  });
}

function nothingUsable([first]: readonly OmittedOperation[]): WsdlProblem {
  return new WsdlProblem(
    first === undefined
      ? 'Its port has no operations'
      : `None of its operations can be called: ${quoteName(first.name)} ${first.reason}`,
  );
}

function serviceDocumentation(
  { service, binding }: ChosenPort,
  definitions: Definitions,
): string | undefined {
  const portType = definitions.resolve('portType', binding.element, 'type');
  return documentationOf(service.element) ?? documentationOf(portType.element);
}
