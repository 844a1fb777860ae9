import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import type { SecutixSoapOptions } from '../src/index.ts';
import { refused, startSecutixSoapEmulator } from '../src/testing/index.ts';
import { client, closeAll, closeLater, failure, virtualClock } from './harness.ts';

afterEach(closeAll);

type EmulatorOptions = Parameters<typeof startSecutixSoapEmulator>[0];

/** The emulator with the vendor's own limits, and a client with the default ones, on one clock. */
async function start(emulated?: EmulatorOptions, options?: Partial<SecutixSoapOptions>) {
  const clock = virtualClock();
  const emulator = closeLater(await startSecutixSoapEmulator({ clock, ...emulated }));
  return { clock, emulator, soap: client({ ...emulator.options, clock, ...options }) };
}

test.each(['fixed', 'sliding'] as const)(
  'a vendor whose limit is %s refuses none of 150 calls at once',
  async (kind) => {
    const quota = [{ key: 'service', limit: 60, windowMs: 60_000, kind }] as const;
    const { clock, emulator, soap } = await start({ quota, latencyMs: 200 });
    const contacts = await clock.run(soap.service('ContactInformationPublicService'));
    const calls = Array.from({ length: 150 }, (_, index) =>
      contacts.call('getContactData', { contactNumber: String(301 + (index % 100)) }),
    );
    const results = await clock.run(Promise.all(calls));
    expect(emulator.requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(results.map(({ contactNumber }) => contactNumber)).toEqual(
      results.map((_, index) => String(301 + (index % 100))),
    );
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(120_000);
    expect(clock.monotonicNow()).toBeLessThan(124_000);
  },
);

test('a long catalogue is followed to its end, in this process or another', async () => {
  const { clock, soap, emulator } = await start({ longRunning: { polls: 3 } });
  const catalog = await clock.run(soap.service('CatalogService'));
  const whole = await clock.run(catalog.call('getCatalogDetailed'));
  expect(clock.monotonicNow()).toBeGreaterThanOrEqual(90_000);
  const operation = await clock.run(catalog.start('getCatalog', { seasonCode: '2026' }));
  const json: unknown = JSON.parse(JSON.stringify(operation));
  const other = client({ ...emulator.options, clock });
  const result = await clock.run(other.resume(json).result());
  expect(result).toMatchObject({ statusCode: 'success', catalogData: { seasons: [{}] } });
  expect(whole).toMatchObject({ statusCode: 'success' });
});

test('what an order says is what the vendor has', async () => {
  const { clock, soap } = await start();
  const orders = await clock.run(soap.service('ExternalOrderFacade'));
  const order = {
    orderType: 'SALE',
    pointOfSalesId: 10_228_505_161_000n,
    purchasersInfo: { contactReference: '333' },
    singleEntryAttributionOperations: [
      {
        operationAttributions: [
          {
            performanceId: 9_007_199_254_760_001n,
            audienceSubCategoryId: 306_159_078,
            quantity: 1,
          },
        ],
      },
    ],
  };
  const { orderUpdateData } = await clock.run(orders.call('createOrUpdateOrder', order));
  expect(orderUpdateData).toMatchObject({
    orderId: expect.any(BigInt),
    operationDataUpdates: [{ itemId: 9_007_199_254_760_001n, totalAmount: 30_000n }],
  });
  const history = await clock.run(soap.service('ExternalOrderService'));
  const { orderId } = orderUpdateData as { orderId: bigint };
  expect(await clock.run(history.call('getOrderDetails', { orderId }))).toMatchObject({
    statusCode: 'success',
  });
});

test.each(['Client', 'FailedAuthentication'] as const)(
  'wrong credentials are told apart, as a fault with %s',
  async (authenticationFault) => {
    const { clock, emulator } = await start({ authenticationFault });
    const soap = client({ ...emulator.options, clock, password: 'nothing like it' });
    const catalog = await clock.run(soap.service('CatalogService'));
    expect(await clock.run(failure(catalog.isAlive()))).toMatchObject({ code: 'UNAUTHENTICATED' });
    const monitor = soap.monitor(['CatalogService']);
    const [event] = await clock.run(once(monitor, 'down'));
    expect(event).toMatchObject({ service: 'CatalogService', reason: 'credentials' });
  },
);

test.each([
  [{ security: 'bare' }, {}],
  [{ security: 'passwordText' }, {}],
  [{ soapAction: 'named' }, {}],
  [{ importsSchemas: true }, {}],
  [{ importsSchemas: false }, { mustUnderstand: true }],
  [{ addressOrigin: 'https://mosa.ws.secutix.com' }, {}],
] as [EmulatorOptions, Partial<SecutixSoapOptions>][])(
  'every service is alive with %j and %j',
  async (emulated, options) => {
    const { clock, soap } = await start(emulated, options);
    const names = [
      'CatalogService',
      'AvailabilityService',
      'ExternalOrderFacade',
      'ExternalOrderService',
      'ExternalOrderHistoryService',
      'ExternalPaymentService',
      'ContactInformationPublicService',
      'ContactAuthenticationPublicService',
      'ExternalCampaignService',
      'ExternalAccessControlService',
      'DataExportService',
      'ShipmentPublicService',
    ];
    const alive = names.map(async (name) => (await soap.service(name)).isAlive());
    expect(await clock.run(Promise.all(alive))).toEqual(names.map(() => true));
  },
);

test('a refusal keeps its data', async () => {
  const methods = {
    'setupService.listSeasons': () =>
      refused('error.setup', 'Not today', { seasons: [{ id: 5n, code: '2026' }] }),
  };
  const { clock, soap } = await start({ methods });
  const setup = await clock.run(
    soap.service('SetupService', { package: 'com.secutix.service.setup' }),
  );
  expect(await clock.run(failure(setup.call('listSeasons')))).toMatchObject({
    code: 'OPERATION_FAILED',
    vendorCode: 'error.setup',
    statusDetail: 'Not today',
    details: { seasons: [{ id: 5n, code: '2026' }] },
  });
});
