import type { SoapFault } from './codec/soap-answer.ts';

const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The namespaces of WS-Security 1.0 and 1.1, which define faults (WS-Security 1.1, 12). */
const securityNamespace =
  /^http:\/\/docs\.oasis-open\.org\/wss\/2004\/01\/oasis-200401-wss-wssecurity-secext-1\.0\.xsd$|^http:\/\/docs\.oasis-open\.org\/wss\/oasis-wss-wssecurity-secext-1\.1\.xsd$/;

/** The fault codes of WS-Security 1.1, 12. */
const securityFaults: ReadonlySet<string> = new Set([
  'FailedAuthentication',
  'FailedCheck',
  'InvalidSecurity',
  'InvalidSecurityToken',
  'MessageExpired',
  'SecurityTokenUnavailable',
  'UnsupportedAlgorithm',
  'UnsupportedSecurityToken',
]);

/**
 * What a text says that blames the credentials. Inferred: how SecuTix writes it is not public, and
 * JAX-WS servers that check passwords themselves answer with a plain `Client` fault.
 */
const blame =
  /\bauthenti(?:c|fi)|\bunauthori[sz]ed|\bnot authori[sz]ed|\bcredentials?\b|\bpassword|\bmot de passe|\blog-?in\b|\busername|\bsecurity (?:header|token)/i;

/**
 * What a text says that can mean nothing but the credentials. A `Server` fault is about anything, also
 * about a `LoginService` that is down, so that here a word alone does not do.
 */
const plainBlame = new RegExp(
  [
    String.raw`\bauthentication (?:has |is )?(?:failed|failure|error|required)\b`,
    String.raw`\b(?:failed|unable|impossible) to authenticate\b`,
    String.raw`\b(?:cannot|could not) authenticate\b`,
    String.raw`\b(?:not |un)authenticated\b`,
    String.raw`\b(?:not |un)authori[sz]ed(?:[.,:;!]|\s*$| to (?:access|call|use)\b)`,
    String.raw`\b(?:bad|incorrect|invalid|wrong) (?:(?:login|user|user ?name)(?: or |/| and ))?(?:credentials?|password)\b`,
    String.raw`\b(?:credentials|password) (?:is|are) (?:incorrect|invalid|wrong)\b`,
    String.raw`\bmot de passe (?:incorrect|invalide)\b`,
  ].join('|'),
  'i',
);

/** Payments are authenticated and authorised, too. */
const payment = /\b(?:3-?d|3ds|card|payment|paiement|transaction)\b/i;

/** The cause stands at the beginning: what follows in a text of megabytes is not looked at. */
const longestCause = 10_000;

/**
 * Whether the vendor refused the credentials: a fault of WS-Security; `Client.Authentication`, the
 * example of SOAP 1.1, 4.4; a `Client` fault whose text blames them; or a `Server` fault whose text
 * plainly says so, as Java servers write it when an exception leaves the method. What is read from
 * texts is inferred.
 */
export function isAuthenticationFault(fault: SoapFault): boolean {
  const { faultcodeNamespace: namespace } = fault;
  const text = fault.faultstring.slice(0, longestCause);
  const [main = '', ...finer] = partsOf(fault);
  if (securityNamespace.test(namespace ?? '')) return true;
  if (!isOfSoap(fault)) return false;
  if (main === 'Server') return plainBlame.test(text) && !payment.test(text);
  if (main !== 'Client') return securityFaults.has(main);
  return finer[0] === 'Authentication' || blame.test(text);
}

/** Whether the same message may be processed later (SOAP 1.1, 4.4.1). */
export function isFaultOfServer(fault: SoapFault): boolean {
  return isOfSoap(fault) && partsOf(fault)[0] === 'Server';
}

/** `S:Server.Timeout` is `Server`, made finer by `Timeout` (SOAP 1.1, 4.4.1). */
function partsOf({ faultcode }: SoapFault): string[] {
  const localName = faultcode.slice(faultcode.indexOf(':') + 1).trim();
  return localName.split('.');
}

/** Servers write the codes of SOAP without their namespace, too. */
function isOfSoap({ faultcode, faultcodeNamespace: namespace }: SoapFault): boolean {
  const isSoap = namespace === soapNamespace;
  return isSoap || namespace === undefined || namespace === '' || !faultcode.includes(':');
}
