import type { IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import {
  emulatedBehaviours,
  refused,
  startSecutixSoapEmulator,
  type SecutixSoapEmulator,
  type SecutixSoapEmulatorOptions,
} from '../../src/testing/index.ts';
import { fixture } from '../../../core/test/fixtures/fixture.ts';
import {
  ask,
  call,
  faultOf,
  get,
  pathOf,
  readTree,
  securityHeader,
} from './hand-written-client.ts';

const clock = () => new VirtualClock(new Date('2026-03-01T12:00:00.500Z'));
const getContactData = 'ContactInformationPublicService.getContactData';
const contact333 = '<contactNumber>333</contactNumber>';
const passwordText =
  'Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText"';

let running: SecutixSoapEmulator[] = [];

async function start(options?: SecutixSoapEmulatorOptions): Promise<SecutixSoapEmulator> {
  const emulator = await startSecutixSoapEmulator({ clock: clock(), quota: [], ...options });
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  await Promise.all(running.map((emulator) => emulator.close()));
  running = [];
});

describe('its options', () => {
  test('are those of a client', async () => {
    const emulator = await start({ institution: 'CUBE', username: 'CUBE_ZOE' });
    expect(emulator.options).toEqual({
      institution: 'CUBE',
      username: 'CUBE_ZOE',
      password: 'not-a-secret',
      baseUrl: emulator.url,
    });
  });

  test('refuse what there is not', async () => {
    const misspelt = { pasword: 'x' } as SecutixSoapEmulatorOptions;
    await expect(startSecutixSoapEmulator(misspelt)).rejects.toMatchObject({
      code: 'CONFIGURATION',
      field: 'pasword',
    });
  });

  test('let clients do without gzip', async () => {
    const emulator = await start({ requireGzip: false });
    const headers = { 'accept-encoding': null };
    const answer = await call(emulator, getContactData, contact333, { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  test.each([
    ['bare', '', passwordText],
    ['passwordText', passwordText, ''],
  ] as const)('insist on the form %s, and say so to the client', async (security, right, wrong) => {
    const emulator = await start({ security });
    expect(emulator.options.security).toBe(security);
    const headerWith = (password: string) => securityHeader(emulator.options, { password });
    const accepted = await call(emulator, getContactData, '', { header: headerWith(right) });
    expect(accepted.status).toBe(200);
    const refusal = await call(emulator, getContactData, '', { header: headerWith(wrong) });
    expect(refusal.status).toBe(500);
  });

  test('let an authentication fail in the words of WS-Security', async () => {
    const emulator = await start({ authenticationFault: 'FailedAuthentication' });
    const { text } = await call(emulator, getContactData, contact333, { header: '' });
    expect(faultOf(text)).toMatchObject({ faultcode: 'wsse:FailedAuthentication' });
    expect(text).toContain('xmlns:wsse="http://docs.oasis-open.org/wss/');
  });

  test('let each method have a SOAPAction of its own, which a call must name', async () => {
    const emulator = await start({ soapAction: 'named' });
    const action =
      'http://v2_22.ContactInformationPublicService.service.secutix.com/getContactData';
    const headers = { soapaction: `"${action}"` };
    expect((await call(emulator, getContactData, '', { headers })).status).toBe(200);
    expect((await call(emulator, getContactData)).status).toBe(500);
    const wsdl = await get(emulator, `${pathOf('ContactInformationPublicService')}?wsdl`);
    expect(wsdl.text).toContain(`soapAction="${action}"`);
  });
});

test('without a clock it goes by the computer’s, and takes its time', async () => {
  const emulator = await startSecutixSoapEmulator({ latencyMs: 120 });
  running.push(emulator);
  const before = performance.now();
  expect((await call(emulator, getContactData, contact333)).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  expect(emulator.clock).toBeUndefined();
});

describe('its answers', () => {
  test('are compressed XML', async () => {
    const { headers } = await call(await start(), 'CatalogService.getCatalogDetailed');
    expect(headers['content-encoding']).toBe('gzip');
    expect(headers['content-type']).toBe('text/xml; charset=utf-8');
  });

  test('have the wrapper in the service’s namespace, and nothing else', async () => {
    const { text } = await call(await start(), 'CatalogService.isCatalogServiceAlive');
    expect(text).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>',
        '<ns2:isCatalogServiceAliveResponse',
        ' xmlns:ns2="http://v1_33.CatalogService.service.secutix.com"',
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"><WebMethodResult>',
        '<statusCode>success</statusCode><statusDetail xsi:nil="true"/><requestId xsi:nil="true"/>',
        '</WebMethodResult></ns2:isCatalogServiceAliveResponse></S:Body></S:Envelope>',
      ].join(''),
    );
  });

  test('may take a while', async () => {
    const timed = clock();
    const emulator = await start({ clock: timed, latencyMs: 2_000 });
    const before = timed.now();
    await timed.run(call(emulator, getContactData, contact333));
    expect(timed.now() - before).toBe(2_000);
  });

  test('are dated by its clock, which may be wrong', async () => {
    const emulator = await start({ clockSkewMs: 5_000 });
    const { headers } = await call(emulator, getContactData, contact333);
    expect(headers.date).toBe('Sun, 01 Mar 2026 12:00:05 GMT');
  });
});

describe('its methods', () => {
  test('that it does not imitate are refused, never a success', async () => {
    const answer = await ask(await start(), 'ExternalPaymentService.checkPayment');
    expect(answer).toMatchObject({ statusCode: 'error.emulator.unsupported' });
  });

  test('can be replaced, under either name of their service', async () => {
    const emulator = await start({
      methods: {
        'CatalogService.getCatalog': () => refused('error.forbidden', 'No <&>.'),
        'catalogService.getPOSConfig': () => ({ posConfigData: { posId: 1 } }),
      },
    });
    expect(await ask(emulator, 'CatalogService.getCatalog')).toMatchObject({
      statusCode: 'error.forbidden',
      statusDetail: 'No <&>.',
    });
    expect(await ask(emulator, 'CatalogService.getPOSConfig')).toMatchObject({
      statusCode: 'success',
      posConfigData: { posId: '1' },
    });
  });

  test('that fail are a Server fault with the reason', async () => {
    const emulator = await start({
      methods: {
        [getContactData]: () => {
          throw new Error('ORA-00060: deadlock detected');
        },
      },
    });
    const { status, text } = await call(emulator, getContactData, contact333);
    expect(status).toBe(500);
    expect(faultOf(text)).toEqual({
      faultcode: 'S:Server',
      faultstring: 'ORA-00060: deadlock detected',
      detail: '',
    });
  });

  test('may return maps, dates, bytes, and more than the WSDL declares', async () => {
    const emulator = await start({
      methods: {
        'AvailabilityService.getAvailableThemeAndLanguage': () => ({
          languagesByTheme: { light: 'fr,de', 'a <b>': 'en' },
          added: { count: 3, big: 2n ** 63n - 1n, share: 0.5, when: new Date(0), gone: undefined },
          list: ['a', true, null],
        }),
        'CatalogService.getLastSetupUpdate': () => ({ lastSetupUpdate: new Date(86_400_000) }),
        'ExternalOrderService.getFileAttachment': () => ({
          fileAttachment: { data: Buffer.from('Grüezi'), fileName: null },
        }),
      },
    });
    const map = await call(emulator, 'AvailabilityService.getAvailableThemeAndLanguage');
    expect(map.text).toContain(
      [
        '<languagesByTheme><entry><key>light</key><value>fr,de</value></entry>',
        '<entry><key>a &lt;b&gt;</key><value>en</value></entry></languagesByTheme>',
        '<added><count xsi:type="xs:long">3</count>',
        '<big xsi:type="xs:long">9223372036854775807</big>',
        '<share xsi:type="xs:double">0.5</share>',
        '<when xsi:type="xs:dateTime">1970-01-01T00:00:00.000Z</when></added>',
        '<list>a</list><list xsi:type="xs:boolean">true</list><list xsi:nil="true"/>',
        '</ThemeAndLanguageResult>',
      ].join(''),
    );
    expect(await ask(emulator, 'CatalogService.getLastSetupUpdate')).toMatchObject({
      lastSetupUpdate: '1970-01-02T00:00:00.000+00:00',
    });
    const attachment = await call(emulator, 'ExternalOrderService.getFileAttachment');
    expect(attachment.text).toContain('<fileAttachment><data>R3LDvGV6aQ==</data></fileAttachment>');
  });

  test.each([
    [{ posConfigData: { posId: 'one' } }, 'POSConfigResult.posConfigData.posId'],
    [{ posConfigData: { posId: 5.5 } }, 'POSConfigResult.posConfigData.posId'],
    [{ posConfigData: {} }, 'POSConfigResult.posConfigData.posId'],
    [{ posConfigData: 'MOSA' }, 'POSConfigResult.posConfigData'],
    [
      { posConfigData: { posId: 1, languageList: 'fr' } },
      'POSConfigResult.posConfigData.languageList',
    ],
    [
      { posConfigData: { posId: 1, mainLanguage: '\u{0}' } },
      'POSConfigResult.posConfigData.mainLanguage',
    ],
    [{ 'a b': 1 }, 'POSConfigResult.a b'],
    [{ added: Symbol('a') }, 'POSConfigResult.added'],
  ])('that return %p are a fault that names the member', async (returned, path) => {
    const emulator = await start({ methods: { 'CatalogService.getPOSConfig': () => returned } });
    const { status, text } = await call(emulator, 'CatalogService.getPOSConfig');
    expect(status).toBe(500);
    expect(faultOf(text)).toMatchObject({
      faultcode: 'S:Server',
      faultstring: expect.stringContaining(`\`${path}\``),
    });
  });

  test('can be added to any service, and take whatever they are sent', async () => {
    const received: unknown[] = [];
    const emulator = await start({
      methods: {
        'QuestionnaireService.getQuestionnaire': (parameters) => {
          received.push(parameters);
          return { answer: 42n };
        },
      },
    });
    const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    const parameters = `<a ${xs} ${xsi} xsi:type="xs:long">9007199254740993</a><b><c>1</c><c>2</c></b><d ${xsi} xsi:nil="true"/>`;
    const answer = await ask(emulator, 'QuestionnaireService.getQuestionnaire', parameters);
    expect(received).toEqual([{ a: 9_007_199_254_740_993n, b: { c: ['1', '2'] }, d: null }]);
    expect(answer).toEqual({
      statusCode: 'success',
      statusDetail: null,
      requestId: null,
      answer: '42',
    });
    const wsdl = await get(emulator, `${pathOf('QuestionnaireService')}?wsdl`);
    expect(wsdl.text).toContain('<operation name="getQuestionnaire">');
    expect(wsdl.text).toContain('<operation name="isQuestionnaireServiceAlive">');
  });

  test('can have parameters of their own, which the WSDL declares', async () => {
    const received: unknown[] = [];
    const emulator = await start({
      methods: {
        'catalogService.getSeats': (parameters) => {
          received.push(parameters);
          return {};
        },
      },
      parameters: {
        'CatalogService.getSeats': { areaIds: 'long*', prices: 'Price', code: 'string!~' },
      },
    });
    const parameters =
      '<areaIds>1</areaIds><areaIds>2</areaIds><prices><amount>5</amount></prices><code/>';
    await ask(emulator, 'CatalogService.getSeats', parameters);
    expect(received).toEqual([{ areaIds: [1n, 2n], prices: { amount: 5n }, code: '' }]);
    const { text } = await call(emulator, 'CatalogService.getSeats', '<areaIds>1</areaIds>');
    expect(faultOf(text)).toMatchObject({ detail: { element: 'code' } });
    const wsdl = await get(emulator, `${pathOf('CatalogService')}?wsdl`);
    expect(wsdl.text).toContain('<xs:element name="code" nillable="true" type="xs:string"/>');
  });

  test('can be sent maps, which come as lists of entries', async () => {
    const received: unknown[] = [];
    const emulator = await start({
      methods: {
        'CatalogService.getSeats': (parameters) => {
          received.push(parameters);
          return {};
        },
      },
      parameters: { 'CatalogService.getSeats': { filter: 'LanguagesByTheme' } },
    });
    const entries =
      '<entry><key>__proto__</key><value>b</value></entry><entry><key>c</key></entry>';
    await ask(emulator, 'CatalogService.getSeats', `<filter>${entries}</filter>`);
    const { filter } = received[0] as { filter: object };
    expect(Object.entries(filter)).toEqual([
      ['__proto__', 'b'],
      ['c', null],
    ]);
    for (const [wrong, element] of [
      ['<a/>', 'filter.a'],
      ['<entry/>', 'filter.entry[0].key'],
      ['<entry><key>a</key><value><b/></value></entry>', 'filter.entry[0].value'],
    ]) {
      const { text } = await call(emulator, 'CatalogService.getSeats', `<filter>${wrong}</filter>`);
      expect(faultOf(text)).toMatchObject({ detail: { element } });
    }
  });

  test('can be asked with other parameters than is assumed', async () => {
    const emulator = await start({
      parameters: { 'SetupService.getProductDetails': { code: 'string' } },
    });
    const answer = await ask(emulator, 'SetupService.getProductDetails', '<code>A</code>');
    expect(answer).toMatchObject({ statusCode: 'error.emulator.unsupported' });
  });

  test('cannot have parameters of a type that there is not', async () => {
    const parameters = { 'CatalogService.getSeats': { code: 'text' } };
    await expect(startSecutixSoapEmulator({ parameters })).rejects.toMatchObject({
      code: 'CONFIGURATION',
      field: 'parameters.CatalogService.getSeats.code',
    });
  });

  test('of a service that nothing but its name is known of are nowhere otherwise', async () => {
    const emulator = await start();
    expect((await call(emulator, 'QuestionnaireService.getQuestionnaire')).status).toBe(404);
  });

  test('take a requestId in front, though their schema has none', async () => {
    const emulator = await start({ longRunning: { polls: 1, operations: [getContactData] } });
    const started = await ask(emulator, getContactData, contact333);
    const { requestId } = started as { requestId: string };
    const poll = `<requestId>${requestId}</requestId>${contact333}`;
    expect(await ask(emulator, getContactData, poll)).toMatchObject({
      statusCode: 'success',
      requestId,
      contactNumber: '333',
    });
  });
});

describe('its limits', () => {
  const alive = 'CatalogService.isCatalogServiceAlive';
  const wsdl = `${pathOf('CatalogService')}?wsdl`;

  test('are the vendor’s: 60 calls of a service in a minute, then HTML', async () => {
    const timed = clock();
    const emulator = await startSecutixSoapEmulator({ clock: timed });
    running.push(emulator);
    for (let count = 0; count < 60; count += 1) {
      expect((await call(emulator, alive)).status).toBe(200);
    }
    const { status, headers, text } = await call(emulator, alive);
    expect(status).toBe(509);
    expect(headers['content-type']).toContain('text/html');
    expect(text).toContain('Bandwidth Limit Exceeded');
    expect((await call(emulator, getContactData, contact333)).status).toBe(200);
    expect(emulator.state.quotaRefusals).toBe(1);
    await timed.advance(60_000);
    expect((await call(emulator, alive)).status).toBe(200);
  });

  test('are one for all versions of a service', async () => {
    const emulator = await start({ quota: [{ key: 'service', limit: 1, windowMs: 60_000 }] });
    const path = pathOf('CatalogService').replace('v1_33', 'v1_26');
    const namespace = 'http://v1_26.CatalogService.service.secutix.com';
    expect((await call(emulator, alive, '', { path, namespace })).status).toBe(200);
    expect((await call(emulator, alive)).status).toBe(509);
  });

  test('count WSDLs, wrong calls and unknown addresses', async () => {
    const emulator = await start({ quota: [{ key: 'institution', limit: 3, windowMs: 60_000 }] });
    expect((await get(emulator, wsdl)).status).toBe(200);
    expect((await call(emulator, alive, '', { header: '' })).status).toBe(500);
    expect((await call(emulator, alive, '', { path: '/' })).status).toBe(404);
    expect((await get(emulator, wsdl)).status).toBe(509);
  });

  test('count one getCatalogDetailed in ten minutes, and not what continues it', async () => {
    const emulator = await startSecutixSoapEmulator({ clock: clock(), longRunning: { polls: 2 } });
    running.push(emulator);
    const detailed = 'CatalogService.getCatalogDetailed';
    const { requestId } = (await ask(emulator, detailed)) as { requestId: string };
    const poll = `<requestId>${requestId}</requestId>`;
    expect(await ask(emulator, detailed, poll)).toMatchObject({ statusCode: 'in_progress' });
    expect(await ask(emulator, detailed, poll)).toMatchObject({ statusCode: 'success' });
    expect((await call(emulator, detailed)).status).toBe(509);
    expect((await call(emulator, 'CatalogService.getCatalog')).status).toBe(200);
  });
});

describe('over TLS', () => {
  test('its WSDL says https, and its own host', async () => {
    const tls = { key: fixture('server-key.pem'), cert: fixture('server.pem') };
    const emulator = await start({ tls });
    const path = pathOf('ContactInformationPublicService');
    const url = `${emulator.url}${path}`;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpsGet(`${url}?wsdl`, { ca: fixture('authority.pem') }, resolve).on('error', reject);
    });
    const wsdl = await text(response);
    expect(url).toMatch(/^https:/);
    expect(wsdl).toContain(`location="${url}"`);
    expect(wsdl).toContain(`schemaLocation="${url}?xsd=1"`);
  });
});

describe('its faults', () => {
  test('are met by the next call', async () => {
    const emulator = await start();
    emulator.faults.next('nc');
    await expect(call(emulator, getContactData, contact333)).rejects.toThrow('socket hang up');
    expect((await call(emulator, getContactData, contact333)).status).toBe(200);
    expect(emulator.requests).toHaveLength(2);
  });
});

describe('its state', () => {
  test('is always up to date', async () => {
    const emulator = await start();
    const { state } = emulator;
    await get(emulator, `${pathOf('ContactInformationPublicService')}?wsdl`);
    await get(emulator, `${pathOf('ContactInformationPublicService')}?xsd=1`);
    await call(emulator, getContactData, contact333, { header: '' });
    await call(emulator, getContactData, contact333);
    expect(state).toMatchObject({
      contacts: 160,
      orders: [],
      documentsGiven: 2,
      authenticationRefusals: 1,
      quotaRefusals: 0,
      submissions: { 'contactInformationPublicService.getContactData': 1 },
    });
  });
});

test('its rules are told, each once, each with where it is known from', () => {
  const rules = emulatedBehaviours.map(({ rule }) => rule);
  expect(new Set(rules).size).toBe(rules.length);
  for (const { basis, source } of emulatedBehaviours) {
    expect(['documented', 'assumed']).toContain(basis);
    expect(source).not.toBe('');
  }
});

test('its refusals below SOAP are short texts', async () => {
  const { headers, text } = await call(await start(), getContactData, '', { path: '/' });
  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(() => readTree(text)).toThrow('text data outside of root node');
});
