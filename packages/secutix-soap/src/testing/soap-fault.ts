import { soapNamespace } from './namespaces.ts';

/** The name of a fault's code. */
export interface FaultCode {
  readonly namespace: string;
  readonly prefix: string;
  readonly localName: string;
}

/** The codes of SOAP 1.1 (section 4.4.1). */
export type StandardFaultCode = 'VersionMismatch' | 'MustUnderstand' | 'Client' | 'Server';

/** A call that is answered with a SOAP fault. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';
  readonly code: FaultCode;
  /**
   * The path of the element that is wrong. `undefined` if the body was not what failed, '' if no one
   * element is to blame.
   */
  readonly element: string | undefined;

  constructor(code: StandardFaultCode | FaultCode, message: string, element?: string) {
    super(message);
    this.code =
      typeof code === 'string' ? { namespace: soapNamespace, prefix: 'S', localName: code } : code;
    this.element = element;
  }
}

/** A parameter that the method does not take. The message names it and never quotes its value. */
export function wrongParameter(path: string, problem: string): SoapFault {
  return new SoapFault('Client', `The parameter \`${path}\` ${problem}.`, path);
}
