import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { clientClosed } from '../../src/errors/closed.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';
import { startDeadline } from '../../src/time/deadline.ts';
import { systemClock } from '../../src/time/clock.ts';
import { delay, failure, measure } from '../acme.ts';

const signals: AbortSignal[] = [];

/** Whatever a test does, no listener stays. */
afterEach(() => {
  const left = signals.splice(0).flatMap((signal) => getEventListeners(signal, 'abort'));
  if (left.length > 0) throw new Error(`${left.length} listeners were left.`);
});

function start(deadlineMs = 1_000) {
  const clock = new VirtualClock();
  const controller = new AbortController();
  signals.push(controller.signal);
  const deadline = startDeadline({ clock, deadlineMs, signal: controller.signal });
  return { clock, controller, deadline };
}

const never = new Promise<never>(() => {});

describe('a deadline', () => {
  test('tells what is left on its clock', async () => {
    const { clock, deadline } = start();
    await clock.advance(400);
    expect([deadline.at, deadline.remainingMs()]).toEqual([1_000, 600]);
    await clock.advance(900);
    expect(deadline.remainingMs()).toBe(-300);
  });

  test('is over at its moment, and not before', async () => {
    const { clock, deadline } = start();
    await clock.advance(999);
    expect(() => deadline.check()).not.toThrow();
    await clock.advance(1);
    const text = 'The call did not end within its deadline of 1000 ms.';
    expect(() => deadline.check()).toThrow(
      expect.objectContaining({ code: 'DEADLINE_EXCEEDED', retryable: true, message: text }),
    );
  });

  test('is over when its signal is aborted, with the reason as cause', () => {
    const { controller, deadline } = start();
    controller.abort('why');
    expect(() => deadline.check()).toThrow(
      expect.objectContaining({ code: 'ABORTED', cause: 'why', retryable: false }),
    );
  });

  test('that is both aborted and past is aborted', async () => {
    const { clock, controller, deadline } = start();
    await clock.advance(2_000);
    controller.abort();
    expect(() => deadline.check()).toThrow(expect.objectContaining({ code: 'ABORTED' }));
  });

  test('of a closed client ends each wait with an error of its own', async () => {
    const { controller, deadline } = start();
    const waits = [failure(deadline.sleep(10)), failure(deadline.until(never))];
    controller.abort(clientClosed);
    const [one, other] = await Promise.all(waits);
    expect([one?.code, other?.code]).toEqual(['CLOSED', 'CLOSED']);
    expect(one).not.toBe(other);
    expect(one).not.toBe(clientClosed);
  });
});

describe('a sleep', () => {
  test('lasts as long as it should', async () => {
    const { clock, deadline } = start();
    const { elapsedMs } = await measure(async () => clock.run(deadline.sleep(300)), clock);
    expect([elapsedMs, clock.pendingTimers]).toEqual([300, 0]);
  });

  test.each([0, -5])('of %i ms ends at once', async (delayMs) => {
    const { clock, deadline } = start();
    await clock.run(deadline.sleep(delayMs));
    expect(clock.monotonicNow()).toBe(0);
  });

  test.each([1_000, 1_001, Infinity])('of %i ms ends at the deadline', async (delayMs) => {
    const { clock, deadline } = start();
    const error = await clock.run(failure(deadline.sleep(delayMs)));
    expect(error.code).toBe('DEADLINE_EXCEEDED');
    expect([clock.monotonicNow(), clock.pendingTimers]).toEqual([1_000, 0]);
  });

  test('ends when the signal is aborted', async () => {
    const { clock, controller, deadline } = start();
    const sleep = failure(deadline.sleep(300));
    controller.abort(null);
    expect(await sleep).toMatchObject({ code: 'ABORTED', cause: null });
    expect([clock.monotonicNow(), clock.pendingTimers]).toEqual([0, 0]);
  });

  test('does not begin when the call is over', async () => {
    const { clock, controller, deadline } = start();
    controller.abort();
    expect((await failure(deadline.sleep(5))).code).toBe('ABORTED');
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a wait for work', () => {
  test('gives the result, and leaves no timer', async () => {
    const { clock, deadline } = start();
    expect(await deadline.until(Promise.resolve('thing'))).toBe('thing');
    expect(clock.pendingTimers).toBe(0);
  });

  test('passes a failure on as it is', async () => {
    const { clock, deadline } = start();
    const error = new TypeError('No thing.');
    await expect(deadline.until(Promise.reject(error))).rejects.toBe(error);
    expect(clock.pendingTimers).toBe(0);
  });

  test('ends at the deadline', async () => {
    const { clock, deadline } = start();
    const error = await clock.run(failure(deadline.until(never)));
    expect(error.code).toBe('DEADLINE_EXCEEDED');
    expect([clock.monotonicNow(), clock.pendingTimers]).toEqual([1_000, 0]);
  });

  test('ends when the signal is aborted', async () => {
    const { clock, controller, deadline } = start();
    const wait = failure(deadline.until(never));
    controller.abort('why');
    expect(await wait).toMatchObject({ code: 'ABORTED', cause: 'why' });
    expect(clock.pendingTimers).toBe(0);
  });

  // A rejection that nobody handles fails the test, whoever's it is.
  test('that is over already leaves no rejection of the work unhandled', async () => {
    const { controller, deadline } = start();
    controller.abort();
    const work = async () => {
      await delay(1);
      throw new Error('Nobody waits for this.');
    };
    expect((await failure(deadline.until(work()))).code).toBe('ABORTED');
    await delay(20);
  });

  test('that was given up leaves no rejection of the work unhandled', async () => {
    const { controller, deadline } = start();
    const work = async () => {
      await delay(5);
      throw new Error('Nobody waits for this.');
    };
    const wait = failure(deadline.until(work()));
    controller.abort();
    expect((await wait).code).toBe('ABORTED');
    await delay(30);
  });
});

test('on the real clock a wait neither ends early nor much later', async () => {
  const deadline = startDeadline({ clock: systemClock, deadlineMs: 60 });
  const { result, elapsedMs } = await measure(async () => failure(deadline.sleep(5_000)));
  expect(result.code).toBe('DEADLINE_EXCEEDED');
  expect(elapsedMs).toBeGreaterThanOrEqual(60);
  expect(elapsedMs).toBeLessThan(260);
});
