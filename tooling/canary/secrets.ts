import { secretForms } from '../../packages/core/src/telemetry/secret-forms.ts';

/**
 * The secrets that every test of every package uses wherever an option or an argument is one, so that
 * a secret that gets out is found. None is real. Those that may hold any character hold characters
 * that JSON, XML, URLs and base64 write in different ways.
 */
export const canaries = {
  /** A shared key for HS256, as its 64 hexadecimal digits are text. */
  secret: 'ca4a57c0ffee5ec2e7ca4a57b0a7d00dfeedface1e55c0de8badf00dca4a57aa',
  /** A shared key whose option says that it is base64. */
  secretBase64: 'Y2FuYXJ5/+Kz+Vn7mQ2x9w4uTz0R5pLs8dGhJkE1aBc=',
  /** A password, of an operator or an institution. */
  password: '7Qx/pa55+w0rd "<&\'ä%> Canary',
  /** The passphrase of a certificate's key. */
  passphrase: '6Wz? #4 & "more"=Canary passphrase',
  /** The secret of a machine-to-machine client. */
  clientSecret: '9fK2.mVx/T8+Lq-canary~client_secret==',
  /** A token that was given by hand. */
  accessToken: '5tG7hJ9kL1-canary-opaque-access-token',
  /** A second token, to replace the first. */
  refreshToken: '2wE4rT6yU8-canary-opaque-refresh-token',
  /** A one-time password; longer than real ones, so that no innocent number is taken for it. */
  otp: '840271936458',
  /** The password of a proxy's user. */
  proxyPassword: '5Bn:proxy@pass/word?canary',
  /** The secret that webhooks are signed with. */
  webhookSecret: 'whsec_8Zp3+Xc6/Vb1Nm4_canary',
  /** What is sealed, or asked to be sealed: a user's own data. */
  sealedData: '1.000,00 € to <DE00 4711>: canary sealed data',
} as const;

/** The bytes of a key whose text is only how they are written. */
const decoded: Readonly<Record<string, readonly string[]>> = {
  secret: bytesForms(Buffer.from(canaries.secret, 'hex')),
  secretBase64: bytesForms(Buffer.from(canaries.secretBase64, 'base64')),
};

function bytesForms(bytes: Buffer): string[] {
  const start = bytes.subarray(0, 12).toString('hex');
  return [
    start,
    start.replaceAll(/(..)(?=.)/g, '$1 '),
    bytes.toString('base64').slice(0, 16),
    bytes.toString('base64url').slice(0, 16),
  ];
}

/** One of the forms by which a leak is recognised. */
export interface CanaryForm {
  /** The member of {@link canaries}. */
  readonly name: string;
  /** The text to look for. */
  readonly text: string;
}

/** A secret is recognised by so many of its characters, in case the rest was cut off. */
const prefixLength = 14;

/** Every form of every canary. A form that contains another one is left out: it is found anyway. */
export const canaryForms: readonly CanaryForm[] = Object.entries(canaries).flatMap(
  ([name, secret]) => {
    const texts = new Set([
      ...secretForms(secret),
      ...(decoded[name] ?? []),
      ...(secret.length >= 2 * prefixLength ? secretForms(secret.slice(0, prefixLength)) : []),
    ]);
    const shortest = [...texts].filter(
      (text) => ![...texts].some((other) => other !== text && text.includes(other)),
    );
    return shortest.map((text) => ({ name, text }));
  },
);

/** Any JSON web token: those are made by the client and have no fixed text. */
export const jsonWebToken = /eyJ[\w-]{8,}\.[\w-]{8,}/;
