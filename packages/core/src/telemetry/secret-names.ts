/** A name that ends with one of these names a secret: `clientSecret`, `wsse:Password`, `idToken`. */
const endings = [
  'password',
  'passphrase',
  'passwd',
  'secret',
  'token',
  'apikey',
  'privatekey',
  'secretkey',
  'authorization',
  'cookie',
  'recoverycode',
  'recoverycodes',
] as const;

/** Words too short or too common to be looked for at the end of longer names. */
const wholeNames: ReadonlySet<string> = new Set([
  'assertion',
  'credential',
  'credentials',
  'jwt',
  'otp',
  'pin',
  'pincode',
  'pwd',
  'totp',
]);

/**
 * Whether the value under this name must not be shown, whatever it is. Case, separators and a
 * namespace prefix make no difference.
 *
 * @example
 * ```ts
 * soundsSecret('x-api-key'); // true
 * soundsSecret('spin'); // false
 * ```
 */
export function soundsSecret(name: string): boolean {
  const plain = name
    .slice(name.lastIndexOf(':') + 1)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
  return wholeNames.has(plain) || endings.some((ending) => plain.endsWith(ending));
}
