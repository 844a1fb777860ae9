import { inspect } from 'node:util';
import { describe, expect, jest, test } from '@jest/globals';
import { canaries } from '../../../../tooling/canary/canary.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';
import { systemClock } from '../../src/time/clock.ts';
import type * as storeModule from '../../src/token/process-token-store.ts';
import { processTokenStore } from '../../src/token/process-token-store.ts';

const token = { token: canaries.accessToken, obtainedAtMs: 1 };

describe('processTokenStore', () => {
  test('is one store for all who read the same clock', async () => {
    await processTokenStore(systemClock).set('shared', token);
    expect(await processTokenStore(systemClock).get('shared')).toEqual(token);
    const clock = new VirtualClock();
    expect(processTokenStore(clock)).toBe(processTokenStore(clock));
    expect(await processTokenStore(clock).get('shared')).toBeUndefined();
  });

  test('is the same in another copy of the package', async () => {
    let copy: typeof storeModule | undefined;
    await jest.isolateModulesAsync(async () => {
      copy = await import('../../src/token/process-token-store.ts');
    });
    expect(copy?.processTokenStore).not.toBe(processTokenStore);
    expect(copy?.processTokenStore(systemClock)).toBe(processTokenStore(systemClock));
  });

  test('shows nobody what it holds', async () => {
    await processTokenStore(systemClock).set('shown', token);
    const shared: unknown = Reflect.get(globalThis, Symbol.for('vendorkit.tokens@1'));
    expect(shared).toBeDefined();
    for (const value of [shared, processTokenStore(systemClock)]) {
      expect(inspect(value, { depth: 12, showHidden: true })).not.toContain(canaries.accessToken);
      expect(JSON.stringify(value)).not.toContain(canaries.accessToken);
    }
  });
});
