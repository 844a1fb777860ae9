import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { memoryTokenStore } from '../../src/token/token-store.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('memoryTokenStore', () => {
  test('keeps a token under its key', async () => {
    const store = memoryTokenStore();
    await store.set('a', { token: 'secret-token', obtainedAtMs: 1 });
    expect(await store.get('a')).toEqual({ token: 'secret-token', obtainedAtMs: 1 });
    expect(await store.get('b')).toBeUndefined();
    expect(inspect(store, { depth: 12, showHidden: true })).not.toContain('secret-token');
    expect(JSON.stringify(store)).not.toContain('secret-token');
    await store.delete('a');
    expect(await store.get('a')).toBeUndefined();
  });

  test('runs the tasks of one key one after another, in order, also after one has failed', async () => {
    const store = memoryTokenStore();
    const events: string[] = [];
    const task = (name: string) => async () => {
      events.push(`${name} begins`);
      await turn();
      events.push(`${name} ends`);
      if (name === 'two') throw new Error('two failed');
    };
    const results = await Promise.allSettled(
      ['one', 'two', 'three'].map(async (name) => store.lock('key', task(name))),
    );
    expect(events).toEqual([
      'one begins',
      'one ends',
      'two begins',
      'two ends',
      'three begins',
      'three ends',
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('runs the tasks of different keys side by side', async () => {
    const store = memoryTokenStore();
    let hasRun = false;
    await store.lock('a', async () => {
      await store.lock('b', async () => {
        hasRun = true;
      });
    });
    expect(hasRun).toBe(true);
  });
});
