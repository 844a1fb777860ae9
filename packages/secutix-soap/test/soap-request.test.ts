import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/secrets.ts';
import {
  clientOf,
  closeAll,
  failure,
  namespaceOf,
  resultOf,
  startVendor,
  success,
  wsdlOf,
  xml,
} from './harness.ts';

afterEach(closeAll);

test('a call is a POST of one envelope with the credentials and the parameters', async () => {
  const vendor = await startVendor();
  const catalog = await clientOf(vendor).service('CatalogService');
  await catalog.call('getCatalog', {
    from: new Date('2026-03-01T12:00:00Z'),
    productIds: [9_007_199_254_740_993n, 2n],
    seasonCode: 'é <&> 🚀',
  });
  const [call] = vendor.calls;
  expect(call).toMatchObject({
    method: 'getCatalog',
    namespace: namespaceOf(),
    username: 'INSTIT_ZOE',
    password: canaries.password,
    // In the schema's order, not the caller's.
    parameters: [
      ['seasonCode', 'é <&> 🚀'],
      ['productIds', '9007199254740993'],
      ['productIds', '2'],
      ['from', '2026-03-01T12:00:00.000Z'],
    ],
  });
  expect(call?.http.headers).toMatchObject({
    'content-type': 'text/xml; charset=utf-8',
    soapaction: '""',
    accept: 'text/xml',
    'accept-encoding': 'gzip,deflate',
    'accept-language': '*',
  });
  expect(call?.http.text).toContain('#PasswordText');
});

test('the header can be the bare one', async () => {
  const vendor = await startVendor();
  const soap = clientOf(vendor, { security: 'bare', mustUnderstand: true });
  await (await soap.service('CatalogService')).isAlive();
  const text = vendor.calls[0]?.http.text ?? '';
  expect(text).toMatch(/<wsse:Security S:mustUnderstand="1"><wsse:UsernameToken><wsse:Username>/);
  expect(text).not.toMatch(/PasswordText|wsu|Timestamp|Nonce|Created/);
});

test.each([
  ['urn:getCatalog', '"urn:getCatalog"'],
  ['http://x.example/a?b=c#d%20e', '"http://x.example/a?b=c#d%20e"'],
  ['a&quot;b c\\&#13;&#10;x: y\u00e9', '"a%22b%20c%5C%0D%0Ax:%20y%C3%A9"'],
])('the SOAPAction %j of the WSDL stands between quotation marks', async (soapAction, header) => {
  const vendor = await startVendor({ wsdl: () => xml(wsdlOf({ soapAction })) });
  const catalog = await clientOf(vendor).service('CatalogService');
  await catalog.isAlive();
  expect(vendor.calls[0]?.http.headers['soapaction']).toBe(header);
});

describe('what may be repeated', () => {
  test.each([
    ['getCatalog', 3],
    ['isCatalogServiceAlive', 3],
    // Not known to read, whatever its name says.
    ['createOrUpdateOrder', 1],
  ])('%s is sent %d times', async (method, times) => {
    const vendor = await startVendor();
    const catalog = await clientOf(vendor, { retry: { baseDelay: 1 } }).service('CatalogService');
    vendor.faults.next('lost', { times: 9 });
    const error = await failure(catalog.call(method));
    expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'unknown', attempts: times });
    expect(error.retryable).toBe(times > 1);
    expect(vendor.calls).toHaveLength(times);
  });

  test('a write that was refused for the quota, or declared idempotent', async () => {
    const vendor = await startVendor();
    const catalog = await clientOf(vendor, { retry: { baseDelay: 1 } }).service('CatalogService');
    vendor.faults.answer({ status: 509, body: '<html>' });
    await catalog.call('createOrUpdateOrder');
    vendor.faults.next('lost');
    await catalog.call('createOrUpdateOrder', {}, { idempotent: true });
    expect(vendor.calls).toHaveLength(3);
  });

  test('a fault of the server, of reads', async () => {
    const fault =
      '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault><faultcode>S:Server</faultcode><faultstring>Busy</faultstring></S:Fault></S:Body></S:Envelope>';
    const vendor = await startVendor();
    const catalog = await clientOf(vendor, { retry: { baseDelay: 1 } }).service('CatalogService');
    vendor.faults.answer(xml(fault, 500));
    expect(await catalog.call('getCatalog')).toMatchObject({ statusCode: 'success' });
    vendor.faults.answer(xml(fault, 500));
    expect(await failure(catalog.call('createOrUpdateOrder'))).toMatchObject({
      code: 'SOAP_FAULT',
      attempts: 1,
      retryable: false,
    });
    vendor.faults.answer(xml(fault.replace('S:Server', 'S:Client'), 500));
    expect(await failure(catalog.call('getCatalog'))).toMatchObject({ attempts: 1 });
  });

  test('a WSDL', async () => {
    const vendor = await startVendor();
    const soap = clientOf(vendor, { retry: { baseDelay: 1 } });
    vendor.faults.next('chunk_cut');
    vendor.faults.answer({ status: 503 });
    expect(await (await soap.service('CatalogService')).isAlive()).toBe(true);
    expect(vendor.requests.filter(({ method }) => method === 'GET')).toHaveLength(3);
  });
});

describe('a call in progress', () => {
  test('is asked after with its requestId first and all parameters again', async () => {
    const vendor = await startVendor({
      answer: (request) =>
        request.requestId === undefined
          ? resultOf(
              request,
              '<statusCode>in_progress</statusCode><requestId>9007199254740993</requestId>',
            )
          : success(request, '<product><id>7</id></product>'),
    });
    const catalog = await clientOf(vendor, { pollInterval: 5 }).service('CatalogService');
    const productIds = [1n];
    const call = catalog.call('getCatalog', { seasonCode: 'A', productIds });
    // What the caller changes meanwhile changes nothing.
    productIds.push(2n);
    const { data, response } = await call.withResponse();
    expect(data).toMatchObject({ statusCode: 'success', product: [{ id: 7n }] });
    expect(response).toMatchObject({ attempts: 2, requestId: 9_007_199_254_740_993n, status: 200 });
    const parameters = [
      ['seasonCode', 'A'],
      ['productIds', '1'],
    ];
    expect(vendor.calls.map((request) => request.parameters)).toEqual([
      parameters,
      [['requestId', '9007199254740993'], ...parameters],
    ]);
  });

  test('without a requestId is repeated if it reads, and else not known', async () => {
    let asked = 0;
    const vendor = await startVendor({
      answer: (request) =>
        (asked += 1) === 2
          ? success(request)
          : resultOf(request, '<statusCode>in_progress</statusCode>'),
    });
    const catalog = await clientOf(vendor, { pollInterval: 5 }).service('CatalogService');
    expect(await catalog.call('getCatalog')).toMatchObject({ statusCode: 'success' });
    const error = await failure(catalog.call('createOrUpdateOrder'));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', outcome: 'unknown', attempts: 1 });
  });

  test('can be asked after by the caller, too', async () => {
    const vendor = await startVendor();
    const soap = clientOf(vendor, {
      quota: [{ key: 'method', limit: 1, windowMs: 60_000, polls: false }],
      retry: { baseDelay: 1 },
    });
    const catalog = await soap.service('CatalogService');
    await catalog.call('createOrUpdateOrder', {});
    vendor.faults.next('lost');
    // Neither the rule for submissions nor the caution with writes holds for a poll.
    await catalog.call('createOrUpdateOrder', { requestId: 5n }, { deadline: 2_000 });
    expect(vendor.calls.map(({ requestId }) => requestId)).toEqual([undefined, '5', '5']);
  });
});
