import { isPlainObject } from '@vendorkit/core';
import type { RequestBody } from './operation-caller.ts';

/** What the vendor's bodies and queries call a secret. */
const secretName = /(?:secret|password|token|mnemonic|otp|recoveryCode)$/i;

/** `options.password` of a wallet is the deepest one; certificates have none. */
const deepest = 2;

/**
 * The secrets that a request carries in its query and its JSON body: a password to be set, a secret to
 * sign webhooks with. If the vendor repeats them in an error, they are taken out.
 */
export function requestSecrets({
  query,
  body,
}: {
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: RequestBody | undefined;
}): string[] {
  const content = body !== undefined && 'json' in body ? body.json : undefined;
  return [...secretsIn(query, 1), ...secretsIn(content, deepest)];
}

function secretsIn(value: unknown, depth: number): string[] {
  if (!isPlainObject(value) || depth === 0) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' && secretName.test(name) ? [member] : secretsIn(member, depth - 1),
  );
}
