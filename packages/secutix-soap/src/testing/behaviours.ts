import { assumed, documented, type EmulatedBehaviour } from '@vendorkit/secutix-shared/museum';

const howTos = 'The vendor’s how-tos for SOAP';
const limits = 'The vendor’s page "API rate limits"';
const notPublic = 'No WSDL of the vendor is public';

const quota: readonly EmulatedBehaviour[] = [
  documented(
    '180 calls a minute for an institution, over all its services',
    `${limits}, newest text`,
  ),
  documented(
    '60 calls a minute for an institution and service; its versions and REST share them',
    `SecuTix SOAP 3; the older text of "API rate limits"`,
  ),
  documented('One getCatalogDetailed in ten minutes', limits),
  documented('A call over a limit is refused with HTTP 509', 'SecuTix SOAP 3'),
  assumed('The refusal is HTML without Retry-After', 'No public text shows one'),
  assumed(
    'Limits count in a sliding window; calls over a limit do not count, calls that fail otherwise do',
    'How the vendor counts is not public; the option `quota` offers four ways',
  ),
  assumed(
    'A poll that carries a requestId does not count as a getCatalogDetailed',
    'Else a long catalogue could not be fetched',
  ),
  assumed(
    'Asking for a WSDL or a schema counts as a call of its service',
    'It is a request to the same address; no text excludes it',
  ),
];

const documents: readonly EmulatedBehaviour[] = [
  documented(
    'A path is {module}/external-remoting/{package}.v{major}_{minor}.{Service}.webservice',
    `SecuTix SOAP 4.3 for the version; the rest: ${howTos}`,
  ),
  assumed('Another path, or a version that was not seen, is HTTP 404', 'The text names no status'),
  assumed(
    'SetupService is in every package',
    'Its package is not public; those of the other services are checked',
  ),
  documented('The WSDL of a service is at its address with ?wsdl', 'SecuTix SOAP 4.3'),
  assumed('A WSDL is given to whoever asks', 'A public test suite asks without credentials'),
  documented(
    'The namespace is http://v{major}_{minor}.{Service}.service.secutix.com, with a slash at the end for contacts and campaigns',
    `SecuTix SOAP 5.5 and ${howTos}; public clients for campaigns`,
  ),
  assumed(
    'ContactAuthenticationPublicService has the slash, services that no example shows have none',
    'It is in the same package as the other service of contacts',
  ),
  assumed(
    'The WSDLs of contacts and orders import their schema from ?xsd=1, the others have it within (option `importsSchemas`)',
    'JAX-WS, of whose shape the vendor’s messages are, does either',
  ),
  assumed(
    'Document style, literal, wrapped; names within a message are without a namespace',
    `The messages in ${howTos} are of this form; ${notPublic}`,
  ),
  documented(
    'The names of operations, parameters and result elements, but for those that the WSDL marks as assumed',
    'The vendor’s pages of the services; public clients',
  ),
  assumed('Every type, and which elements may be absent, repeated or nil', notPublic),
  assumed('`soapAction` is empty (option `soapAction`)', `JAX-WS writes it so; ${notPublic}`),
];

const transport: readonly EmulatedBehaviour[] = [
  documented(
    'SOAP 1.1; another Envelope is a VersionMismatch fault',
    'SecuTix SOAP 1; SOAP 1.1, 4.1.2',
  ),
  assumed('Another HTTP method is answered with 405', 'The text names no status'),
  assumed('Content-Type is text/xml in UTF-8; else HTTP 415', 'SOAP 1.1, 6; no status is named'),
  assumed(
    'A client that does not accept gzip is refused with 400 (option `requireGzip`)',
    'Our own strictness: the contract includes 1 GB a month',
  ),
  documented('Answers are compressed for clients that accept gzip or deflate', 'SecuTix SOAP 2'),
  assumed(
    'SOAPAction is what the WSDL says, between quotation marks; else a Client fault',
    'SOAP 1.1, 6.1.1; whether the vendor insists is not public',
  ),
  assumed(
    'A fault comes with HTTP 500',
    'SOAP 1.1, 6.2; the vendor’s text does not speak of faults',
  ),
  assumed(
    'A header with mustUnderstand="1" is a MustUnderstand fault, but for the security header',
    'SOAP 1.1, 4.2.3; the how-tos send it on the security header',
  ),
];

const security: readonly EmulatedBehaviour[] = [
  documented(
    'Every call has a UsernameToken with the user’s name and password in the header',
    'SecuTix SOAP 4.1',
  ),
  documented(
    'The password has no Type, or the Type PasswordText (option `security`)',
    `SecuTix SOAP 4.1 has none; ${howTos} have both forms`,
  ),
  assumed(
    'A timestamp, a nonce and a time of creation are passed over',
    'No example has one; a public client sends them',
  ),
  assumed(
    'A wrong or missing token is a fault S:Client with a text that begins with "Authentication failed" (option `authenticationFault`)',
    'The text does not say what happens',
  ),
];

const parameters: readonly EmulatedBehaviour[] = [
  assumed(
    'Parameters stand in the order of the schema, without a namespace, and none is unknown; else a Client fault',
    'XML Schema; whether the vendor’s own stack is as strict is not public',
  ),
  assumed(
    'The value of a parameter has the form of its type; an empty number or date is a fault',
    'XML Schema; whether the vendor’s own stack is as strict is not public',
  ),
  assumed(
    'The parameter that is wrong is named in the fault’s detail',
    'No public text shows a detail',
  ),
  documented('Ids are 64-bit integers', 'SecuTix SOAP 5.4'),
  documented('Monetary amounts are longs, in thousandths', 'SecuTix SOAP 5.4'),
];

const methods: readonly EmulatedBehaviour[] = [
  documented(
    'A call that takes long answers in_progress with a requestId, and is repeated with it as the first parameter and all others again',
    'SecuTix SOAP 5.2',
  ),
  assumed(
    'Every method takes a requestId in front, whether its schema has one or not',
    'SecuTix SOAP 5.2 speaks of any method; not every page lists the parameter',
  ),
  assumed('A poll with other parameters is a Client fault', 'The text does not say what happens'),
  assumed(
    'An unknown requestId is refused with error.request.unknown',
    'The list of status codes is not public',
  ),
  assumed('A finished result can be fetched again with its requestId', 'The text does not say'),
  documented(
    'Every result has statusCode, statusDetail and requestId before its data',
    'SecuTix SOAP 5.1; nil where there is none: seen in the vendor’s examples',
  ),
  documented(
    'The catalogue gives multilingual values; actions give one text, by Accept-Language',
    'SecuTix SOAP 5.3',
  ),
  documented('Every service has a method is…Alive', 'SecuTix SOAP 5.6'),
  assumed(
    'Maps are lists of entries with a key and a value',
    'Seen in a public client; which elements are maps is assumed',
  ),
  assumed(
    'Members that a handler of your own adds follow the declared ones',
    'The vendor adds fields to the newest version of a service at any time',
  ),
  assumed('An error in a handler is a Server fault with its message', 'SOAP 1.1, 4.4.1'),
  assumed(
    'A method that the emulator does not imitate is refused with error.emulator.unsupported',
    'Give it in the option `methods`',
  ),
  assumed(
    'The museum itself (orders, contacts, status codes) is that of the REST emulator',
    'See the list of @vendorkit/secutix-rest/testing',
  ),
];

/** Every rule of the emulator, in the order in which a request meets them. */
export const emulatedBehaviours: readonly EmulatedBehaviour[] = [
  ...quota,
  ...documents,
  ...transport,
  ...security,
  ...parameters,
  ...methods,
];
