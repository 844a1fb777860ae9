import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { EmulatorAnswer } from '@vendorkit/core/testing';
import { canaries } from '../../../tooling/canary/secrets.ts';
import { SecutixError, SoapFaultError, VendorError } from '../src/index.ts';
import {
  clientOf,
  closeAll,
  failure,
  faultOf,
  namespaceOf,
  resultOf,
  soap,
  startVendor,
  success,
  xml,
  type ReadRequest,
} from './harness.ts';

afterEach(closeAll);

const wsse =
  'xmlns:w="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"';

type Answering = (request: ReadRequest) => EmulatorAnswer;

/** What a call ends with if it is answered so. Nothing is repeated. */
async function errorOf(answer: EmulatorAnswer | Answering, method = 'getCatalog') {
  const vendor = await startVendor({
    answer: typeof answer === 'function' ? answer : () => answer,
  });
  const client = clientOf(vendor, { retry: { attempts: 1 } });
  const catalog = await client.service('CatalogService');
  const error = await failure(catalog.call(method));
  expect(error).toMatchObject({ vendor: 'secutix', operation: `CatalogService.${method}` });
  return error;
}

describe('a SOAP fault', () => {
  test.each([500, 200, 400, 404, 503])('with HTTP %d', async (status) => {
    const detail =
      '<detail><e:problem xmlns:e="urn:e"><code>12</code><stack>at x</stack></e:problem></detail>';
    const error = await errorOf(faultOf('S:Server', 'No way &amp; no how', { status, detail }));
    expect(error).toMatchObject({
      name: 'SoapFaultError',
      code: 'SOAP_FAULT',
      status,
      faultcode: 'S:Server',
      faultstring: 'No way & no how',
      outcome: 'answered',
      retryable: true,
      details: { problem: { code: '12', stack: 'at x' } },
    });
    expect(error).toBeInstanceOf(SoapFaultError);
    expect(error).toBeInstanceOf(SecutixError);
    expect(error).toBeInstanceOf(VendorError);
    expect(error.toJSON()).toMatchObject({ faultcode: 'S:Server', faultstring: 'No way & no how' });
    expect(error.message).toBe('SecuTix answered with the fault `S:Server`: No way & no how');
  });

  test('of the client is not retryable', async () => {
    expect(await errorOf(faultOf('S:Client', 'Unknown season'))).toMatchObject({
      code: 'SOAP_FAULT',
      faultcode: 'S:Client',
      retryable: false,
    });
  });

  test.each([
    ['w:FailedAuthentication', 'x', wsse],
    ['w:InvalidSecurity', 'x', wsse],
    ['w:InvalidSecurityToken', 'x', wsse],
    ['w:SecurityTokenUnavailable', 'x', wsse],
    ['w:SomethingNew', 'x', wsse],
    ['FailedAuthentication', 'x', ''],
    ['wsse:FailedAuthentication', 'an unbound prefix', ''],
    ['S:Client.Authentication', 'x', ''],
    ['Client', 'Authentication failed', ''],
    ['S:Client', 'Invalid username or password', ''],
    ['S:Client', 'Bad credentials.', ''],
    ['S:Client', 'No security header was found', ''],
    ['S:Server', 'Authentication failed', ''],
    ['S:Server', 'com.example.AuthException: Failed to authenticate user ZOE', ''],
    ['S:Server', 'Could not authenticate.', ''],
    ['S:Server', 'The user is not authenticated', ''],
    ['S:Server', 'Not authorised', ''],
    ['S:Server', 'User is not authorized to access this service', ''],
    ['S:Server', 'Unauthorized: ZOE', ''],
    ['S:Server', 'Invalid credentials', ''],
    ['Server', 'Invalid username or password', ''],
    ['S:Server', 'The password is wrong', ''],
    ['S:Server', 'Mot de passe incorrect', ''],
  ])('`%s`, "%s", refuses the credentials', async (code, text, more) => {
    expect(await errorOf(faultOf(code, text, { more }))).toMatchObject({
      code: 'UNAUTHENTICATED',
      status: 500,
      faultcode: code,
      faultstring: text,
      retryable: false,
      hint: expect.stringContaining('password'),
    });
  });

  test.each([
    ['S:Client', 'The season is unknown', ''],
    ['S:Server', 'Authentication of the payment failed', ''],
    ['S:Server', 'Card authentication failed', ''],
    ['S:Server', 'The transaction was not authorised', ''],
    ['S:Server', 'The contact is not authorised to buy this product', ''],
    ['S:Server', 'LoginService is not available', ''],
    ['S:Server', 'AuthenticationService: connection refused', ''],
    ['S:Server', 'A contact needs a password', ''],
    ['S:Server', 'No credential store', ''],
    ['S:Server.Authentication', 'x', ''],
    ['o:Server', 'Authentication failed', 'xmlns:o="urn:other"'],
    ['o:FailedAuthentication', 'x', 'xmlns:o="urn:other"'],
    ['o:Client', 'Authentication failed', 'xmlns:o="urn:other"'],
    ['S:VersionMismatch', 'x', ''],
    ['', '', ''],
  ])('`%s`, "%s", does not', async (code, text, more) => {
    expect((await errorOf(faultOf(code, text, { more }))).code).toBe('SOAP_FAULT');
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
  ])('with HTTP %d is %s', async (status, code) => {
    expect(await errorOf(faultOf('S:Server', 'No', { status }))).toMatchObject({
      code,
      status,
      faultstring: 'No',
      retryable: false,
    });
  });

  test('tells no secret', async () => {
    const detail = '<detail><password>letmein</password><note>x</note></detail>';
    const answer: Answering = ({ password }) => {
      const text = password.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      return faultOf('S:Server', `Not ${text}, ${text.replaceAll('&', '&amp;')}`, { detail });
    };
    const error = await errorOf(answer);
    expect((error as SoapFaultError).faultstring).toMatch(/^Not \[redacted/);
    expect(JSON.stringify(error)).not.toContain('letmein');
  });
});

describe('an HTTP status without a SOAP message', () => {
  const page = (status: number): EmulatorAnswer => ({
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html><head><meta charset=utf-8></head><body>Error ${status}<br>Sorry</body></html>`,
  });

  test.each([
    [429, 'RATE_LIMITED'],
    [509, 'RATE_LIMITED'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [400, 'BAD_REQUEST'],
    [409, 'CONFLICT'],
    [500, 'SERVER_ERROR'],
    [502, 'SERVER_ERROR'],
    [503, 'SERVER_ERROR'],
    [302, 'INVALID_RESPONSE'],
  ])('%d is %s', async (status, code) => {
    const error = await errorOf(page(status));
    expect(error).toMatchObject({ code, status, outcome: 'answered' });
    expect(JSON.stringify(error.details)).toContain(`Error ${status}`);
    expect((await errorOf({ status })).code).toBe(code);
  });

  test('429 and 509 are the quota, whatever stands in them', async () => {
    expect(await errorOf(faultOf('S:Server', 'x', { status: 509 }))).toMatchObject({
      code: 'RATE_LIMITED',
      retryable: true,
      hint: expect.stringContaining('limit'),
    });
    const result: Answering = (request) => ({ ...success(request), status: 429 });
    expect((await errorOf(result)).code).toBe('RATE_LIMITED');
  });

  test('a result with HTTP 500 is a failure', async () => {
    const answer: Answering = (request) => ({ ...success(request), status: 500 });
    expect(await errorOf(answer)).toMatchObject({
      code: 'SERVER_ERROR',
      details: { statusCode: 'success' },
    });
  });
});

describe('HTTP 200 with', () => {
  const html = '<html><body>Maintenance<br></body></html>';
  const body = (method: string, content: string) =>
    soap(`<n:${method} xmlns:n="${namespaceOf()}">${content}</n:${method}>`);

  test.each<[string, string, RegExp]>([
    ['an empty body', '', /empty/],
    ['HTML', html, /envelope/],
    ['well-formed HTML', '<html><body>Maintenance</body></html>', /envelope/],
    ['text', 'OK', /XML/],
    ['JSON', '{"statusCode":"success"}', /XML/],
    ['a cut envelope', body('getCatalogResponse', '<x/>').slice(0, -20), /XML/],
    [
      'an envelope of SOAP 1.2',
      soap('').replace('schemas.xmlsoap.org/soap/envelope', 'www.w3.org/2003/05/soap-envelope'),
      /SOAP 1.1/,
    ],
    [
      'an envelope without a body',
      '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"/>',
      /Body/,
    ],
    ['an empty SOAP body', soap(''), /Body/],
    ['the answer of another method', body('getPOSConfigResponse', ''), /declared/],
    ['an answer in another namespace', soap('<getCatalogResponse/>'), /namespace/],
    ['an empty wrapper', body('getCatalogResponse', ''), /statusCode/],
    [
      'no statusCode',
      body('getCatalogResponse', '<CatalogResult><product><id>1</id></product></CatalogResult>'),
      /statusCode/,
    ],
    [
      'an empty statusCode',
      body('getCatalogResponse', '<CatalogResult><statusCode/></CatalogResult>'),
      /statusCode/,
    ],
    [
      'a value of another type',
      body(
        'getCatalogResponse',
        '<CatalogResult><statusCode>success</statusCode><product><id>abc</id></product></CatalogResult>',
      ),
      /id/,
    ],
    [
      'a document type',
      `<!DOCTYPE x [<!ENTITY a "b">]>${body('getCatalogResponse', '')}`,
      /DOCTYPE|document type/i,
    ],
    ['an entity', body('getCatalogResponse', '<CatalogResult>&xxe;</CatalogResult>'), /entity/i],
  ])('%s is INVALID_RESPONSE', async (_name, text, why) => {
    const error = await errorOf(xml(text));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', status: 200, outcome: 'answered' });
    expect(error.message).toMatch(why);
    expect(error.message).not.toMatch(/abc|Maintenance/);
    expect(error.message).toMatch(/[^.]\.$/);
    expect(error.message).not.toContain('..');
    expect(error.retryable).toBe(false);
  });

  test('bytes that are no UTF-8 is INVALID_RESPONSE', async () => {
    const bytes = Buffer.concat([Buffer.from(soap('')), Buffer.from([0xff])]);
    expect((await errorOf(xml(bytes))).code).toBe('INVALID_RESPONSE');
  });

  test.each([
    ['ISO-8859-1 told by the header', 'latin1', 'text/xml; charset=ISO-8859-1', ''],
    [
      'ISO-8859-1 told by the document',
      'latin1',
      'text/xml',
      '<?xml version="1.0" encoding="ISO-8859-1"?>',
    ],
    ['UTF-16', 'utf16le', 'text/xml', '\ufeff<?xml version="1.0" encoding="UTF-16"?>'],
  ] as const)('%s is read', async (_name, encoding, type, declaration) => {
    const vendor = await startVendor({
      answer: (request) => {
        const { body: text } = resultOf(
          request,
          '<statusCode>success</statusCode><statusDetail>é</statusDetail>',
        );
        const bytes = Buffer.from(declaration + String(text), encoding);
        return { status: 200, headers: { 'content-type': type }, body: bytes };
      },
    });
    const catalog = await clientOf(vendor).service('CatalogService');
    expect(await catalog.call('getCatalog')).toMatchObject({ statusDetail: 'é' });
  });
});

describe('a WebMethodResult', () => {
  test('that is neither success nor in_progress is OPERATION_FAILED, with what came along', async () => {
    const error = await errorOf((request) =>
      resultOf(
        request,
        `<statusCode>error.order.availability</statusCode><statusDetail>Sold out</statusDetail><requestId>12</requestId><product><id>5</id></product>`,
      ),
    );
    expect(error).toMatchObject({
      name: 'SecutixError',
      code: 'OPERATION_FAILED',
      vendorCode: 'error.order.availability',
      statusDetail: 'Sold out',
      requestId: 12n,
      details: { product: [{ id: 5n }] },
      outcome: 'answered',
      retryable: false,
    });
  });

  test('tells no secret', async () => {
    const error = await errorOf(({ password, ...request }) => {
      const text = password.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      return resultOf(
        request,
        `<statusCode>error</statusCode><statusDetail>${text}</statusDetail><echo>${text}</echo>`,
      );
    });
    expect(error.details).toEqual({ product: [], echo: '[redacted]' });
    expect(JSON.stringify(error)).not.toContain(canaries.password.slice(0, 8));
  });
});

/** How long the event loop was held at most while something was done, in milliseconds. */
async function longestHoldMs(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  await nextTurn();
  delays.enable();
  await nextTurn();
  await work();
  // A hold is seen in the turn after it.
  await nextTurn();
  delays.disable();
  return delays.max / 1e6;
}

const nextTurn = () => new Promise((resume) => setTimeout(resume, 5));

describe('an answer with a failure of megabytes', () => {
  const item = (index: number) =>
    `<item><id>${index}</id><label>Visite ${index}</label><note>${'x'.repeat(150)}</note><seats><seat>A${index}</seat></seats></item>`;
  const items = Array.from({ length: 20_000 }, (_, index) => item(index)).join('');
  const entries = Array.from({ length: 200_000 }, (_, index) => `<e>${index}</e>`).join('');
  const fault = faultOf('S:Server', 'No way. '.repeat(350_000), {
    detail: `<detail>${entries}</detail>`,
  });
  const refusal: Answering = (request) =>
    resultOf(request, `<statusCode>error.big</statusCode>${items}`);
  const inHttp500: Answering = (request) => ({ ...success(request, items), status: 500 });

  const cases: [string, EmulatorAnswer | Answering, string][] = [
    ['a fault', fault, 'SOAP_FAULT'],
    ['a refusal', refusal, 'OPERATION_FAILED'],
    ['a result with HTTP 500', inHttp500, 'SERVER_ERROR'],
  ];

  /** Calls a vendor that answers with bytes that are ready, not made while the test measures. */
  async function callOf(answer: EmulatorAnswer | Answering) {
    let ready: EmulatorAnswer | undefined;
    const vendor = await startVendor({
      answer: (request) => {
        const made = typeof answer === 'function' ? answer(request) : answer;
        return (ready ??= { ...made, body: Buffer.from(made.body ?? '') });
      },
    });
    const client = clientOf(vendor, { retry: { attempts: 1 } });
    const catalog = await client.service('CatalogService');
    const call = () => catalog.call('getCatalog').then(undefined, (error: unknown) => error);
    // Once before, so that nothing is compiled while the test measures.
    await call();
    return call;
  }

  test.each(cases)('%s, does not hold the event loop', async (_name, answer, code) => {
    const call = await callOf(answer);
    let error: unknown;
    const heldMs = await longestHoldMs(async () => {
      error = await call();
    });
    expect((error as VendorError).code).toBe(code);
    // Slices of 10 ms; the rest is for a busy machine.
    expect(heldMs).toBeLessThan(250);
  });

  test('keeps the beginning of a long faultstring', async () => {
    const error = await errorOf(faultOf('S:Server', 'No way. '.repeat(350_000)));
    expect((error as SoapFaultError).faultstring).toHaveLength(10_000);
    expect(error.message.length).toBeLessThan(2_100);
  });
});

test('a code of megabytes is cut, in the message and beside it', async () => {
  const long = 'c'.repeat(3_000_000);
  const refused = await errorOf((request) =>
    resultOf(request, `<statusCode>${long}</statusCode><statusDetail>${long}</statusDetail>`),
  );
  expect(refused.code).toBe('OPERATION_FAILED');
  expect(refused.message.length).toBeLessThan(2_400);
  expect(refused.vendorCode).toHaveLength(2_000);
  expect((refused as SecutixError).statusDetail).toHaveLength(10_000);
  const fault = await errorOf(faultOf(long, 'x'));
  expect(fault.message.length).toBeLessThan(300);
  expect((fault as SoapFaultError).faultcode).toHaveLength(2_000);
});

describe('a hostile answer costs little, harms nothing, and the next call works', () => {
  const inResult =
    (content: string): Answering =>
    (request) =>
      resultOf(request, `<statusCode>success</statusCode>${content}`);

  test.each<[string, EmulatorAnswer | Answering]>([
    ['a flood of <!--', xml('<!--'.repeat(38_400))],
    ['a flood of <!-- within', inResult('<!--'.repeat(38_400))],
    ['100,000 levels', inResult('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
    ['100,000 levels without an end', xml('<a>'.repeat(100_000))],
    ['a billion laughs', xml(`<!DOCTYPE x [${'<!ENTITY a "&b;&b;">'.repeat(1_000)}]><x>&a;</x>`)],
    [
      'a gzip bomb',
      {
        status: 200,
        headers: { 'content-type': 'text/xml', 'content-encoding': 'gzip' },
        body: gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)),
      },
    ],
    ['100,000 attributes', xml(`<a ${'b="c" '.repeat(100_000)}/>`)],
  ])('%s', async (_name, answer) => {
    let isHostile = true;
    const vendor = await startVendor({
      answer: (request) => {
        if (!isHostile) return success(request);
        return typeof answer === 'function' ? answer(request) : answer;
      },
    });
    const catalog = await clientOf(vendor).service('CatalogService');
    await catalog.isAlive().catch(() => undefined);
    const before = process.cpuUsage();
    const error = await failure(catalog.call('createOrUpdateOrder'));
    const { user, system } = process.cpuUsage(before);
    expect(error.code).toBe('INVALID_RESPONSE');
    // The server's own share is in it, too.
    expect((user + system) / 1000).toBeLessThan(400);
    isHostile = false;
    expect(await catalog.call('getCatalog')).toMatchObject({ statusCode: 'success' });
  });

  test('members named like those of every object are members', async () => {
    const vendor = await startVendor({
      answer: inResult(
        '<__proto__><polluted>yes</polluted></__proto__><constructor>x</constructor><a id="__proto__" href="#__proto__">y</a>',
      ),
    });
    const catalog = await clientOf(vendor).service('CatalogService');
    const result = await catalog.call('getCatalog');
    expect(Object.keys(result)).toContain('__proto__');
    expect(result).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('a WSDL that cannot be had', () => {
  test.each<[string, EmulatorAnswer, object]>([
    ['404', { status: 404 }, { code: 'NOT_FOUND', hint: expect.stringContaining('version') }],
    [
      '401',
      { status: 401 },
      { code: 'UNAUTHENTICATED', hint: expect.stringContaining('wsdlHeaders') },
    ],
    ['403', { status: 403 }, { code: 'FORBIDDEN' }],
    ['500', { status: 500, body: 'Oops' }, { code: 'SERVER_ERROR', details: { text: 'Oops' } }],
    ['509', { status: 509, body: '<html>' }, { code: 'RATE_LIMITED' }],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://evil.example' } },
      { code: 'INVALID_RESPONSE' },
    ],
    ['HTML', xml('<html><br></html>'), { code: 'INVALID_RESPONSE' }],
    ['an envelope', xml(soap('')), { code: 'INVALID_RESPONSE' }],
    ['nothing', { status: 200 }, { code: 'INVALID_RESPONSE' }],
    [
      'a cut one',
      xml('<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"><wsdl:typ'),
      { code: 'INVALID_RESPONSE' },
    ],
    ['a document type', xml('<!DOCTYPE x><x/>'), { code: 'INVALID_RESPONSE' }],
  ])('%s', async (_name, answer, expected) => {
    let isBroken = true;
    const usual = await startVendor();
    const vendor = await startVendor({
      wsdl: async (request) => {
        if (isBroken) return answer;
        const url = `${usual.url}${request.path}?${String(request.query)}`;
        return xml(await (await fetch(url)).text());
      },
    });
    const client = clientOf(vendor, { retry: { attempts: 1 } });
    const error = await failure(client.service('CatalogService'));
    expect(error).toMatchObject({
      vendor: 'secutix',
      operation: 'CatalogService.wsdl',
      ...expected,
    });
    // The failure is not kept.
    isBroken = false;
    const catalog = await client.service('CatalogService');
    expect(await catalog.isAlive()).toBe(true);
  });
});
