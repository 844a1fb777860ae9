import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { EmulatorAnswer, VirtualClock } from '@vendorkit/core/testing';
import type {
  DownEvent,
  EventMap,
  SecutixSoapOptions,
  SoapMonitor,
  UpEvent,
} from '../src/index.ts';
import {
  clientOf,
  closeAll,
  failure,
  faultOf,
  resultOf,
  startVendor,
  success,
  thrown,
  virtualClock,
  wsdlOf,
  type ReadRequest,
} from './harness.ts';

afterEach(closeAll);

type Answering = (request: ReadRequest) => EmulatorAnswer | Promise<EmulatorAnswer>;

/** A client whose vendor answers as a test says, on a virtual clock. */
async function watched(options: Partial<SecutixSoapOptions> = {}) {
  const clock = virtualClock();
  const behaviour: { answer: Answering } = { answer: (request) => success(request) };
  const vendor = await startVendor({ clock, answer: (request) => behaviour.answer(request) });
  const warnings: EventMap['warning'][] = [];
  const soap = clientOf(vendor, {
    clock,
    retry: { attempts: 1 },
    hooks: { warning: (event) => warnings.push(event) },
    ...options,
  });
  return { clock, behaviour, vendor, soap, warnings };
}

/** Everything that a monitor tells, `probe` excepted. */
function changesOf(monitor: SoapMonitor): (UpEvent | DownEvent)[] {
  const events: (UpEvent | DownEvent)[] = [];
  const tell = (event: UpEvent | DownEvent) => events.push(event);
  monitor.on('up', tell).on('down', tell);
  return events;
}

const nextProbe = async (monitor: SoapMonitor, clock: VirtualClock) => {
  const [event] = await clock.run(once(monitor, 'probe'));
  return event as UpEvent | DownEvent;
};

const summary = (events: readonly (UpEvent | DownEvent)[]) =>
  events.map((event) => (event.state === 'up' ? 'up' : event.reason));

test('a service is probed at once, and the first result is told', async () => {
  const { clock, soap, vendor } = await watched();
  const startedAt = clock.now();
  const monitor = soap.monitor(['CatalogService']);
  const events = changesOf(monitor);
  const probe = await nextProbe(monitor, clock);
  expect(probe).toEqual({
    state: 'up',
    service: 'CatalogService',
    version: '1.33',
    latencyMs: expect.any(Number),
    at: new Date(startedAt),
  });
  expect(events).toEqual([probe]);
  expect(vendor.calls.map(({ method }) => method)).toEqual(['isCatalogServiceAlive']);
});

test('a probe comes every five minutes, and only changes are told', async () => {
  const { clock, soap, behaviour, vendor } = await watched();
  const monitor = soap.monitor(['CatalogService']);
  const events = changesOf(monitor);
  const startedAt = clock.monotonicNow();
  const at: number[] = [];
  const probe = async (answer: Answering) => {
    behaviour.answer = answer;
    await nextProbe(monitor, clock);
    at.push(clock.monotonicNow() - startedAt);
  };
  const up: Answering = (request) => success(request);
  const fault: Answering = () => faultOf('S:Server', 'Oops');
  const refusal: Answering = (request) => resultOf(request, '<statusCode>error.x</statusCode>');
  const credentials: Answering = () => ({ status: 401 });
  for (const answer of [up, up, fault, refusal, credentials, credentials, up, up]) {
    await probe(answer);
  }
  expect(at).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((index) => index * 300_000));
  // A fault and a refusal are both the vendor's doing: the reason did not change.
  expect(summary(events)).toEqual(['up', 'vendor', 'credentials', 'up']);
  expect(events[1]).toMatchObject({
    state: 'down',
    reason: 'vendor',
    error: { code: 'SOAP_FAULT', operation: 'CatalogService.isCatalogServiceAlive' },
  });
  expect(vendor.downloads).toHaveLength(1);
});

describe('the reason of a failure is', () => {
  test.each<[string, Answering]>([
    ['credentials', () => ({ status: 401 })],
    ['credentials', () => ({ status: 403 })],
    ['credentials', () => faultOf('S:Client', 'Authentication failed')],
    ['quota', () => ({ status: 509, body: '<html>' })],
    ['quota', () => ({ status: 429 })],
    ['vendor', () => ({ status: 503 })],
    ['vendor', () => ({ status: 404 })],
    ['vendor', () => faultOf('S:Server', 'Oops')],
    ['vendor', () => ({ status: 200, body: '<html/>' })],
    ['vendor', (request) => resultOf(request, '<statusCode>error</statusCode>')],
  ])('%s', async (reason, answer) => {
    const { clock, soap, behaviour } = await watched();
    behaviour.answer = answer;
    const probe = await nextProbe(soap.monitor(['CatalogService']), clock);
    expect(probe).toMatchObject({ state: 'down', reason });
  });

  test('network, if the vendor cannot be reached or does not answer', async () => {
    const { clock, soap, vendor } = await watched();
    const monitor = soap.monitor(['CatalogService'], { interval: 60_000 });
    await nextProbe(monitor, clock);
    for (const mode of ['nc', 'na', 'n'] as const) {
      vendor.faults.next(mode);
      expect(await nextProbe(monitor, clock)).toMatchObject({ state: 'down', reason: 'network' });
    }
    // A vendor that does not answer costs a probe no more than the interval.
    const silent = await nextProbe(monitor, clock);
    expect(silent.state).toBe('up');
    await vendor.close();
    const gone = await nextProbe(monitor, clock);
    expect(gone).toMatchObject({ reason: 'network', error: { code: 'CONNECTION' } });
  });

  test('quota, if other calls have used it up', async () => {
    const quota = [{ key: 'service', limit: 2, windowMs: 600_000 }] as const;
    const { clock, soap } = await watched({ quota });
    const monitor = soap.monitor(['CatalogService'], { interval: 60_000 });
    expect((await nextProbe(monitor, clock)).state).toBe('up');
    expect(await nextProbe(monitor, clock)).toMatchObject({
      state: 'down',
      reason: 'quota',
      error: { code: 'QUOTA_WAIT_EXCEEDED' },
    });
  });

  test('configuration, if the service has no method to ask', async () => {
    const { clock, soap, vendor } = await watched();
    vendor.faults.answer({
      status: 200,
      body: wsdlOf().replaceAll('isCatalogServiceAlive', 'ping'),
    });
    const probe = await nextProbe(soap.monitor(['CatalogService']), clock);
    expect(probe).toMatchObject({ state: 'down', reason: 'configuration' });
  });
});

test('a WSDL that cannot be had is asked for again at the next probe', async () => {
  const { clock, soap, vendor } = await watched();
  vendor.faults.answer({ status: 503 });
  const monitor = soap.monitor(['CatalogService']);
  const events = changesOf(monitor);
  await nextProbe(monitor, clock);
  await nextProbe(monitor, clock);
  expect(summary(events)).toEqual(['vendor', 'up']);
});

test('latency is the vendor’s: waiting for the quota does not count', async () => {
  const quota = [{ key: 'service', limit: 2, windowMs: 60_000 }] as const;
  const { clock, soap, behaviour } = await watched({ quota });
  behaviour.answer = (request) => ({ ...success(request), delayMs: 700 });
  const monitor = soap.monitor(['CatalogService'], { interval: 300_000 });
  expect((await nextProbe(monitor, clock)).latencyMs).toBe(700);
  // Two calls that come just before the next probe.
  const catalog = await soap.service('CatalogService');
  await clock.run(new Promise<void>((resolve) => clock.schedule(299_000, resolve)));
  const calls = Promise.all([catalog.call('getCatalog'), catalog.call('getCatalog')]);
  const [event] = await Promise.all([nextProbe(monitor, clock), calls]);
  expect(event.latencyMs).toBe(700);
});

test('probes spend the quota behind all others', async () => {
  const quota = [{ key: 'service', limit: 3, windowMs: 60_000 }] as const;
  const { clock, soap, vendor } = await watched({ quota });
  const monitor = soap.monitor(['CatalogService'], { interval: 290_000 });
  await nextProbe(monitor, clock);
  const catalog = await soap.service('CatalogService');
  // At the next probe there is no room, and five callers come after it.
  await clock.run(new Promise<void>((resolve) => clock.schedule(289_900, resolve)));
  await clock.run(Promise.all([1, 2, 3].map(() => catalog.call('getCatalog'))));
  await clock.run(new Promise<void>((resolve) => clock.schedule(1_000, resolve)));
  const calls = Promise.all([1, 2, 3, 4, 5].map(() => catalog.call('getCatalog')));
  await clock.run(Promise.all([once(monitor, 'probe'), calls]));
  expect(vendor.calls.map(({ method }) => method).slice(-6, -1)).toEqual(
    Array(5).fill('getCatalog'),
  );
});

test('probes of one service never overlap, and several services do not wait for one another', async () => {
  const { clock, soap, behaviour } = await watched();
  let underWay = 0;
  let most = 0;
  behaviour.answer = async (request) => {
    if (request.method !== 'isCatalogServiceAlive') return success(request);
    underWay += 1;
    most = Math.max(most, underWay);
    await clock.sleep(800);
    underWay -= 1;
    return success(request);
  };
  const monitor = soap.monitor(['CatalogService', 'AvailabilityService'], { interval: 100 });
  const at: Record<string, number[]> = {};
  monitor.on('probe', ({ service, at: when }) => (at[service] ??= []).push(when.getTime()));
  await clock.run(new Promise<void>((resolve) => clock.schedule(10_500, resolve)));
  expect(most).toBe(1);
  expect(at['AvailabilityService']?.length).toBeGreaterThanOrEqual(90);
  // A probe that takes longer than the interval is followed by the next at once.
  expect(at['CatalogService']?.length).toBeGreaterThanOrEqual(11);
});

test('a service may be named with its version, or by its address', async () => {
  const { clock, soap, vendor } = await watched();
  const path = '/tnxx/external-remoting/com.example.v3_1.VoucherService.webservice';
  const services = [
    { service: 'catalogService', version: '1.26', locale: 'fr' },
    `${vendor.url}${path}?wsdl`,
  ];
  const events = changesOf(soap.monitor(services));
  await clock.run(new Promise<void>((resolve) => clock.schedule(1, resolve)));
  expect(events).toMatchObject([
    { service: 'catalogService', version: '1.26', state: 'up' },
    { service: services[1], version: '3.1', state: 'up' },
  ]);
  expect(vendor.calls[0]?.http.headers['accept-language']).toBe('fr');
});

describe('what cannot be watched is refused, and named', () => {
  test.each<[string, unknown, unknown]>([
    ['services', [], {}],
    ['services', 'CatalogService', {}],
    ['services[0]', [5], {}],
    ['services[0]', ['No Service'], {}],
    ['services[1].module', ['CatalogService', 'VoucherService'], {}],
    ['services[1]', ['CatalogService', 'catalogService'], {}],
    ['services[0].version', [{ service: 'CatalogService', version: '1' }], {}],
    ['services[0].interval', [{ service: 'CatalogService', interval: 5 }], {}],
    ['services[0]', ['https://evil.example/x?wsdl'], {}],
    ['options.interval', ['CatalogService'], { interval: 0 }],
    ['options.interval', ['CatalogService'], { interval: -5 }],
    ['options.interval', ['CatalogService'], { interval: Infinity }],
    ['options.interval', ['CatalogService'], { interval: '5m' }],
    ['options.every', ['CatalogService'], { every: 5 }],
  ])('%s', async (field, services, options) => {
    const { soap, vendor } = await watched();
    const error = await thrown(() => soap.monitor(services as string[], options as object));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field });
    expect(vendor.requests).toHaveLength(0);
  });

  test('any positive interval will do', async () => {
    const { soap, clock } = await watched();
    for (const interval of [0.5, 1, 2 ** 40]) {
      const monitor = soap.monitor(['CatalogService'], { interval });
      expect((await nextProbe(monitor, clock)).state).toBe('up');
      await monitor.close();
    }
  });
});

describe('a closed monitor', () => {
  test('tells nothing more, and leaves no timer', async () => {
    const { clock, soap } = await watched();
    const monitor = soap.monitor(['CatalogService'], { interval: 10 });
    const events: unknown[] = [];
    monitor.on('probe', (event) => events.push(event));
    await nextProbe(monitor, clock);
    await monitor.close();
    await monitor.close();
    const { length } = events;
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(1_000);
    expect(events).toHaveLength(length);
  });

  test('ends the probe that is under way, without an event', async () => {
    const { soap, vendor, behaviour } = await watched();
    behaviour.answer = () => new Promise(() => {});
    const monitor = soap.monitor(['CatalogService']);
    const events = changesOf(monitor);
    while (vendor.calls.length === 0) await new Promise((resume) => setTimeout(resume, 2));
    const startedAt = performance.now();
    await monitor.close();
    expect(performance.now() - startedAt).toBeLessThan(50);
    expect(events).toEqual([]);
  });

  test('is closed by a listener, too', async () => {
    const { clock, soap, vendor } = await watched();
    const monitor = soap.monitor(['CatalogService'], { interval: 10 });
    const closed = new Promise<void>((resolve) => {
      monitor.once('up', () => resolve(monitor.close()));
    });
    await clock.run(closed);
    await clock.advance(1_000);
    expect(vendor.calls).toHaveLength(1);
  });

  test('is closed by its client, which waits for it', async () => {
    const { soap, vendor, behaviour, clock } = await watched();
    behaviour.answer = () => new Promise(() => {});
    const monitor = soap.monitor(['CatalogService', 'AvailabilityService']);
    const events = changesOf(monitor);
    while (vendor.calls.length < 2) await new Promise((resume) => setTimeout(resume, 2));
    await soap.close();
    expect(events).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
    const error = await thrown(() => soap.monitor(['CatalogService']));
    expect(error).toMatchObject({ code: 'CLOSED', outcome: 'not-sent', vendor: 'secutix' });
  });

  test('is closed by `await using`', async () => {
    const { soap, clock } = await watched();
    const monitor = soap.monitor(['CatalogService']);
    await nextProbe(monitor, clock);
    await monitor[Symbol.asyncDispose]();
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('listeners', () => {
  test('that throw or reject harm neither the others nor the monitor', async () => {
    const { soap, clock, warnings } = await watched();
    const unhandled: unknown[] = [];
    const hear = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', hear);
    const monitor = soap.monitor(['CatalogService'], { interval: 1_000 });
    const heard: string[] = [];
    monitor.on('up', () => {
      throw new Error('first');
    });
    // oxlint-disable-next-line typescript/no-misused-promises -- What careless callers do.
    monitor.on('up', async () => Promise.reject(new Error('second')));
    monitor.on('up', () => heard.push('third'));
    await nextProbe(monitor, clock);
    await nextProbe(monitor, clock);
    await new Promise((resume) => setTimeout(resume, 5));
    process.removeListener('unhandledRejection', hear);
    expect(heard).toEqual(['third']);
    expect(unhandled).toEqual([]);
    expect(warnings.map(({ warning }) => warning)).toEqual([
      'monitor-listener-failed',
      'monitor-listener-failed',
    ]);
    expect(JSON.stringify(warnings)).not.toMatch(/first|second/);
  });

  test('need not be there', async () => {
    const { soap, vendor } = await watched();
    vendor.faults.answer({ status: 500 }, { times: 3 });
    const monitor = soap.monitor(['CatalogService', 'AvailabilityService']);
    while (vendor.requests.length < 2) await new Promise((resume) => setTimeout(resume, 2));
    await new Promise((resume) => setTimeout(resume, 20));
    await monitor.close();
    expect(monitor.listenerCount('error')).toBe(0);
  });

  test('can be taken off, and `once` hears once', async () => {
    const { soap, clock } = await watched();
    const monitor = soap.monitor(['CatalogService'], { interval: 1_000 });
    const heard: string[] = [];
    const off = () => heard.push('off');
    monitor.once('probe', () => heard.push('once')).on('probe', off);
    monitor.off('probe', off);
    await nextProbe(monitor, clock);
    await nextProbe(monitor, clock);
    expect(heard).toEqual(['once']);
  });
});

test('on the computer’s own clock, too', async () => {
  const vendor = await startVendor();
  const soap = clientOf(vendor);
  const monitor = soap.monitor(['CatalogService'], { interval: 30 });
  const events = changesOf(monitor);
  for (let probe = 0; probe < 3; probe += 1) await once(monitor, 'probe');
  vendor.faults.answer({ status: 401 });
  await once(monitor, 'down');
  await once(monitor, 'up');
  expect(summary(events)).toEqual(['up', 'credentials', 'up']);
  expect(events.every(({ latencyMs }) => latencyMs > 0)).toBe(true);
  const error = await failure(soap.close().then(() => soap.service('CatalogService')));
  expect(error.code).toBe('CLOSED');
});
