import { readCallOptions, refusedInput, validate, type CallOptions } from '@vendorkit/core';
import { z } from 'zod';
import type { Mode } from './operation-caller.ts';

/** What the caller said about one call, checked. */
export interface CallSettings {
  /** What every call can be told. */
  readonly call: CallOptions;
  readonly mode: Mode | undefined;
  readonly company: string | undefined;
  readonly apiVersion: string | undefined;
}

/** An id that goes into a header and into topics, where these characters have a meaning. */
export const companyId: z.ZodType<string> = z
  .string()
  .max(200)
  .regex(/^(?!.*[/+#:])[\x21-\x7e]+$/, 'Expected an id, without spaces, `/`, `+`, `#` and `:`');

/** A mode (S1SEVEN API information, "M2M access token"). */
export const mode: z.ZodType<Mode> = z.enum(['live', 'test']);

/** A version of the API (S1SEVEN API information, "API version"). */
export const apiVersion: z.ZodType<string> = z
  .string()
  .regex(/^[\w.-]{1,20}$/, 'Expected a version such as `1`');

const schema = z.strictObject({
  mode: mode.optional(),
  company: companyId.optional(),
  apiVersion: apiVersion.optional(),
});

/** Headers that options of their own are for. */
const ownHeaders: ReadonlyMap<string, string> = new Map([
  ['accept', 'It follows from what is asked for'],
  ['company', 'Use the option `company`'],
  ['x-version', 'Use the option `apiVersion`'],
]);

/**
 * Checks the options of one call.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readS1SevenCallOptions(options: unknown): CallSettings {
  const { call, own } = readCallOptions(options);
  const read = validate(schema, own, { code: 'INVALID_REQUEST', root: 'options' });
  for (const name of Object.keys(call.headers ?? {})) {
    const problem = ownHeaders.get(name.toLowerCase());
    if (problem !== undefined) {
      throw refusedInput('INVALID_REQUEST', `options.headers[${JSON.stringify(name)}]`, problem);
    }
  }
  return { call, mode: read.mode, company: read.company, apiVersion: read.apiVersion };
}
