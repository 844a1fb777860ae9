import { timingSafeEqual } from 'node:crypto';
import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { passwordText, securityNamespace } from './namespaces.ts';
import { SoapFault } from './soap-fault.ts';

/** Who may call the emulator. */
export interface Credentials {
  /** The institution's code, which only the host's name tells the vendor. */
  readonly institution: string;
  readonly username: string;
  readonly password: string;
}

/** Which security headers are accepted, and what a refusal looks like. */
export interface SecurityRules {
  /**
   * - `bare`: a password without a type, as in SecuTix SOAP 4.1.
   * - `passwordText`: one with the type `PasswordText`, as in the vendor's how-tos.
   * - `any`: both.
   */
  readonly security: 'any' | 'bare' | 'passwordText';
  /** The code of the fault: `S:Client`, the general one, or `wsse:FailedAuthentication`. */
  readonly authenticationFault: 'Client' | 'FailedAuthentication';
}

/**
 * Refuses a call without the UsernameToken of someone who may call (SecuTix SOAP 4.1). A timestamp, a
 * nonce and the like are passed over.
 *
 * @throws SoapFault which says what is wrong, but not what was sent.
 */
export function authenticate(
  headers: readonly XmlElement[],
  credentials: Credentials,
  rules: SecurityRules,
): void {
  const problem = problemOf(headers, credentials, rules.security);
  if (problem === undefined) return;
  const code =
    rules.authenticationFault === 'Client'
      ? 'Client'
      : { namespace: securityNamespace, prefix: 'wsse', localName: 'FailedAuthentication' };
  throw new SoapFault(code, `Authentication failed. ${problem}`);
}

function problemOf(
  headers: readonly XmlElement[],
  { username, password }: Credentials,
  security: SecurityRules['security'],
): string | undefined {
  const [header, ...others] = named(headers, 'Security');
  if (header === undefined) return 'There is no Security header.';
  if (others.length > 0) return 'There are several Security headers.';
  const [token, ...moreTokens] = named(header.children, 'UsernameToken');
  if (token === undefined || moreTokens.length > 0) return 'There is not one UsernameToken.';
  const names = named(token.children, 'Username');
  const passwords = named(token.children, 'Password');
  if (names.length !== 1 || passwords.length !== 1) {
    return 'There are not one Username and one Password.';
  }
  const [givenName, givenPassword] = [names[0]?.text ?? '', passwords[0]?.text ?? ''];
  const isRight = sameText(givenName, username) && sameText(givenPassword, password);
  return (
    typeProblem(passwords[0], security) ??
    (isRight ? undefined : 'The user or the password is wrong.')
  );
}

function typeProblem(
  password: XmlElement | undefined,
  security: SecurityRules['security'],
): string | undefined {
  const type = password === undefined ? undefined : attributeOf(password, 'Type');
  if (type !== undefined && type !== passwordText) return 'The Password is not a PasswordText.';
  if (security === 'bare' && type !== undefined) return 'The Password has a Type.';
  if (security === 'passwordText' && type === undefined) return 'The Password has no Type.';
  return undefined;
}

function named(elements: readonly XmlElement[], localName: string): readonly XmlElement[] {
  return elements.filter(
    ({ name }) => name.namespace === securityNamespace && name.localName === localName,
  );
}

/** Compares in a time that does not depend on where the texts differ. */
function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
