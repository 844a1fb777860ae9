import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FileTokenStore, memoryTokenStore } from '@vendorkit/core';
import { canaries } from '../../../../tooling/canary/canary.ts';
import { userTokenStore } from '../../src/token/user-token-store.ts';
import { failure, TokenClient, TokenVendor } from './harness.ts';

let directory = '';
let cacheHome: string | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vendorkit-s1seven-'));
  cacheHome = process.env['XDG_CACHE_HOME'];
  process.env['XDG_CACHE_HOME'] = directory;
});
afterEach(async () => {
  if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = cacheHome;
  await rm(directory, { recursive: true });
});

const token = { token: canaries.accessToken, obtainedAtMs: 1 };

/** Real files take real time: the virtual clock stands still meanwhile, and the vendor does not wait. */
function fileVendor(): TokenVendor {
  const vendor = new TokenVendor();
  const request: TokenVendor['request'] = async () => {
    vendor.askedAt.push(vendor.clock.now());
    return vendor.answer(vendor.askedAt.length);
  };
  return Object.assign(vendor, { request });
}

describe('the store of a client that chose none', () => {
  test('outlives the client: after a restart there is no request', async () => {
    const vendor = fileVendor();
    const one = new TokenClient(vendor, { store: 'file' });
    const first = await one.tokens.get(one.deadline());
    const two = new TokenClient(vendor, { store: 'file' });
    expect(await two.tokens.get(two.deadline())).toEqual(first);
    expect(first).toMatchObject({ mode: 'test', companyId: 'company-9' });
    expect(vendor.requests).toBe(1);
    expect([...one.warnings, ...two.warnings]).toEqual([]);
    expect(await readdir(directory)).toEqual(['vendorkit']);
  });

  test('counts the renewals by force over restarts', async () => {
    const vendor = fileVendor();
    const one = new TokenClient(vendor, { store: 'file' });
    one.tokens.refuse((await one.tokens.get(one.deadline())).token);
    const { token: second } = await one.tokens.get(one.deadline());
    const two = new TokenClient(vendor, { store: 'file' });
    await two.tokens.get(two.deadline());
    expect(two.tokens.refuse(second)).toBe(false);
    expect(vendor.requests).toBe(2);
  });

  test.each([
    ['cannot be made', async () => writeFile(join(directory, 'vendorkit'), '')],
    [
      'is open to others',
      async () => {
        await mkdir(join(directory, 'vendorkit'));
        await chmod(join(directory, 'vendorkit'), 0o755);
      },
    ],
  ])('is memory, with one warning, if its folder %s', async (_reason, spoil) => {
    await spoil();
    const vendor = fileVendor();
    const client = new TokenClient(vendor, { store: 'file' });
    const first = await client.tokens.get(client.deadline());
    expect(await client.tokens.get(client.deadline())).toEqual(first);
    client.tokens.refuse(first.token);
    await client.tokens.get(client.deadline());
    expect(client.warnings).toEqual(['token-store-in-memory']);
    expect(vendor.requests).toBe(2);
  });

  test('is memory if nobody knows where the folder would be', async () => {
    const warnings: string[] = [];
    const store = userTokenStore(
      (_warning, message) => warnings.push(message),
      memoryTokenStore(),
      () => {
        throw new Error('no home');
      },
    );
    await store.set('key', token);
    expect(await store.get('key')).toEqual(token);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('tokenStore');
  });

  test('becomes memory when its folder becomes unsafe, and runs each task once', async () => {
    const warnings: string[] = [];
    const store = userTokenStore((_warning, message) => warnings.push(message), memoryTokenStore());
    await store.lock('key', async () => store.set('key', token));
    await chmod(join(directory, 'vendorkit'), 0o755);
    let runs = 0;
    await store.lock('key', async () => {
      runs += 1;
      expect(await store.get('key')).toBeUndefined();
      await store.set('key', token);
    });
    expect(runs).toBe(1);
    expect(await store.get('key')).toEqual(token);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(join(directory, 'vendorkit'));
  });

  test('passes on what a task throws', async () => {
    const store = userTokenStore(() => {}, memoryTokenStore());
    const thrown = new Error('mine');
    const fail = async () => {
      throw thrown;
    };
    await expect(store.lock('key', fail)).rejects.toBe(thrown);
  });
});

describe('a store that the caller chose', () => {
  test('is not replaced if it cannot be used', async () => {
    await chmod(directory, 0o755);
    const vendor = fileVendor();
    const client = new TokenClient(vendor, { store: new FileTokenStore(directory) });
    const error = await failure(client.tokens.get(client.deadline()));
    expect(error).toMatchObject({ code: 'CONFIGURATION', vendor: 's1seven' });
    expect(error.message).toContain(directory);
    expect([vendor.requests, client.warnings]).toEqual([0, []]);
  });

  test('that cannot keep the token is warned of once, and the token is used', async () => {
    const set = async () => {
      throw new Error(canaries.accessToken);
    };
    const vendor = new TokenVendor();
    const client = new TokenClient(vendor, { store: { ...memoryTokenStore(), set } });
    await client.get();
    const second = await client.callRefused();
    expect(await client.callRefused()).toBeUndefined();
    expect(await client.get()).toBe(second);
    expect([vendor.requests, client.warnings]).toEqual([2, ['token-not-kept']]);
  });
});
