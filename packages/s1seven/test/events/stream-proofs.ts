import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { VendorError } from '@vendorkit/core';
import { canaries, canary } from '../../../../tooling/canary/canary.ts';
import { startTcpProxy, type TcpProxy } from '../../../../tooling/real-server/tcp-proxy.ts';
import { S1Seven, type EventFilter, type EventStream, type S1SevenEvent } from '../../src/index.ts';
import { subscribe } from '../../src/events/subscribe.ts';
import { eventually } from './eventually.ts';
import type { Route } from './consumer.ts';
import { servicesHost } from './services-host.ts';

/** A broker that streams are tried on, by one way in. */
export interface TriedBroker {
  readonly route: Route;
  readonly vhost: string | undefined;
  /** A token that it lets in. */
  readonly token: () => string;
  /** Sends an event, and waits until the broker has it. */
  readonly publish: (text: string) => Promise<void>;
}

type Handler = (event: S1SevenEvent) => Promise<void> | void;

const topic = { resource: 'certificates', action: 'notarize_one' } as const;
const open: { close(): Promise<void> }[] = [];
let names = 0;

/** What must hold on every real broker, whatever it is. */
export function testStreams(broker: () => TriedBroker): void {
  test('a topic that the token has no scope for ends the stream with FORBIDDEN', async () => {
    const proxy = await proxied(broker());
    const filter = { ...topic, action: 'receive_one' } as const;
    const error = await failure(start(broker(), proxy, () => {}, { filter }));
    expect(error).toMatchObject({ code: 'FORBIDDEN', vendor: 's1seven' });
    expect(error.message).toContain('company/42/+/certificates/receive_one');
    expect(proxy.accepted).toBeLessThanOrEqual(2);
  });

  test('a token that the broker refuses ends it with UNAUTHENTICATED', async () => {
    const proxy = await proxied(broker());
    const token = () => canaries.accessToken;
    const error = await failure(start(broker(), proxy, () => {}, { token }));
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', vendor: 's1seven' });
    expect(proxy.accepted).toBeLessThanOrEqual(2);
  });

  test('an event is acknowledged when its handler has ended, and not before', async () => {
    const { publish } = broker();
    const proxy = await proxied(broker());
    const seen: string[] = [];
    let cuts = 0;
    const clientId = newClientId();
    const stream = await start(
      broker(),
      proxy,
      ({ raw, duplicate }) => {
        seen.push(`${raw.toString()}${duplicate ? '*' : ''}`);
        if ((cuts += 1) === 1) proxy.cut();
      },
      { clientId },
    );
    await publish('a');
    // Cut in its first handler, before the acknowledgement: it comes again, and then no more.
    await eventually(() => seen.length === 2);
    await stream.close();
    const late = await start(broker(), proxy, ({ raw }) => void seen.push(raw.toString()), {
      clientId,
    });
    expect(late.resumed).toBe(true);
    await publish('b');
    await eventually(() => seen.includes('b'));
    expect(seen).toEqual(['a', 'a*', 'b']);
  });

  test('a handler slower than the keepalive runs once, on one connection', async () => {
    const { publish } = broker();
    const proxy = await proxied(broker());
    const seen: string[] = [];
    const slow: Handler = async ({ raw }) => {
      seen.push(raw.toString());
      await sleep(raw.toString() === 'slow' ? 5_000 : 0);
    };
    await startImpatient(broker(), proxy, slow);
    await publish('slow');
    await publish('next');
    await eventually(() => seen.length === 2);
    expect(seen).toEqual(['slow', 'next']);
    expect(proxy.accepted).toBe(1);
  });

  test('two streams of one client id: one ends with CONFLICT, and it is no storm', async () => {
    const proxy = await proxied(broker());
    const clientId = newClientId();
    const streams = [
      await start(broker(), proxy, () => {}, { clientId }),
      await start(broker(), proxy, () => {}, { clientId }),
    ];
    const error = await failure(Promise.race(streams.map(({ ended }) => ended)));
    expect(error).toMatchObject({ code: 'CONFLICT', vendor: 's1seven' });
    expect(error.message).toContain(clientId);
    // Each of both connects again and again, and beside that to find out.
    expect(proxy.accepted).toBeLessThanOrEqual(40);
    // A young stream is only ended after 20 s of proof, and the pauses between the tries grow.
  }, 200_000);
}

/** Ends what a test started. */
export async function closeStreams(): Promise<void> {
  for (const resource of open.splice(0).toReversed()) await resource.close();
}

/** Starts a stream that is closed after the test. */
export async function start(
  { route, vhost, token }: TriedBroker,
  proxy: TcpProxy,
  handler: Handler,
  options: { filter?: EventFilter; token?: () => string; clientId?: string } = {},
): Promise<EventStream> {
  const { filter = topic, clientId = newClientId() } = options;
  const s1 = new S1Seven({
    environment: 'staging',
    brokerUrl: route.urlOf(proxy.port),
    vhost,
    accessToken: options.token ?? token,
    companyId: '42',
    logger: canary.logger(),
  });
  open.push(canary.watch(s1));
  return s1.subscribe(filter, handler, { clientId });
}

/** Starts one whose connection ends after three seconds without a ping. */
async function startImpatient(
  { route, vhost, token }: TriedBroker,
  proxy: TcpProxy,
  handler: Handler,
): Promise<void> {
  const host = servicesHost(route.urlOf(proxy.port), { vhost, accessToken: token });
  const timing = { keepaliveSeconds: 2 };
  open.push(await subscribe(host, topic, handler, { clientId: newClientId() }, timing));
}

/** A network to the broker that a test can cut, and that counts connections. */
export async function proxied({ route }: TriedBroker): Promise<TcpProxy> {
  const proxy = await startTcpProxy(route.port);
  open.push(proxy);
  return proxy;
}

function newClientId(): string {
  return `company_42_stream-${process.pid}-${(names += 1)}`;
}

async function failure(promise: Promise<unknown>): Promise<VendorError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) throw new Error('It should have failed.');
  return canary.watch(error as VendorError);
}
