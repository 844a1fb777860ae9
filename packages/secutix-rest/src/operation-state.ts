import { parseJson, refusedInput, stringifyJson, validate, type Step } from '@vendorkit/core';
import { isLongField } from '@vendorkit/secutix-shared';
import { z } from 'zod';
import type { MethodTarget } from './method-request.ts';
import type { WebMethodResult } from './services/method.ts';

/** What a kept operation consists of, besides where it stands. */
export interface OperationCall {
  readonly institution: string;
  readonly target: MethodTarget;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly locale: string | undefined;
}

const kind = 'secutix-rest.operation';

const schema = z.looseObject({
  kind: z.literal(kind),
  format: z.literal(1, 'It was kept by a newer version of this package'),
  institution: z.string(),
  module: z.string(),
  service: z.string(),
  method: z.string(),
  version: z.string(),
  locale: z.string().nullable(),
  parameters: z.string(),
  requestId: z
    .string()
    .regex(/^-?\d+$/, 'Expected digits')
    .nullable(),
  result: z.string().nullable(),
});

/**
 * An operation as plain data. Parameters and result are JSON texts within it, so that an ordinary
 * `JSON.stringify` keeps their 64-bit integers.
 */
export function serialiseOperation<Result extends WebMethodResult>(
  { institution, target, parameters, locale }: OperationCall,
  step: Step<Result>,
): Readonly<Record<string, unknown>> {
  return {
    kind,
    format: 1,
    institution,
    ...target,
    locale: locale ?? null,
    parameters: stringifyJson(parameters),
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
): { call: OperationCall; step: Step<Result> } {
  const kept = validate(schema, json, { code: 'INVALID_REQUEST', root: 'operation' });
  if (kept.institution !== institution) {
    throw refusedInput(
      'INVALID_REQUEST',
      'operation.institution',
      'It belongs to another institution',
    );
  }
  const { module, service, method, version } = kept;
  const requestId = kept.requestId === null ? undefined : BigInt(kept.requestId);
  const parameters = readText(kept.parameters, 'parameters') as Record<string, unknown>;
  const locale = kept.locale ?? undefined;
  return {
    call: { institution, target: { module, service, method, version }, parameters, locale },
    step:
      kept.result === null
        ? { state: 'in-progress', requestId }
        : {
            state: 'done',
            requestId,
            result: readText(kept.result, 'result', isLongField) as Result,
          },
  };
}

function readText(text: string, field: string, isLong?: (key: string) => boolean): object {
  try {
    const value = parseJson(text, isLong && { isLong });
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Refused below, like any other text that is not an object.
  }
  throw refusedInput(
    'INVALID_REQUEST',
    `operation.${field}`,
    'Expected the JSON text of an object',
  );
}
