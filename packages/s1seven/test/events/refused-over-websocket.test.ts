import { afterEach, expect, test } from '@jest/globals';
import { canaries, canary } from '../../../../tooling/canary/canary.ts';
import { S1Seven } from '../../src/index.ts';
import { startEmulatedBroker } from '../../src/testing/broker/start-broker.ts';
import type { EmulatedBroker, EmulatedBrokerOptions } from '../../src/testing/emulated-broker.ts';

// RabbitMQ 3.10 closes the WebSocket of a refused login and sends no CONNACK; newer ones are assumed to.

let broker: EmulatedBroker;
let s1: S1Seven;

afterEach(async () => {
  await s1.close();
  await broker.close();
});

async function subscribe(options: EmulatedBrokerOptions): Promise<unknown> {
  broker = await startEmulatedBroker(options);
  s1 = new S1Seven({
    environment: 'staging',
    brokerUrl: broker.webSocketUrl,
    companyId: '42',
    mode: 'test',
    accessToken: canaries.accessToken,
    logger: canary.logger(),
  });
  const filter = { resource: 'certificates', action: 'notarize_one' } as const;
  const stream = s1.subscribe(filter, () => {}, { clientId: 'company_42_refused' });
  return stream.then(
    () => undefined,
    (error: unknown) => canary.watch(error),
  );
}

const connections = () => broker.log.filter(({ kind }) => kind === 'close').length;

test.each(['close', 'suback'] as const)(
  'a refused login ends the stream with UNAUTHENTICATED, told by "%s"',
  async (refusedFilter) => {
    const error = await subscribe({ refusedFilter, authenticate: () => false });
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
    expect(connections()).toBeLessThanOrEqual(2);
  },
);

test.each(['close', 'suback'] as const)(
  'a refused filter ends it with FORBIDDEN, told by "%s"',
  async (refusedFilter) => {
    const error = await subscribe({ refusedFilter, authorise: () => false });
    expect(error).toMatchObject({ code: 'FORBIDDEN', retryable: false });
    expect(connections()).toBeLessThanOrEqual(2);
  },
);
