import { execFileSync } from 'node:child_process';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startDeadline, systemClock } from '@vendorkit/core';
import type { EventMap } from '../src/index.ts';
import { WsdlCache, type Store } from '../src/wsdl-cache.ts';
import { clientOf, closeAll, failure, startVendor } from './harness.ts';
import { compile } from './wsdl/compile.ts';

const pipes: string[] = [];

afterEach(async () => {
  await closeAll();
  // Whoever waits for a writer gets one.
  for (const pipe of pipes.splice(0)) await (await open(pipe, 'r+')).close();
});

const model = compile('<xs:complexType name="In"><xs:sequence/></xs:complexType>');
const key = { url: 'https://vendor.example/service?wsdl' };
const longestMs = 1000;

/** A cache on a file system that answers when it is told to, and its warnings. */
function silent() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const warnings: string[] = [];
  const ask = async (what: string): Promise<undefined> => {
    asked.push(what);
    await new Promise<void>((resolve) => answers.push(resolve));
  };
  const store: Store = { read: async () => ask('read'), write: async () => ask('write') };
  const warn = (warning: string) => warnings.push(warning);
  return { asked, answers, warnings, cache: new WsdlCache({ fresh: store, old: store, warn }) };
}

const deadlineOf = (deadlineMs: number, signal?: AbortSignal) =>
  startDeadline({ clock: systemClock, deadlineMs, signal });

/** How long something takes, in milliseconds. */
async function timed(work: Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work;
  return performance.now() - startedAt;
}

describe('a file system that does not answer', () => {
  test('is waited for for a second, and not asked again until it has answered', async () => {
    const { cache, asked, answers, warnings } = silent();
    const deadline = deadlineOf(60_000);
    const ms = await timed(cache.read(key, deadline));
    expect(ms).toBeGreaterThan(longestMs - 20);
    expect(ms).toBeLessThan(3 * longestMs);
    expect(await timed(cache.write(key, model, deadline))).toBeLessThan(longestMs / 2);
    expect(await cache.readOld(key, deadline)).toBeUndefined();
    expect(asked).toEqual(['read']);
    expect(warnings).toEqual(['wsdl-cache-not-read', 'wsdl-cache-not-written']);
    answers[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    const written = cache.write(key, model, deadline);
    answers[1]?.();
    await written;
    expect(asked).toEqual(['read', 'write']);
    expect(warnings).toHaveLength(2);
  });

  test('does not hold up writing for longer than a second', async () => {
    const { cache, warnings } = silent();
    expect(await timed(cache.write(key, model, deadlineOf(60_000)))).toBeLessThan(3 * longestMs);
    expect(warnings).toEqual(['wsdl-cache-not-written']);
  });

  test('does not outlast the deadline of the caller', async () => {
    const { cache, warnings } = silent();
    const call = cache.read(key, deadlineOf(20));
    expect(await timed(failure(call))).toBeLessThan(longestMs / 2);
    expect((await failure(call)).code).toBe('DEADLINE_EXCEEDED');
    expect(warnings).toEqual([]);
  });

  test.each(['read', 'readOld', 'write'] as const)(
    'does not outlast the signal: %s',
    async (what) => {
      const { cache, warnings } = silent();
      const controller = new AbortController();
      const deadline = deadlineOf(60_000, controller.signal);
      const call =
        what === 'write' ? cache.write(key, model, deadline) : cache[what](key, deadline);
      controller.abort();
      expect((await failure(call)).code).toBe('ABORTED');
      expect(warnings).toEqual([]);
    },
  );
});

/** Clients of one vendor with one folder, and their warnings. */
async function clients(directory: string) {
  const vendor = await startVendor();
  const warnings: EventMap['warning'][] = [];
  const hooks = { warning: (event: EventMap['warning']) => warnings.push(event) };
  return {
    vendor,
    warnings,
    names: () => warnings.map(({ warning }) => warning),
    start: () => clientOf(vendor, { hooks, wsdlCache: { directory } }),
  };
}

test('a service is had from the vendor while its file does not answer', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'soap-cache-'));
  const { vendor, names, start } = await clients(directory);
  await start().service('CatalogService');
  const [name = ''] = await readdir(directory);
  const pipe = join(directory, name);
  await rm(pipe);
  execFileSync('mkfifo', ['-m', '600', pipe]);
  pipes.push(pipe);
  const soap = start();
  const aborted = failure(soap.service('CatalogService', { deadline: 50 }));
  expect((await aborted).code).toBe('DEADLINE_EXCEEDED');
  expect((await start().service('CatalogService')).version).toBe('1.33');
  expect(vendor.downloads).toHaveLength(2);
  expect(names()).toEqual(['wsdl-cache-not-read', 'wsdl-cache-not-written']);
});

test('a folder that cannot be made where folders are denied is a warning', async () => {
  const { warnings, start } = await clients('/proc/nope/cache');
  expect((await start().service('CatalogService')).version).toBe('1.33');
  expect(warnings).toMatchObject([
    { warning: 'wsdl-cache-not-written', message: expect.stringMatching(/: E[A-Z]+\.$/) },
  ]);
});
