import { assumed, documented, type EmulatedBehaviour } from './emulated-behaviour.ts';

const information = 'S1SEVEN API information';
const openApi = 'OpenAPI 0.3.0 of 2021';

/** Every rule of the emulator, in the order in which a request, then an event, meets them. */
export const emulatedBehaviours: readonly EmulatedBehaviour[] = [
  documented('An address is /api/{resource}…; else HTTP 404', `${information}, "Requests"`),
  assumed('A wrong HTTP method is 404 as well', 'NestJS does so; no public text says it'),
  assumed(
    'Wallets are at /wallets (option `walletPath`)',
    'So the pages of documentation; the OpenAPI document of 2021 says /wallet',
  ),
  assumed(
    'The paths and answers of events, mails, user onboarding, partial signing, confirming a company, one node, creating and reading a certificate',
    'Not public; formed as the other paths are',
  ),
  documented('x-version names the version, 1 if it is absent', `${information}, "API version"`),
  assumed('Another version is 404', 'NestJS does so'),
  documented(
    '10 calls a minute for a client and endpoint (option `quota`)',
    `${information}, "Rate Limit"`,
  ),
  documented(
    'X-RateLimit-Limit, -Remaining and -Reset on answers; 429 with Retry-After over the limit',
    `${information}, "Response headers"`,
  ),
  assumed(
    'Calls are counted and refused as @nestjs/throttler does; version 6 (option `throttler`)',
    'The headers are those of @nestjs/throttler; its versions 3, 5 and 6 were measured',
  ),
  assumed('Calls that fail count too, those to unknown addresses do not', 'The guard runs first'),
  documented(
    'Authorization is Bearer and an access token; else 401',
    `${information}, "Authentication"`,
  ),
  documented(
    'No token is needed to sign up, to confirm an address, to reset a password, or for POST /tokens',
    `${openApi}; ${information}, "M2M access token"`,
  ),
  documented(
    'No token is needed to verify a certificate',
    'The public verification page of the vendor, 2025',
  ),
  documented('A token is valid for a day', `${information}, "Access Token Usage"`),
  assumed(
    'Tokens are JWTs with the claims of InspectTokenDto (option `opaqueTokens`)',
    `${openApi}; today’s claims are not public`,
  ),
  documented(
    'POST /tokens answers with accessToken, application.mode and application.owner.id',
    'The vendor’s Node-RED client',
  ),
  documented(
    'One token can be regenerated a day and application (option `dailyTokens`)',
    `${information}, "M2M access token"`,
  ),
  assumed(
    'A request while a token is valid is a regeneration; the second within 24 hours is refused with 429 and Retry-After',
    'What counts, and how it is refused, is not public',
  ),
  assumed('A regeneration leaves earlier tokens valid', 'No public text says otherwise'),
  documented(
    'Rotating a secret invalidates the access token',
    `${information}, "Rotate credentials"`,
  ),
  assumed(
    'After it a token can be had at once, and that is no regeneration',
    'Else an application could not go on',
  ),
  documented('A company can have 6 applications', `${information}, "M2M access token"`),
  assumed('The seventh is refused with 403', 'The status is not public'),
  documented(
    'The token of an application is for its company and mode; its mode goes before the query’s',
    `${information}, "M2M access token"; ${openApi}`,
  ),
  documented('A token without the scope of a call is 403', openApi),
  assumed(
    'A user’s token may do everything; an application’s acts for its company’s owner',
    'No public text lists the scopes of users',
  ),
  assumed(
    'wallet and wallets, mailhooks and mail_hooks are the same scope; read_one and render_one both allow rendering',
    'The vendor’s texts have both spellings',
  ),
  documented(
    'The header company where the OpenAPI document asks for it, and for applications',
    `${openApi}; ${information}, "M2M access token"`,
  ),
  assumed(
    'Without it 400; a company that is not the token’s is 403',
    'The statuses are not told apart in public',
  ),
  documented('mode is live or test where the OpenAPI document asks for it; else 400', openApi),
  documented(
    'Live applications, wallets, identities, transactions and notarization are 403 until the company is verified and MFA is set up (options `verified`, `mfa`)',
    `${information}, "Authorization"`,
  ),
  documented('Fields, their lengths and their values', openApi),
  assumed(
    'Unknown fields are 400, but for `mode` of hooks and mailhooks; so is a parameter that is repeated',
    'NestJS checks so where it is told to; the user interface of 2025 asks for a mode',
  ),
  documented(
    'Scopes are resources and actions of the lists of 2025 and 2021; else 400',
    `${information}, "Requests" and "Events"; ${openApi}`,
  ),
  assumed('A body that is not application/json is 415', 'Our own strictness'),
  assumed(
    'A file comes as the field `file` of a multipart/form-data, or as JSON in the body',
    `${openApi} has the one for hash-file and the other for the rest, which it calls uploads`,
  ),
  documented(
    'An error is statusCode, path, method, timestamp, message, name, details',
    `${information}, "Error Handling"`,
  ),
  documented('A user who exists is 409; a short password 406', openApi),
  assumed('A wallet’s name that is taken is 409', `${openApi} has a 409 and no reason for it`),
  documented('The index of identities counts up', openApi),
  assumed(
    'Keys, seeds and mnemonics are texts that look like them; no chain is spoken to',
    'An emulator has no keys',
  ),
  documented(
    'Transactions are made raw, signed by an identity, then sent; signing with an obsolete identity is 406',
    openApi,
  ),
  documented(
    'A certificate has RefSchemaUrl and its content, else 400',
    'The vendor’s public certificate schemas',
  ),
  assumed('The schemas themselves are not applied', 'They are many, and the vendor’s'),
  documented(
    'Notarization answers 201 with a jobId; the same content again with a transactionId',
    openApi,
  ),
  assumed(
    'It ends 50 ms later (option `notarizationMs`) and never fails; equal content has equal members in any order',
    'How the vendor makes the hash is not public',
  ),
  documented(
    'Events are told on company/<id>/<mode>/<resource>/<action> always, and by hooks that watch',
    `${information}, "Events"`,
  ),
  assumed(
    'They are told on user/<id of the owner>/… too',
    'The text says: to the owner of the resources',
  ),
  assumed(
    'Events of companies, hooks and mailhooks are told in the mode of the token, else the query, else live',
    'These resources have no mode',
  ),
  assumed(
    'The payload of an event is the resource; of a notarization the certificate, its hash and its transaction',
    'Not public',
  ),
  documented(
    'The broker’s username is <vhost>:<company id> or <vhost>:<user id>, its password the token',
    `${information}, "Async API"`,
  ),
  assumed(
    'An MQTT client id begins with company_<company id>_ or user_<user id>_, else return code 2',
    'The vendor’s example has such ids',
  ),
  assumed('A last will is refused with return code 5', 'The Async API is subscribe-only'),
  documented(
    'A company subscribes under company/<id>/ to what its scopes allow, a user to all under user/<id>/',
    `${information}, "Authorization" of the Async API`,
  ),
  assumed(
    'A company’s + in a topic needs the scopes of all that it stands for; # is refused; a literal mode is the token’s',
    'The text says no more than that topics match scopes',
  ),
  assumed(
    'The broker is RabbitMQ 3.10 with its MQTT plugin: what is refused is closed (option `refusedFilter`), ten messages may be unacknowledged',
    'The form of the username and the path of the WebSocket; version and settings are not public',
  ),
  documented('Sessions are kept for 30 minutes', `${information}, "Persistence"`),
  assumed(
    'A connection ends with its token (option `dropsExpired`)',
    'RabbitMQ does so with one kind of authentication and not with the other',
  ),
  documented(
    'A webhook has the header signature: t=<unix seconds>,h=<HMAC-SHA256 of the body, hexadecimal>',
    'The vendor’s documentation of 2021',
  ),
  assumed(
    'Its body is id, createdAt, resource, action, payload; it is sent once, and again by the action retry_one',
    'Form and policy are not public',
  ),
  assumed('Webhooks leave for http on loopback only; mails are kept as sent', 'An emulator'),
];
