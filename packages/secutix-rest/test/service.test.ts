import { afterEach, expect, test } from '@jest/globals';
import { closeAll, connect, emulate, failure, methodsOf, virtualClock } from './harness.ts';

afterEach(closeAll);

test('a service has its methods, with the options of the service, or of the call', async () => {
  const emulator = await emulate();
  const contacts = connect(emulator).service('contactInformationPublicService', {
    version: '2.21',
    headers: { 'x-a': '1' },
  });
  await contacts.getContactData({ contactNumber: '333' });
  await contacts.getContactData({ contactNumber: '333' }, { version: '2.22', headers: undefined });
  await contacts.call('searchContact');
  expect(
    emulator.requests.map(({ path, headers }) => [path.split('/')[4], headers['x-a']]),
  ).toEqual([
    ['v2_21', '1'],
    ['v2_22', '1'],
    ['v2_21', '1'],
  ]);
});

test('its methods can be taken off it', async () => {
  const { getPOSConfig } = connect(await emulate()).service('catalogService');
  const { posConfigData } = await getPOSConfig();
  expect(posConfigData?.posId).toBe(10_228_505_161_000n);
});

test('it starts operations', async () => {
  const clock = virtualClock();
  const emulator = await emulate({ clock, longRunning: { polls: 1 } });
  const operation = await clock.run(
    connect(emulator).service('catalogService', { locale: 'de' }).start('getCatalog'),
  );
  expect(await clock.run(operation.result())).toMatchObject({ statusCode: 'success' });
  expect(emulator.requests.map(({ headers }) => headers['accept-language'])).toEqual(['de', 'de']);
});

test('it tells that it is alive, and why it is not', async () => {
  const emulator = await emulate();
  const secutix = connect(emulator);
  expect(await secutix.service('catalogService').isAlive()).toBe(true);
  expect(await secutix.service('CatalogService').isAlive()).toBe(true);
  expect(methodsOf(emulator)).toEqual(['isCatalogServiceAlive', 'isCatalogServiceAlive']);
  emulator.faults.answer({ status: 403, body: '{"message":"No."}' });
  expect(await failure(secutix.service('catalogService').isAlive())).toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('a service that nobody knows of is reached by call, start and isAlive', async () => {
  const emulator = await emulate({
    methods: {
      'voucherService.isVoucherServiceAlive': () => ({}),
      'voucherService.list': () => ({ vouchers: [] }),
    },
  });
  const vouchers = connect(emulator).service('voucherService', { module: 'tnco', version: '1.2' });
  expect(await vouchers.isAlive()).toBe(true);
  expect(await vouchers.call('list')).toMatchObject({ vouchers: [] });
  expect(emulator.requests.map(({ path }) => path)).toEqual([
    '/tnco/backend-apis/voucherService/v1_2/isVoucherServiceAlive',
    '/tnco/backend-apis/voucherService/v1_2/list',
  ]);
});

test('options that change after service() change nothing', async () => {
  const emulator = await emulate();
  const options = { locale: 'fr' };
  const setup = connect(emulator).service('setupService', options);
  options.locale = 'de';
  await setup.listSeasons();
  expect(emulator.requests[0]?.headers['accept-language']).toBe('fr');
});
