import { describe, expect, test } from '@jest/globals';
import { UsageCounter } from '../../src/limiter/usage.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';

const identity = { vendor: 'acme', host: 'usage.example', account: 'wile' };

function counter(clock: VirtualClock, other: Partial<typeof identity> = {}): UsageCounter {
  return new UsageCounter({ ...identity, ...other }, () => clock.now());
}

describe('the usage of an account', () => {
  test('is counted over all of its clients', () => {
    const clock = new VirtualClock();
    const account = { account: 'shared' };
    const [one, two] = [counter(clock, account), counter(clock, account)];
    one.count(10);
    two.count(5);
    const usage = { month: '2026-01', calls: 2, bytes: 15 };
    expect([one.peek(), two.peek()]).toEqual([usage, usage]);
    expect(counter(clock, account).peek()).toEqual(usage);
  });

  test('is counted apart for each vendor, host and account', () => {
    const clock = new VirtualClock();
    counter(clock, { account: 'apart' }).count(10);
    for (const other of [{ vendor: 'b' }, { host: 'b.example' }, { account: 'b' }]) {
      expect(counter(clock, { account: 'apart', ...other }).peek().calls).toBe(0);
    }
  });

  test('begins anew with each month of UTC', async () => {
    const clock = new VirtualClock(new Date('2026-12-31T23:59:59.999Z'));
    const usage = counter(clock, { account: 'months' });
    usage.count(7);
    expect(usage.peek()).toEqual({ month: '2026-12', calls: 1, bytes: 7 });
    await clock.advance(1);
    expect(usage.peek()).toEqual({ month: '2027-01', calls: 0, bytes: 0 });
    usage.count(3);
    expect(usage.peek()).toEqual({ month: '2027-01', calls: 1, bytes: 3 });
  });

  test('is a copy, which changes nothing', () => {
    const usage = counter(new VirtualClock(), { account: 'copy' });
    Object.assign(usage.peek(), { calls: 99 });
    expect(usage.peek().calls).toBe(0);
  });

  test('does not spell out the account in what the process shares', () => {
    counter(new VirtualClock(), { account: 'canary-account' }).count(1);
    const shared: unknown = Reflect.get(globalThis, Symbol.for('vendorkit.usage@1'));
    expect(JSON.stringify([...(shared as Map<string, unknown>)])).not.toContain('canary');
  });
});
