import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import { canaries } from '../../../../tooling/canary/secrets.ts';
import { startSecutixSoapEmulator, type SecutixSoapEmulator } from '../../src/testing/index.ts';
import {
  ask,
  call,
  faultOf,
  namespaceOf,
  pathOf,
  securityHeader,
  type Deviations,
} from './hand-written-client.ts';

const getContactData = 'ContactInformationPublicService.getContactData';
const contact333 = '<contactNumber>333</contactNumber>';
const contactPath = pathOf('ContactInformationPublicService');
const { password } = canaries;
const passwordText =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText';
const passwordDigest = passwordText.replace('Text', 'Digest');

let emulator: SecutixSoapEmulator;

beforeEach(async () => {
  const clock = new VirtualClock(new Date('2026-03-01T12:00:00.500Z'));
  emulator = await startSecutixSoapEmulator({
    clock,
    password,
    longRunning: { polls: 2 },
    quota: [],
  });
});
afterEach(() => emulator.close());

/** The fault that a call is answered with. */
async function fault(
  operation: string,
  parameters: string,
  deviations?: Deviations,
): Promise<unknown> {
  const { status, text, headers } = await call(emulator, operation, parameters, deviations);
  expect(status).toBe(500);
  expect(headers['content-type']).toBe('text/xml; charset=utf-8');
  return faultOf(text);
}

describe('a right client', () => {
  test.each([
    ['a bare security header', {}],
    ['a PasswordText', { password: `Type="${passwordText}"` }],
    [
      'one that must be understood',
      {
        security: 'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" e:mustUnderstand="1"',
        password: `Type="${passwordText}"`,
      },
    ],
  ])('with %s is served', async (_, attributes) => {
    const header = securityHeader(emulator.options, attributes);
    expect(await ask(emulator, getContactData, contact333, { header })).toMatchObject({
      statusCode: 'success',
      individualContact: { contactNumber: '333' },
    });
  });

  test('may write its elements in any other way that means the same', async () => {
    const body = `<?xml version='1.0'?>
      <!-- a comment -->
      <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespaceOf('ContactInformationPublicService')}">
        <soapenv:Header>${securityHeader(emulator.options)}</soapenv:Header>
        <soapenv:Body><getContactData>
          <contactNumber xmlns="" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xmlns:x="http://www.w3.org/2001/XMLSchema" xsi:type="x:string"><![CDATA[3]]>&#51;3</contactNumber>
        </getContactData></soapenv:Body>
      </soapenv:Envelope>`;
    expect(await ask(emulator, getContactData, '', { body })).toMatchObject({
      statusCode: 'success',
      contactNumber: '333',
    });
  });

  test('may compress what it sends', async () => {
    const { username, password: secret } = emulator.options;
    const header = securityHeader({ username, password: secret });
    const body = gzipSync(
      `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header>${header}</S:Header><S:Body><v:getContactData xmlns:v="${namespaceOf('ContactInformationPublicService')}">${contact333}</v:getContactData></S:Body></S:Envelope>`,
    );
    const headers = { 'content-encoding': 'gzip' };
    expect(await ask(emulator, getContactData, '', { body, headers })).toMatchObject({
      statusCode: 'success',
    });
  });

  test('may send headers that need not be understood, or are for others', async () => {
    const soap = 'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" e:mustUnderstand="1"';
    const others = `<a:Trace xmlns:a="urn:a">1</a:Trace><a:Trace xmlns:a="urn:a" ${soap} e:actor="urn:b"/>`;
    const header = `${others}${securityHeader(emulator.options)}`;
    expect(await ask(emulator, getContactData, contact333, { header })).toMatchObject({
      statusCode: 'success',
    });
  });
});

describe('a wrong client fails: its security header', () => {
  const header = (name: string, secret: string, attributes = '') =>
    securityHeader({ username: name, password: secret }, { password: attributes });

  test.each<[string, () => string]>([
    ['is not there', () => ''],
    ['is empty', () => securityHeader(emulator.options).replace(/<wsse:U.*UsernameToken>/, '')],
    ['is of another namespace', () => right().replace('secext-1.0', 'secext-1.1')],
    ['is for another actor', () => right().replace('wsse:Security ', `wsse:Security ${actor} `)],
    ['is there twice', () => right().repeat(2)],
    ['has two tokens', () => right().replace(/<wsse:U.*UsernameToken>/, '$&$&')],
    ['names nobody', () => right().replace(/<wsse:Username>.*<\/wsse:Username>/, '')],
    ['has no password', () => right().replace(/<wsse:Password .*<\/wsse:Password>/, '')],
    ['names another user', () => header('MOSA_BOX', password)],
    ['names the user in small letters', () => header('mosa_b2c', password)],
    ['has another password', () => header('MOSA_B2C', `${password}!`)],
    ['has a part of the password', () => header('MOSA_B2C', password.slice(0, -1))],
    ['has a space too many', () => header('MOSA_B2C', ` ${password}`)],
    ['has a digest', () => header('MOSA_B2C', password, `Type="${passwordDigest}"`)],
    ['has an unknown kind of password', () => header('MOSA_B2C', password, 'Type="PasswordText"')],
  ])('%s', async (_, make) => {
    expect(await fault(getContactData, contact333, { header: make() })).toEqual({
      faultcode: 'S:Client',
      faultstring: expect.stringMatching(/^Authentication failed\. /),
    });
    expect(emulator.state.authenticationRefusals).toBe(1);
  });

  test('is checked by is…Alive too', async () => {
    const alive = 'CatalogService.isCatalogServiceAlive';
    expect(await ask(emulator, alive)).toMatchObject({ statusCode: 'success' });
    expect(await fault(alive, '', { header: '' })).toMatchObject({ faultcode: 'S:Client' });
  });

  const actor = 'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" e:actor="urn:other"';
  const right = () => securityHeader(emulator.options);
});

describe('a wrong client fails: its envelope', () => {
  test('is one of SOAP 1.2', async () => {
    const soap = 'http://www.w3.org/2003/05/soap-envelope';
    expect(await fault(getContactData, contact333, { soap })).toMatchObject({
      faultcode: 'S:VersionMismatch',
    });
  });

  const envelope = (content: string) =>
    `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">${content}</S:Envelope>`;

  test.each([
    ['nothing', ''],
    ['JSON', '{"contactNumber":"333"}'],
    ['cut', envelope('<S:Body/>').slice(0, -3)],
    ['another element', '<getContactData/>'],
    ['empty', envelope('')],
    ['without a Body', envelope('<S:Header/>')],
    ['with an empty Body', envelope('<S:Body/>')],
    ['with two Bodies', envelope('<S:Body><a/></S:Body><S:Body><a/></S:Body>')],
    ['with two elements in the Body', envelope('<S:Body><a/><a/></S:Body>')],
    ['with text in the Body', envelope('<S:Body>hello<a/></S:Body>')],
    ['with the Header behind', envelope('<S:Body><a/></S:Body><S:Header/>')],
    ['with a document type', `<!DOCTYPE a>${envelope('<S:Body><a/></S:Body>')}`],
    ['with an unknown entity', envelope('<S:Body><a>&nbsp;</a></S:Body>')],
    ['with a Body of no namespace', envelope('<Body><a/></Body>')],
    ['in bytes that are not UTF-8', Buffer.from(envelope('<S:Body><a>é</a></S:Body>'), 'latin1')],
  ])('is %s', async (_, body) => {
    expect(await fault(getContactData, '', { body })).toMatchObject({ faultcode: 'S:Client' });
  });

  test('does not know whether a header must be understood', async () => {
    const soap = 'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" e:mustUnderstand="yes"';
    const header = securityHeader(emulator.options, { security: soap });
    expect(await fault(getContactData, contact333, { header })).toMatchObject({
      faultcode: 'S:Client',
    });
  });

  test('has a header that must be understood, and is not', async () => {
    const soap = 'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" e:mustUnderstand="1"';
    const header = `${securityHeader(emulator.options)}<a:Session xmlns:a="urn:a" ${soap}/>`;
    expect(await fault(getContactData, contact333, { header })).toEqual({
      faultcode: 'S:MustUnderstand',
      faultstring: 'The header `Session` is not understood.',
    });
  });
});

describe('a wrong client fails: the element in its Body', () => {
  test.each([
    ['is of no namespace', ''],
    [
      'lacks the slash at the end',
      'http://v2_22.ContactInformationPublicService.service.secutix.com',
    ],
    ['is of another version', 'http://v2_21.ContactInformationPublicService.service.secutix.com/'],
    ['is of another service', 'http://v2_22.CatalogService.service.secutix.com/'],
  ])('%s', async (_, namespace) => {
    const body =
      namespace === ''
        ? `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header>${securityHeader(emulator.options)}</S:Header><S:Body><getContactData/></S:Body></S:Envelope>`
        : undefined;
    const deviations = body === undefined ? { namespace } : { body };
    expect(await fault(getContactData, '', deviations)).toMatchObject({ faultcode: 'S:Client' });
  });

  test.each(['getContact', 'GetContactData', 'getContactDataResponse', 'constructor'])(
    'names no method: %s',
    async (method) => {
      const operation = `ContactInformationPublicService.${method}`;
      expect(await fault(operation, contact333)).toMatchObject({ faultcode: 'S:Client' });
    },
  );
});

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const update = 'ExternalOrderFacade.createOrUpdateOrder';
const attribution = (content: string) =>
  `<singleEntryAttributionOperations><operationAttributions>${content}</operationAttributions></singleEntryAttributionOperations>`;
const inAttribution = 'singleEntryAttributionOperations[0].operationAttributions[0]';

describe('a wrong client fails: its parameters', () => {
  test.each([
    ['one there is not', getContactData, `${contact333}<language>fr</language>`, 'language'],
    ['one misspelt', getContactData, '<contactnumber>333</contactnumber>', 'contactnumber'],
    [
      'in another order',
      getContactData,
      `<details>GENERAL</details>${contact333}`,
      'contactNumber',
    ],
    ['twice', getContactData, contact333.repeat(2), 'contactNumber'],
    [
      'with a namespace',
      getContactData,
      `<contactNumber xmlns="${namespaceOf('ContactInformationPublicService')}">333</contactNumber>`,
      'contactNumber',
    ],
    ['with a prefix', getContactData, '<v:contactNumber>333</v:contactNumber>', 'contactNumber'],
    ['with elements', getContactData, '<contactNumber><a/></contactNumber>', 'contactNumber'],
    [
      'with an attribute',
      getContactData,
      '<contactNumber a="1">333</contactNumber>',
      'contactNumber',
    ],
    ['nil', getContactData, `<contactNumber xsi:nil="true" ${xsi}/>`, 'contactNumber'],
    ['nil and not empty', update, `<requestId xsi:nil="true" ${xsi}>1</requestId>`, 'requestId'],
    [
      'of another type',
      getContactData,
      `<contactNumber xsi:type="x:int" ${xsi} xmlns:x="http://www.w3.org/2001/XMLSchema">333</contactNumber>`,
      'contactNumber',
    ],
    ['out of no list', getContactData, '<details>EVERYTHING</details>', 'details[0]'],
    [
      'out of no list at the end',
      getContactData,
      '<details>GENERAL</details><details/>',
      'details[1]',
    ],
    ['a text in front', update, 'hello', ''],
    [
      'with an exponent for a long',
      update,
      '<pointOfSalesId>1.0E13</pointOfSalesId>',
      'pointOfSalesId',
    ],
    [
      'with a fraction for a long',
      update,
      '<pointOfSalesId>5.0</pointOfSalesId>',
      'pointOfSalesId',
    ],
    ['beyond 64 bits', update, `<pointOfSalesId>${2n ** 63n}</pointOfSalesId>`, 'pointOfSalesId'],
    ['empty for a long', update, '<pointOfSalesId/>', 'pointOfSalesId'],
    [
      '[object Object]',
      update,
      '<pointOfSalesId>[object Object]</pointOfSalesId>',
      'pointOfSalesId',
    ],
    [
      'without what must be there',
      update,
      attribution('<performanceId>9007199254760001</performanceId>'),
      `${inAttribution}.quantity`,
    ],
    [
      'in another order within',
      update,
      attribution('<quantity>1</quantity><audienceSubCategoryId>1</audienceSubCategoryId>'),
      `${inAttribution}.audienceSubCategoryId`,
    ],
    [
      'beyond 32 bits for an int',
      update,
      attribution('<quantity>2147483648</quantity>'),
      `${inAttribution}.quantity`,
    ],
    [
      'True for a boolean',
      'ExternalOrderService.closeOrder',
      '<generateBarCodes>True</generateBarCodes>',
      'generateBarCodes',
    ],
    ['an empty date', 'DataExportService.flagItems', '<flagDate></flagDate>', 'flagDate'],
    [
      'a date without a time',
      'DataExportService.flagItems',
      '<flagDate>2026-07-01</flagDate>',
      'flagDate',
    ],
    [
      'a date that no calendar has',
      'DataExportService.flagItems',
      '<flagDate>2026-02-30T00:00:00Z</flagDate>',
      'flagDate',
    ],
    [
      'a date of JavaScript',
      'DataExportService.flagItems',
      '<flagDate>Thu Jan 01 2026 01:00:00 GMT+0100</flagDate>',
      'flagDate',
    ],
    [
      'data that are not base64',
      'ExternalOrderService.uploadFileAttachment',
      '<printableFileAttachmentData><data>abc</data></printableFileAttachmentData>',
      'printableFileAttachmentData.data',
    ],
  ])('%s', async (_, operation, parameters, path) => {
    const expected = { faultcode: 'S:Client', detail: path === '' ? '' : { element: path } };
    expect(await fault(operation, parameters)).toMatchObject(expected);
    expect(emulator.state.orders).toEqual([]);
  });
});

describe('a wrong client fails: its address', () => {
  test.each([
    ['another module', contactPath.replace('tnco', 'tnseb')],
    ['an unknown module', contactPath.replace('tnco', 'tnxx')],
    ['another package', contactPath.replace('service.contact', 'service.contacts')],
    ['no package', '/tnco/external-remoting/v2_22.ContactInformationPublicService.webservice'],
    ['an unknown version', contactPath.replace('v2_22', 'v2_99')],
    ['a dotted version', contactPath.replace('v2_22', 'v2.22')],
    ['the REST name', contactPath.replace('Contact', 'contact')],
    ['an unknown service', contactPath.replace('ContactInformation', 'Contact')],
    ['no ending', contactPath.replace('.webservice', '')],
    ['a slash at the end', `${contactPath}/`],
    ['the root', '/'],
  ])('has %s', async (_, path) => {
    const { status } = await call(emulator, getContactData, contact333, { path });
    expect(status).toBe(404);
  });

  test.each(['GET', 'PUT', 'DELETE'])('is called with %s', async (method) => {
    const { status, headers } = await call(emulator, getContactData, contact333, { method });
    expect(status).toBe(405);
    expect(headers.allow).toBe('POST');
  });
});

describe('a wrong client fails: its HTTP headers', () => {
  test.each([null, '', 'identity', 'none', 'deflate', 'br', 'gzip;q=0', 'xgzip'])(
    'do not offer gzip: Accept-Encoding is %j',
    async (value) => {
      const headers = { 'accept-encoding': value };
      const { status, text } = await call(emulator, getContactData, contact333, { headers });
      expect(status).toBe(400);
      expect(text).toContain('gzip');
    },
  );

  test.each([
    null,
    'application/soap+xml; charset=utf-8',
    'application/xml',
    'text/plain',
    'text/xml; charset=iso-8859-1',
  ])('do not announce SOAP 1.1 in UTF-8: Content-Type is %j', async (value) => {
    const headers = { 'content-type': value };
    expect((await call(emulator, getContactData, contact333, { headers })).status).toBe(415);
  });

  test.each([null, '', 'getContactData', '"getContactData"', "''"])(
    'do not say what the WSDL says: SOAPAction is %j',
    async (value) => {
      const headers = { soapaction: value };
      expect(await fault(getContactData, contact333, { headers })).toMatchObject({
        faultcode: 'S:Client',
        faultstring: expect.stringContaining('SOAPAction'),
      });
    },
  );
});

describe('a wrong client fails: with work in progress it', () => {
  const catalogue = 'CatalogService.getCatalog';
  const season = '<seasonCode>2026</seasonCode>';

  async function submit(): Promise<string> {
    const answer = await ask(emulator, catalogue, season);
    expect(answer).toEqual({
      statusCode: 'in_progress',
      statusDetail: null,
      requestId: expect.stringMatching(/^\d+$/),
    });
    return (answer as { requestId: string }).requestId;
  }

  test('forgets the requestId, and submits again and again', async () => {
    await submit();
    for (let round = 0; round < 5; round += 1) {
      expect(await ask(emulator, catalogue, season)).toMatchObject({ statusCode: 'in_progress' });
    }
    expect(emulator.state.submissions).toEqual({ 'catalogService.getCatalog': 6 });
  });

  test('sends the requestId as nil, and submits again', async () => {
    await submit();
    const nil = `<requestId xsi:nil="true" ${xsi}/>${season}`;
    expect(await ask(emulator, catalogue, nil)).toMatchObject({ statusCode: 'in_progress' });
    expect(emulator.state.submissions).toEqual({ 'catalogService.getCatalog': 2 });
  });

  test('loses the last digit of the requestId to a floating-point number', async () => {
    const requestId = Number(await submit());
    const answer = await ask(emulator, catalogue, `<requestId>${requestId}</requestId>${season}`);
    expect(answer).toMatchObject({ statusCode: 'error.request.unknown' });
  });

  test('sends the requestId behind the others', async () => {
    const parameters = `${season}<requestId>${await submit()}</requestId>`;
    expect(await fault(catalogue, parameters)).toMatchObject({ detail: { element: 'requestId' } });
  });

  test.each([
    ['forgets', ''],
    ['changes', '<seasonCode>2027</seasonCode>'],
    ['adds', `${season}<productCode>LIGHT</productCode>`],
  ])('%s parameters', async (_, parameters) => {
    const poll = `<requestId>${await submit()}</requestId>${parameters}`;
    expect(await fault(catalogue, poll)).toMatchObject({ faultcode: 'S:Client' });
  });

  test('takes the requestId to another method', async () => {
    const poll = `<requestId>${await submit()}</requestId>${season}`;
    const answer = await ask(emulator, 'CatalogService.getCatalogDetailed', poll);
    expect(answer).toMatchObject({ statusCode: 'error.request.unknown' });
  });

  test('and does it right, and is served', async () => {
    const poll = `<requestId>${await submit()}</requestId>${season}`;
    expect(await ask(emulator, catalogue, poll)).toMatchObject({ statusCode: 'in_progress' });
    expect(await ask(emulator, catalogue, poll)).toMatchObject({
      statusCode: 'success',
      catalogData: { seasons: { code: '2026' } },
    });
  });
});

test('no client learns the password, or what it sent, from a refusal', async () => {
  const { options } = emulator;
  const refusals = [
    await call(emulator, getContactData, contact333, {
      header: securityHeader({ ...options, password: `${password}!` }),
    }),
    await call(emulator, getContactData, `<contactNumber>${'9'.repeat(20)}</contactNumber><x/>`),
    await call(emulator, getContactData, contact333, { body: `<a>${options.username}` }),
  ];
  for (const { status, text } of refusals) {
    expect(status).toBe(500);
    expect(text).not.toContain(password.slice(0, 6));
    expect(text).not.toContain(options.username);
    expect(text).not.toContain('9999');
  }
});
