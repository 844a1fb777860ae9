import { parseJson, refusedInput, stringifyJson, validate, type Step } from '@vendorkit/core';
import {
  isLongField,
  locale,
  moduleName,
  namePattern,
  parseVersion,
  type WebMethodResult,
} from '@vendorkit/secutix-shared';
import { z } from 'zod';
import type { MethodCall } from './method-request.ts';
import { readParameters, writeBody } from './parameters.ts';

const kind = 'secutix-rest.operation';

const name = z.string().regex(namePattern, 'Expected a name');

const schema = z.looseObject({
  kind: z.literal(kind),
  format: z.literal(1, 'It was kept by a newer version of this package'),
  institution: z.string(),
  module: moduleName,
  service: name,
  method: name,
  version: z.string(),
  locale: locale.nullable(),
  parameters: z.string(),
  requestId: z
    .string()
    .regex(/^-?\d{1,19}$/, 'Expected the digits of a 64-bit integer')
    .nullable(),
  result: z.string().nullable(),
});

/**
 * An operation as plain data. Parameters and result are JSON texts within it, so that an ordinary
 * `JSON.stringify` keeps their 64-bit integers.
 */
export function serialiseOperation<Result extends WebMethodResult>(
  institution: string,
  { target, parameters, locale: language }: MethodCall,
  step: Step<Result>,
): Readonly<Record<string, unknown>> {
  return {
    kind,
    format: 1,
    institution,
    ...target,
    locale: language ?? null,
    parameters: writeBody(parameters),
    requestId: step.requestId?.toString() ?? null,
    result: step.state === 'done' ? stringifyJson(step.result) : null,
  };
}

/**
 * The way back.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field, if this is not an operation of this client.
 */
export function deserialiseOperation<Result extends WebMethodResult>(
  json: unknown,
  institution: string,
): { call: MethodCall; step: Step<Result> } {
  const kept = validate(schema, json, { code: 'INVALID_REQUEST', root: 'operation' });
  if (kept.institution !== institution) {
    throw refusedInput(
      'INVALID_REQUEST',
      'operation.institution',
      'It belongs to another institution',
    );
  }
  const { module, service, method, version } = kept;
  parseVersion(version, 'operation.version');
  const given = readText(kept.parameters, 'operation.parameters');
  const parameters = readParameters(given, 'operation.parameters');
  const requestId = kept.requestId === null ? undefined : BigInt(kept.requestId);
  return {
    call: {
      target: { module, service, method, version },
      parameters,
      locale: kept.locale ?? undefined,
    },
    step: readStep(kept.result, requestId),
  };
}

function readStep<Result>(kept: string | null, requestId: bigint | undefined): Step<Result> {
  if (kept === null) return { state: 'in-progress', requestId };
  const result = readText(kept, 'operation.result', isLongField) as Result;
  return { state: 'done', requestId, result };
}

function readText(text: string, field: string, isLong?: (key: string) => boolean): object {
  try {
    const value = parseJson(text, isLong && { isLong });
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Refused below, like any other text that is not an object.
  }
  throw refusedInput('INVALID_REQUEST', field, 'Expected the JSON text of an object');
}
