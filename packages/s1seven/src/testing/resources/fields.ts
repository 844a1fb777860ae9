import { z } from 'zod';
import { applicationScopes, watchedActions, watchedResources } from '../vendor/known-scopes.ts';
import type { EmulatedScopes } from '../vendor/records.ts';

/** The fields that several resources have (OpenAPI 0.3.0 of 2021). */
export const modeField = z.enum(['live', 'test']);
export const coinTypeField = z.number().int().min(0).max(608_589_380);
export const levelField = z.number().int().min(0);
export const nameField = z.string().min(4).max(64);
export const urlField = z.url();
export const statusField = z.enum(['active', 'inactive']);
export const switchField = z.enum(['enabled', 'disabled']);
export const hashAlgorithmField = z.enum([
  'sha256',
  'sha512',
  'sha3-256',
  'sha3-384',
  'sha3-512',
  'md5',
  'sha1',
]);
export const hashEncodingField = z.enum(['base64', 'hex']);

/** Which actions on which resources are allowed. */
export const applicationScopesField = z.strictObject(
  Object.fromEntries(
    Object.entries(applicationScopes).map(([resource, actions]) => [
      resource,
      z.strictObject({ actions: z.array(z.enum(actions)) }).optional(),
    ]),
  ),
) as z.ZodType<EmulatedScopes>;

/** Which actions on which resources are watched. */
export const scopeListField = z.array(
  z.strictObject({ resource: z.enum(watchedResources), actions: z.array(z.enum(watchedActions)) }),
);

/** An update carries the id in its body as well, and both must agree (the latter assumed). */
export const idField = z.string().min(1);

/** Any JSON object. */
export const anyObject = z.looseObject({});
