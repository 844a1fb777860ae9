import { assumed, documented, type EmulatedBehaviour } from '@vendorkit/secutix-shared/museum';

/** Every rule of the emulator, in the order in which a request meets them. */
export const emulatedBehaviours: readonly EmulatedBehaviour[] = [
  documented(
    '180 calls a minute for an institution, over all its services',
    'The vendor’s page "API rate limits", newest text',
  ),
  documented(
    '60 calls a minute for an institution and service; its versions share them',
    'SecuTix REST 3; the older text of "API rate limits"',
  ),
  documented('One getCatalogDetailed in ten minutes', 'The vendor’s page "API rate limits"'),
  assumed(
    'A poll that carries a requestId does not count as a getCatalogDetailed',
    'Else a long catalogue could not be fetched',
  ),
  documented('A call over a limit is refused with HTTP 509', 'SecuTix REST 3'),
  assumed('The refusal is HTML without Retry-After', 'No public text shows one'),
  assumed(
    'Limits count in a sliding window; calls over a limit do not count, calls that fail otherwise do',
    'How the vendor counts is not public; the option `quota` offers four ways',
  ),
  documented(
    'A path is {module}/backend-apis/{service}/v{major}_{minor}/{method}; else HTTP 404',
    'SecuTix REST 4.3 and 5.2',
  ),
  documented(
    'Old versions of some services have SOAP only; as REST they are HTTP 404',
    'The vendor’s pages of these versions print no REST address',
  ),
  documented('Services are called with POST', 'SecuTix REST 1'),
  assumed('Another HTTP method is answered with 405', 'The text names no status'),
  documented(
    'Authorization is Bearer and a JWT with HS256: sub institution, aud operator, iss partner',
    'SecuTix REST 4.1 and 4.1.1',
  ),
  documented(
    'iat must be less than one second before the arrival of the call',
    'SecuTix REST 4.1.1',
  ),
  assumed('iat must not lie in the future at all', 'The text sets no tolerance'),
  documented(
    'exp may be at most 30 seconds after iat, and must not have passed',
    'SecuTix REST 4.1.1',
  ),
  assumed(
    'iat and exp are in seconds (option `timestampUnit`)',
    'The text says "epoch millis", its two examples are in seconds',
  ),
  documented('A call that cannot be authorised is answered with 401', 'SecuTix REST 5.2'),
  assumed(
    'POST /tnai/backend-apis/v1/auth gives a token for operator, partner and secret',
    'Seen in public clients; SecuTix REST 4.1.1 names an auth endpoint without its address',
  ),
  assumed(
    'A token of the auth endpoint holds for 15 minutes and may be used again',
    'Public clients use one for several calls; its lifetime is not public',
  ),
  documented('Content-Type must be application/json; else HTTP 400', 'SecuTix REST 2 and 5.2'),
  assumed(
    'A client that does not accept gzip is refused with 400 (option `requireGzip`)',
    'Our own strictness: the contract includes 1 GB a month',
  ),
  documented('Malformed JSON, or JSON of a wrong structure, is HTTP 400', 'SecuTix REST 5.2'),
  assumed('Unknown parameters are accepted', 'No complete list of parameters is public'),
  documented('Answers are compressed for clients that accept gzip or deflate', 'SecuTix REST 2'),
  assumed(
    'Content-Encoding names the compression (option `contentEncoding`)',
    'SecuTix REST 5.1 promises "Content-Encoding: UTF-8"',
  ),
  documented(
    'Every answer with status 200 has statusCode, statusDetail and requestId beside its data',
    'SecuTix REST 5.3',
  ),
  documented(
    'A call that takes long answers in_progress with a requestId, and is repeated with it',
    'SecuTix REST 5.4',
  ),
  documented(
    'requestId is a parameter beside the others, all of which are repeated',
    'SecuTix REST 5.4; the vendor’s pages of the methods',
  ),
  assumed('A poll with other parameters is HTTP 400', 'The text does not say what happens'),
  assumed(
    'An unknown requestId is refused with error.request.unknown',
    'The list of status codes is not public',
  ),
  assumed('A finished result can be fetched again with its requestId', 'The text does not say'),
  documented('Ids are 64-bit integers', 'SecuTix REST 5.6'),
  documented('Monetary amounts are longs, in thousandths', 'SecuTix REST 5.6'),
  documented(
    'The catalogue gives multilingual values; actions give one text, by Accept-Language',
    'SecuTix REST 5.5',
  ),
  documented('Every service has a method is…Alive', 'SecuTix SOAP 5.6'),
  documented(
    'createOrUpdateOrder without orderId makes a new order each time',
    'The vendor’s page of ExternalOrderFacade',
  ),
  assumed('An externalReference does not make an order unique', 'No text says that it does'),
  documented(
    'An order of something sold out is refused with error.order.availability',
    'The vendor’s page of ExternalOrderFacade',
  ),
  assumed(
    'The other status codes: error.contact.unknown, error.order.unknown, error.order.item, error.pointOfSales.unknown, error.export.unknown, error.parameter.missing',
    'The list of status codes is not public',
  ),
  assumed(
    'The fields of contacts, availabilities, exports and searches',
    'The vendor’s pages are public in part only',
  ),
  documented(
    'An error on the vendor’s side is HTTP 500 with a detailed message',
    'SecuTix REST 5.2',
  ),
  assumed('The JSON form of the bodies of 400, 401, 404 and 500', 'No public text shows one'),
  assumed(
    'A method that the emulator does not imitate is refused with error.emulator.unsupported',
    'Give it in the option `methods`',
  ),
];
