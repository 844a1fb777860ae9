import { refusedInput, validate, type Step } from '@vendorkit/core';
import { escapeText, readXml } from '@vendorkit/core/xml';
import { locale, parseVersion } from '@vendorkit/secutix-shared';
import { z } from 'zod';
import type { FixedParameters } from './codec/fixed-parameters.ts';
import { keepValue, restoreValue } from './kept-value.ts';
import type { NamedAddress, ServiceAddress, VendorSite } from './service-address.ts';
import type { SoapCall } from './soap-request.ts';

const kind = 'secutix-soap.operation';

const path = z.string().startsWith('/', 'Expected a path');

const schema = z.looseObject({
  kind: z.literal(kind),
  format: z.literal(1, 'It was kept by a newer version of this package'),
  institution: z.string(),
  service: z.string().min(1),
  version: z.string().nullable(),
  path: path.nullable(),
  wsdl: z.union([
    z.strictObject({ path, query: z.string() }),
    z.strictObject({ file: z.string().min(1), folder: z.string().min(1).optional() }),
  ]),
  method: z.string(),
  locale: locale.nullable(),
  parameters: z.strictObject({
    first: z.string(),
    before: z.string(),
    after: z.string().nullable(),
    requestId: z.string().nullable(),
  }),
  requestId: z
    .string()
    .regex(/^-?\d{1,19}$/, 'Expected the digits of a 64-bit integer')
    .nullable(),
  result: z.strictObject({ value: z.unknown().optional() }).nullable(),
});

type KeptParameters = z.infer<typeof schema>['parameters'];

/**
 * An operation as plain data, which an ordinary `JSON.stringify` keeps exactly. It holds the
 * parameters and no credentials.
 */
export function serialiseOperation<Result>(
  institution: string,
  { service, version, path: servicePath, wsdl }: NamedAddress,
  { method, parameters, locale: language }: SoapCall,
  step: Step<Result>,
): Readonly<Record<string, unknown>> {
  return {
    kind,
    format: 1,
    institution,
    service,
    version: version ?? null,
    path: servicePath ?? null,
    wsdl,
    method,
    locale: language ?? null,
    parameters: keepParameters(parameters),
    requestId: step.requestId?.toString() ?? null,
    result: step.state === 'done' ? { value: keepValue(step.result) } : null,
  };
}

/**
 * The way back.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field, if this is not an operation of this client.
 */
export function deserialiseOperation<Result>(
  json: unknown,
  institution: string,
  site: VendorSite,
): { address: NamedAddress; call: SoapCall; step: Step<Result> } {
  const kept = validate(schema, json, { code: 'INVALID_REQUEST', root: 'operation' });
  if (kept.institution !== institution) {
    throw refused('operation.institution', 'It belongs to another institution');
  }
  if (kept.version !== null) parseVersion(kept.version, 'operation.version');
  const requestId = kept.requestId === null ? undefined : BigInt(kept.requestId);
  const { result, method } = kept;
  return {
    address: {
      service: kept.service,
      version: kept.version ?? undefined,
      path: kept.path ?? undefined,
      wsdl: wsdlOf(kept.wsdl, site),
    },
    call: {
      method,
      parameters: restoreParameters(kept.parameters),
      locale: kept.locale ?? undefined,
    },
    step:
      result === null
        ? { state: 'in-progress', requestId }
        : {
            state: 'done',
            requestId,
            result: restoreValue(result.value, 'operation.result') as Result,
          },
  };
}

/** A file may lie elsewhere on the computer that resumes the operation. */
function wsdlOf(kept: ServiceAddress['wsdl'], { wsdl }: VendorSite): ServiceAddress['wsdl'] {
  return 'file' in kept && wsdl !== 'remote' ? wsdl : kept;
}

/** The request's XML as it was first, and what stands before and after the `requestId` in a poll. */
function keepParameters(parameters: FixedParameters): KeptParameters {
  const first = parameters.write();
  let marker = 'requestId-';
  while (first.includes(marker)) marker += '0';
  const [before = '', after = null] = parameters.write(marker).split(marker);
  return { first, before, after, requestId: parameters.requestId ?? null };
}

function restoreParameters({ first, before, after, requestId }: KeptParameters): FixedParameters {
  const write = (id?: bigint | string) => {
    if (id === undefined) return first;
    return after === null ? before : before + escapeText(String(id)) + after;
  };
  for (const xml of [write(), write(0n)]) {
    try {
      readXml(Buffer.from(xml));
    } catch {
      throw refused('operation.parameters', 'Expected XML that was written by this package');
    }
  }
  return { requestId: requestId ?? undefined, write };
}

function refused(field: string, problem: string): Error {
  return refusedInput('INVALID_REQUEST', field, problem);
}
