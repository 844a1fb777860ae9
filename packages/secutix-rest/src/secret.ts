import { refusedInput } from '@vendorkit/core';

/** The secret that tokens are signed with. */
export interface Secret {
  /** The key itself. */
  readonly bytes: Buffer;
  /** The text that the vendor gave for it, as the auth endpoint wants it. */
  readonly text: string;
}

/** How a secret's text stands for its bytes. */
export type SecretEncoding = 'utf8' | 'base64' | 'hex';

/** The least that HS256 is safe with (RFC 7518, 3.2), in bytes. */
const shortestBytes = 32;

const forms: Readonly<Record<SecretEncoding, RegExp>> = {
  utf8: /^[^]*$/,
  base64: /^(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2,3}={0,2})?$/,
  hex: /^(?:[0-9A-Fa-f]{2})*$/,
};

/**
 * Decodes a secret.
 *
 * @throws VendorError `CONFIGURATION` if it is not in its encoding, or shorter than 256 bits.
 */
export function readSecret(secret: string | Buffer, encoding: SecretEncoding): Secret {
  if (typeof secret === 'string' && !forms[encoding].test(secret)) {
    throw refusedInput('CONFIGURATION', 'secret', `It is not ${encoding}`);
  }
  const bytes = typeof secret === 'string' ? Buffer.from(secret, encoding) : Buffer.from(secret);
  if (bytes.length < shortestBytes) {
    throw refusedInput(
      'CONFIGURATION',
      'secret',
      'HS256 needs a secret of at least 256 bits (RFC 7518, 3.2; SecuTix REST 4.1.1)',
    );
  }
  return { bytes, text: typeof secret === 'string' ? secret : bytes.toString(encoding) };
}

/** Every text that the secret may be written as: none of them may appear anywhere. */
export function spellingsOf({ bytes, text }: Secret): string[] {
  return [
    text,
    ...(['utf8', 'base64', 'hex'] as const).map((encoding) => bytes.toString(encoding)),
  ];
}
