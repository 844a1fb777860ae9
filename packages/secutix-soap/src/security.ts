import { refusedInput } from '@vendorkit/core';
import { escapeAttribute, escapeText, firstIllegal } from '@vendorkit/core/xml';

/**
 * How the credentials are written: as in the vendor's how-tos, with a `wsu:Id` and the password's
 * `Type`, or bare, as in its standards (SecuTix SOAP 4.1).
 */
export type SecurityForm = 'passwordText' | 'bare';

/** Who calls, and how that is told to the vendor. */
export interface SecuritySettings {
  readonly username: string;
  readonly password: string;
  readonly security: SecurityForm;
  /** Whether the vendor must refuse a message whose credentials it does not understand. */
  readonly mustUnderstand: boolean;
}

/** Puts a body into an envelope that carries the credentials. They can be got out in no other way. */
export type Seal = (body: string) => string;

const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';
const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const wsse = `${oasis}-wssecurity-secext-1.0.xsd`;
const wsu = `${oasis}-wssecurity-utility-1.0.xsd`;
const passwordText = `${oasis}-username-token-profile-1.0#PasswordText`;

/**
 * Makes the envelopes of a client (SOAP 1.1, 4; WS-Security UsernameToken Profile 1.0, 3). Neither
 * time stamp nor nonce is written: none of the vendor's examples has them.
 *
 * @throws VendorError `CONFIGURATION` naming the field, if XML cannot carry one of its characters.
 */
export function sealer(settings: SecuritySettings): Seal {
  checkCharacters('username', settings.username);
  checkCharacters('password', settings.password);
  const head =
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<S:Envelope xmlns:S="${soapNamespace}" xmlns:wsse="${wsse}">` +
    `<S:Header>${securityHeader(settings)}</S:Header><S:Body>`;
  return (body) => `${head}${body}</S:Body></S:Envelope>`;
}

/** How writers of XML that leave `>` as it is write quotation marks of both kinds. */
const quotationMarks = [
  ['&quot;', "'"],
  ['&quot;', '&apos;'],
  ['&quot;', '&#39;'],
  ['&#34;', '&#39;'],
] as const;

/**
 * The texts by which a password could be recognised in what the vendor says. The engine adds the usual
 * encodings of each, among them those of XML in which `>` is escaped, too.
 */
export function spellingsOf(password: string): string[] {
  const least = password.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const quoted = quotationMarks.map(([double, single]) =>
    least.replaceAll('"', double).replaceAll("'", single),
  );
  const own = [escapeText(password), escapeAttribute(password)];
  return [
    ...new Set([
      password,
      ...(/>/.test(password) ? quoted : []),
      ...(/[\t\n\r]/.test(password) ? own : []),
    ]),
  ];
}

function securityHeader({
  username,
  password,
  security,
  mustUnderstand,
}: SecuritySettings): string {
  const isBare = security === 'bare';
  const must = mustUnderstand ? ' S:mustUnderstand="1"' : '';
  // An xsd:ID has neither a colon nor a digit at its beginning, and is unique in its document.
  const id = isBare ? '' : ` xmlns:wsu="${wsu}" wsu:Id="UsernameToken-1"`;
  const type = isBare ? '' : ` Type="${passwordText}"`;
  return (
    `<wsse:Security${must}><wsse:UsernameToken${id}>` +
    `<wsse:Username>${escapeText(username)}</wsse:Username>` +
    `<wsse:Password${type}>${escapeText(password)}</wsse:Password>` +
    '</wsse:UsernameToken></wsse:Security>'
  );
}

function checkCharacters(field: string, text: string): void {
  if (firstIllegal(text) === -1) return;
  throw refusedInput('CONFIGURATION', field, 'It has a character that XML cannot carry');
}
