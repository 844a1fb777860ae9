import type { CallRequest, Redactor } from '@vendorkit/core';
import { quotaScopesOf } from '@vendorkit/secutix-shared';
import type { FixedParameters } from './codec/fixed-parameters.ts';
import { readAnswer } from './errors.ts';
import { findOperation, isRead, type LoadedService } from './loaded-service.ts';
import type { Seal } from './security.ts';

/** One call to a method, checked and fixed. */
export interface SoapCall {
  readonly method: string;
  readonly parameters: FixedParameters;
  readonly locale: string | undefined;
}

/** What all requests of a client have in common. */
export interface RequestContext {
  readonly institution: string;
  readonly redactor: Redactor;
  /** Puts a body into an envelope with the credentials. */
  readonly seal: Seal;
}

/**
 * The request that calls a method, or that asks after a call to it (SOAP 1.1, 6; SecuTix SOAP 5.2).
 *
 * @throws VendorError `INVALID_REQUEST` if the service has no such method.
 */
export function soapRequest<Result>(
  context: RequestContext,
  service: LoadedService,
  { method, parameters, locale }: SoapCall,
  requestId?: bigint | string,
): CallRequest<Result> {
  const operation = findOperation(service, method);
  const { name, place, codec } = service;
  const poll = requestId !== undefined || parameters.requestId !== undefined;
  // Assumed: a request that carries its requestId is recognised by the vendor, however often it comes.
  const isRepeatable = poll || isRead(service, method);
  const { institution, redactor, seal } = context;
  return {
    operation: `${name}.${method}`,
    method: 'POST',
    ...place,
    headers: {
      ...commonHeaders(locale),
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${encodeAction(operation.soapAction)}"`,
    },
    body: seal(parameters.write(requestId)),
    scopes: quotaScopesOf({ institution, service: name, method }),
    poll,
    repeatable: isRepeatable ? 'always' : 'when-refused',
    read: (answer, { deadline }) =>
      readAnswer(answer, deadline, { redactor, isRepeatable, codec, operation }),
  };
}

/**
 * What every request says of the answer it wants (SecuTix SOAP 2 and 5.3). `*` leaves the language to
 * the vendor, which then takes the institution's.
 */
export function commonHeaders(locale: string | undefined): Record<string, string> {
  return {
    accept: 'text/xml',
    'accept-encoding': 'gzip,deflate',
    'accept-language': locale ?? '*',
  };
}

/** The action is a URI between quotation marks (SOAP 1.1, 6.1.1): what no URI has is encoded. */
function encodeAction(action: string): string {
  return action.replaceAll(/[^\x21\x23-\x5b\x5d\x5f\x61-\x7a\x7e]/gu, (character) =>
    Buffer.from(character).toString('hex').toUpperCase().replaceAll(/../g, '%$&'),
  );
}
