import { readCallOptions, validate, type CallOptions } from '@vendorkit/core';
import { z } from 'zod';
import { parseVersion } from './version.ts';

/** The options of one call to a method of a service. */
export interface MethodCallOptions extends CallOptions {
  /** The service's version, `X.Y`. The newest that is known if absent. */
  version?: string | undefined;
  /** The module that the service belongs to, for instance `tnco`. Known services know theirs. */
  module?: string | undefined;
  /** Overrides the client's `locale`. */
  locale?: string | undefined;
}

/** One language or a list with weights (RFC 9110, 12.5.4). */
export const locale = z
  .string()
  .regex(
    /^(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)(?:;q=[01](?:\.\d{1,3})?)?(?:, ?(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)(?:;q=[01](?:\.\d{1,3})?)?)*$/,
    'Expected a language such as `fr` or `fr-CH`',
  );

/** A module, as it stands in addresses. */
export const moduleName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'Expected a module such as `tnco`');

const schema = z.strictObject({
  version: z.string().optional(),
  module: moduleName.optional(),
  locale: locale.optional(),
});

/**
 * Checks the options of one call.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readMethodCallOptions(options: unknown): {
  call: CallOptions;
  target: Pick<MethodCallOptions, 'version' | 'module' | 'locale'>;
} {
  const { call, own } = readCallOptions(options);
  const target = validate(schema, own, { code: 'INVALID_REQUEST', root: 'options' });
  if (target.version !== undefined) parseVersion(target.version, 'options.version');
  return { call, target };
}

/**
 * The options of a call on top of those that hold for all calls of a service. Absent and `undefined`
 * are the same. What is no object is left as it is, to be refused by the call.
 */
export function withDefaults<Options extends object>(
  defaults: Options,
  options: Options | undefined,
): Options {
  if (options === undefined) return defaults;
  if (typeof options !== 'object' || options === null) return options;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
