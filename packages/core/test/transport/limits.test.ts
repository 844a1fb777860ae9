import { afterEach, describe, expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { systemClock } from '../../src/time/clock.ts';
import type { Clock } from '../../src/time/clock.ts';
import { startDeadline } from '../../src/time/deadline.ts';
import type { Transport, TransportRequest } from '../../src/transport/transport.ts';
import {
  ca,
  closeAll,
  connect,
  delay,
  failure,
  handles,
  request,
  serve,
  tls,
  until,
} from './harness.ts';

afterEach(closeAll);

/** Ends within 50 ms, and 150 ms for a busy machine. */
const tolerance = 200;

interface Wait {
  readonly transport: Transport;
  readonly send: (limits: Partial<TransportRequest>) => Promise<unknown>;
  /** Resolves once the request is in the wait that is tested. */
  readonly reached: () => Promise<void>;
}

/** A request that will wait for ever, each in its own way. */
const waits: Record<string, { outcome: string; start: () => Promise<Wait> }> = {
  'for a free socket': {
    outcome: 'not-sent',
    start: async () => {
      const server = await serve();
      const transport = connect(server.url, { maxSockets: 1 });
      server.faults.next('n');
      const blocker = failure(transport.send(request(server.url, { timeoutMs: 3_000 })));
      blocker.catch(() => undefined);
      await until(() => server.requests.length === 1);
      return {
        transport,
        send: async (limits) => transport.send(request(server.url, limits)),
        reached,
      };
    },
  },
  'for the TLS handshake': {
    outcome: 'not-sent',
    start: async () => {
      const server = await serve({ tls: { ...tls, handshakeDelayMs: 8_000 } });
      const transport = connect(server.url, { ca });
      return {
        transport,
        send: async (limits) => transport.send(request(server.url, limits)),
        reached: async () => until(() => server.connections === 1),
      };
    },
  },
  'for the signature': {
    outcome: 'not-sent',
    start: async () => {
      const server = await serve();
      const transport = connect(server.url);
      let isSigning = false;
      const sign = async () => {
        isSigning = true;
        return new Promise<never>(() => {});
      };
      return {
        transport,
        send: async (limits) => transport.send(request(server.url, { sign, ...limits })),
        reached: async () => until(() => isSigning),
      };
    },
  },
  'for the answer': { outcome: 'unknown', start: async () => fault('n') },
  'for the rest of the body': { outcome: 'unknown', start: async () => fault('p') },
  'for a body that drips': { outcome: 'unknown', start: async () => fault('drip') },
};

async function reached(): Promise<void> {
  await delay(50);
}

async function fault(mode: 'n' | 'p' | 'drip'): Promise<Wait> {
  const server = await serve({ tls });
  server.faults.next(mode);
  const transport = connect(server.url, { ca });
  return {
    transport,
    send: async (limits) => transport.send(request(server.url, limits)),
    reached: async () => {
      await until(() => server.requests.length === 1);
      await reached();
    },
  };
}

describe.each(Object.entries(waits))('a wait %s', (name, { outcome, start }) => {
  test('ends at an abort, with the reason of the caller', async () => {
    const { send, reached } = await start();
    const controller = new AbortController();
    const deadline = startDeadline({
      clock: systemClock,
      deadlineMs: 9_000,
      signal: controller.signal,
    });
    const error = failure(send({ deadline }));
    await reached();
    const reason = { why: 'the visitor left' };
    const abortedAt = performance.now();
    controller.abort(reason);
    expect(await error).toMatchObject({
      code: 'ABORTED',
      outcome,
      cause: reason,
      retryable: false,
    });
    expect(performance.now() - abortedAt).toBeLessThan(tolerance);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('ends at the timeout', async () => {
    const { send } = await start();
    const startedAt = performance.now();
    const error = await failure(send({ timeoutMs: 300 }));
    expect(error).toMatchObject({ code: 'TIMEOUT', outcome, retryable: true });
    const took = performance.now() - startedAt;
    expect(took).toBeGreaterThanOrEqual(295);
    expect(took).toBeLessThan(300 + tolerance);
  });

  test('ends at the deadline, and leaves no timer and no socket behind', async () => {
    const sockets = handles(/^(TCP|TLS)(Socket)?Wrap$/);
    const { send, transport } = await start();
    const before = handles(/^(TCP|TLS)(Socket)?Wrap$/);
    let timers = 0;
    const clock: Clock = {
      ...systemClock,
      schedule: (delayMs, task) => {
        timers += 1;
        const timer = systemClock.schedule(delayMs, task);
        return {
          cancel: () => {
            timers -= 1;
            timer.cancel();
          },
        };
      },
    };
    const deadline = startDeadline({ clock, deadlineMs: 250 });
    const error = await failure(send({ deadline }));
    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', outcome });
    expect(deadline.remainingMs()).toBeGreaterThan(-tolerance);
    expect(timers).toBe(0);
    // The transport is still open; the socket of the call is gone nevertheless, at both its ends.
    await until(() => handles(/^(TCP|TLS)(Socket)?Wrap$/) <= before);
    transport.close();
    await until(() => handles(/^(TCP|TLS)(Socket)?Wrap$/) <= sockets);
    expect(name).toBeDefined();
  });
});

describe('before anything is sent', () => {
  test('an aborted signal ends the call', async () => {
    const server = await serve();
    const send = connect(server.url).send(request(server.url, { signal: AbortSignal.abort('no') }));
    expect(await failure(send)).toMatchObject({
      code: 'ABORTED',
      outcome: 'not-sent',
      cause: 'no',
    });
    expect(server.connections).toBe(0);
  });

  test('a deadline that has passed ends the call', async () => {
    const server = await serve();
    const send = connect(server.url).send(request(server.url, { deadlineMs: 0 }));
    expect(await failure(send)).toMatchObject({ code: 'DEADLINE_EXCEEDED', outcome: 'not-sent' });
    expect(server.connections).toBe(0);
  });
});

test('a call that gave up in the queue frees its place', async () => {
  const server = await serve({ handle: () => ({ status: 200, delayMs: 200 }) });
  const transport = connect(server.url, { maxSockets: 1 });
  const first = transport.send(request(server.url));
  const impatient = Array.from({ length: 50 }, async () =>
    failure(transport.send(request(server.url, { timeoutMs: 20 }))),
  );
  const last = transport.send(request(server.url));
  const codes = new Set((await Promise.all(impatient)).map(({ code }) => code));
  expect([...codes]).toEqual(['TIMEOUT']);
  expect([(await first).status, (await last).status]).toEqual([200, 200]);
  expect(server.requests.length).toBe(2);
});

test('calls that are given up at random moments leave all sockets usable', async () => {
  const server = await serve({ handle: () => ({ status: 200, delayMs: 5 }), tls });
  const transport = connect(server.url, { ca, maxSockets: 4 });
  const calls = Array.from({ length: 200 }, async (_, index) =>
    transport
      .send(request(server.url, { timeoutMs: 1 + ((index * 37) % 300) }))
      .catch((error: unknown) => error),
  );
  await Promise.all(calls);
  const after = Array.from({ length: 8 }, async () => transport.send(request(server.url)));
  expect((await Promise.all(after)).map(({ status }) => status)).toEqual(Array(8).fill(200));
});
