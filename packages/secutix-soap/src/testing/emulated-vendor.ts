import type { Clock } from '@vendorkit/core';
import { compress, type EmulatorAnswer, type EmulatorRequest } from '@vendorkit/core/testing';
import { callContextOf, delayed, MalformedRequest, Museum } from '@vendorkit/secutix-shared/museum';
import type { SecutixSoapEmulatorOptions } from './emulator-options.ts';
import { observe, type SecutixSoapEmulatorState, type SoapCounters } from './emulator-state.ts';
import { carriesRequestId, checkUnderstood, readEnvelope, type Envelope } from './envelope.ts';
import { checkSoapAction, wrongHeaders } from './http-checks.ts';
import { ownOperations, type OwnOperations } from './own-operations.ts';
import { readParameters } from './read-parameters.ts';
import { authenticate, type Credentials } from './security-header.ts';
import { defineService, type ServiceDefinition } from './service-definition.ts';
import { documentAnswer, soapActionOf } from './service-documents.ts';
import { operationKey, routeOf, type Route, type ServiceRoute } from './service-route.ts';
import { faultAnswer, methodAnswer, textAnswer } from './soap-answer.ts';
import { SoapFault } from './soap-fault.ts';
import { writeResult } from './write-result.ts';

/** The vendor's side of the wire, without the wire. */
export class EmulatedVendor {
  readonly credentials: Credentials;
  readonly state: SecutixSoapEmulatorState;
  readonly #options: SecutixSoapEmulatorOptions;
  readonly #museum: Museum;
  readonly #own: OwnOperations;
  readonly #counters: SoapCounters = { authenticationRefusals: 0, documentsGiven: 0 };

  constructor(options: SecutixSoapEmulatorOptions, clock: Clock) {
    this.#options = withOperationKeys(options);
    this.#museum = new Museum(this.#options, clock);
    this.#own = ownOperations(this.#museum.added, options.parameters);
    this.credentials = {
      institution: this.#museum.institution,
      username: options.username ?? 'MOSA_B2C',
      password: options.password ?? 'not-a-secret',
    };
    this.state = observe(this.#museum.state, this.#counters);
  }

  /** Lets a request pass one check after the other; the first that refuses answers. */
  handle(request: EmulatorRequest): EmulatorAnswer {
    const route = routeOf(request.path, this.#own.services);
    const envelope = request.method === 'POST' ? envelopeOf(request) : undefined;
    const answer = this.#overLimit(route, envelope) ?? this.#answer(route, request, envelope);
    return delayed(request, compress(request, answer), this.#options.latencyMs);
  }

  /** A WSDL counts as a call of its service, and whatever else leads there too. */
  #overLimit(route: Route, envelope: Envelope | SoapFault | undefined): EmulatorAnswer | undefined {
    if (route.kind === 'unknown') return this.#museum.overLimit(undefined, false);
    const content =
      envelope === undefined || envelope instanceof SoapFault ? undefined : envelope.content;
    const target = { service: route.key, method: content?.name.localName ?? '' };
    return this.#museum.overLimit(target, content !== undefined && carriesRequestId(content));
  }

  #answer(
    route: Route,
    request: EmulatorRequest,
    envelope: Envelope | SoapFault | undefined,
  ): EmulatorAnswer {
    if (route.kind === 'unknown') return textAnswer(404, route.problem);
    const service = defineService(route, this.#own);
    const document = documentAnswer(request, service, this.#options);
    if (document !== undefined) {
      this.#counters.documentsGiven += 1;
      return document;
    }
    if (envelope === undefined) {
      return textAnswer(405, 'Services are called with POST.', { allow: 'POST' });
    }
    return (
      wrongHeaders(request, this.#options.requireGzip ?? true) ??
      this.#perform(route, service, request, envelope)
    );
  }

  #perform(
    route: ServiceRoute,
    service: ServiceDefinition,
    request: EmulatorRequest,
    envelope: Envelope | SoapFault,
  ): EmulatorAnswer {
    try {
      if (envelope instanceof SoapFault) throw envelope;
      checkUnderstood(envelope.headers);
      this.#authenticate(envelope);
      return this.#call(route, service, request, envelope);
    } catch (error) {
      return faultAnswer(faultOf(error));
    }
  }

  #authenticate({ headers }: Envelope): void {
    const { security = 'any', authenticationFault = 'Client' } = this.#options;
    try {
      authenticate(headers, this.credentials, { security, authenticationFault });
    } catch (error) {
      this.#counters.authenticationRefusals += 1;
      throw error;
    }
  }

  #call(
    route: ServiceRoute,
    service: ServiceDefinition,
    request: EmulatorRequest,
    { content }: Envelope,
  ): EmulatorAnswer {
    const { localName: method, namespace } = content.name;
    const schema = service.operations.get(method);
    if (namespace !== service.namespace || schema === undefined) {
      throw new SoapFault('Client', 'The element in the Body is none of this service.', '');
    }
    checkSoapAction(request, soapActionOf(service, method, this.#options));
    const parameters = readParameters(content, schema);
    const operation = `${route.key}.${method}`;
    const result = this.#museum.call(operation, parameters, callContextOf(request));
    const isForeign = this.#museum.added.has(operation);
    return methodAnswer(namespace, method, writeResult(schema.result, result, isForeign));
  }
}

function envelopeOf({ body, text, headers }: EmulatorRequest): Envelope | SoapFault {
  try {
    return readEnvelope(headers['content-encoding'] === undefined ? body : Buffer.from(text));
  } catch (error) {
    if (error instanceof SoapFault) return error;
    throw error;
  }
}

function faultOf(error: unknown): SoapFault {
  if (error instanceof SoapFault) return error;
  const { message } = (error ?? {}) as { message?: unknown };
  const code = error instanceof MalformedRequest ? 'Client' : 'Server';
  return new SoapFault(code, typeof message === 'string' ? message : String(error), '');
}

/** The options with operations named as the museum has them, though SOAP names services otherwise. */
function withOperationKeys(options: SecutixSoapEmulatorOptions): SecutixSoapEmulatorOptions {
  const { methods, longRunning } = options;
  return {
    ...options,
    ...(methods === undefined ? {} : { methods: keyed(methods) }),
    ...(longRunning?.operations === undefined
      ? {}
      : {
          longRunning: { ...longRunning, operations: longRunning.operations.map(operationKey) },
        }),
  };
}

function keyed<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [operationKey(name), value]),
  );
}
