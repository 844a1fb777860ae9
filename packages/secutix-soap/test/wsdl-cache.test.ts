import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { EventMap, SecutixSoapOptions } from '../src/index.ts';
import {
  clientOf,
  closeAll,
  failure,
  startVendor,
  virtualClock,
  wsdlOf,
  xml,
  type Vendor,
} from './harness.ts';

afterEach(closeAll);

const hourMs = 3_600_000;

/** A vendor, a folder, and clients of them that know nothing of one another. */
async function cached(vendor?: Vendor) {
  const clock = virtualClock();
  const directory = await mkdtemp(join(tmpdir(), 'soap-cache-'));
  const started = vendor ?? (await startVendor({ clock }));
  const warnings: EventMap['warning'][] = [];
  const hooks = { warning: (event: EventMap['warning']) => warnings.push(event) };
  const start = (options: Partial<SecutixSoapOptions> = {}) =>
    clientOf(started, {
      clock,
      hooks,
      wsdlCache: { directory },
      retry: { attempts: 1 },
      ...options,
    });
  return { clock, directory, vendor: started, warnings, start };
}

const version = async (soap: ReturnType<typeof clientOf>) =>
  (await soap.service('CatalogService')).version;

test('a WSDL that another client kept needs no request for a day', async () => {
  const { clock, vendor, start, directory } = await cached();
  expect(await clock.run(version(start()))).toBe('1.33');
  expect(await readdir(directory)).toHaveLength(1);
  await clock.advance(24 * hourMs - 1);
  const catalog = await start().service('CatalogService');
  expect(vendor.downloads).toHaveLength(1);
  expect(await clock.run(catalog.isAlive())).toBe(true);
  await clock.advance(2);
  await clock.run(version(start()));
  expect(vendor.downloads).toHaveLength(2);
});

test('the longest age can be chosen', async () => {
  const { clock, vendor, start, directory } = await cached();
  const wsdlCache = { directory, maxAge: hourMs };
  await clock.run(version(start({ wsdlCache })));
  await clock.advance(hourMs + 1);
  await clock.run(version(start({ wsdlCache })));
  expect(vendor.downloads).toHaveLength(2);
});

describe('a WSDL that is too old', () => {
  test.each([503, 404, 509])('is used with a warning if the vendor answers %d', async (status) => {
    const { clock, vendor, start, warnings } = await cached();
    await clock.run(version(start()));
    await clock.advance(30 * hourMs);
    vendor.faults.answer({ status });
    const soap = start();
    const catalog = await clock.run(soap.service('CatalogService'));
    expect(warnings.map(({ warning }) => warning)).toEqual(['wsdl-is-old']);
    expect(await clock.run(catalog.isAlive())).toBe(true);
    // The next who asks tries again.
    await clock.run(soap.service('CatalogService'));
    expect(vendor.downloads).toHaveLength(3);
  });

  test('is used if the vendor sends something else', async () => {
    const { clock, vendor, start, warnings } = await cached();
    await clock.run(version(start()));
    await clock.advance(30 * hourMs);
    vendor.faults.answer(xml('<html/>'));
    expect(await clock.run(version(start()))).toBe('1.33');
    expect(warnings).toHaveLength(1);
  });

  test('is not used by who gave up', async () => {
    const { clock, vendor, start } = await cached();
    await clock.run(version(start()));
    await clock.advance(30 * hourMs);
    vendor.faults.next('n');
    const controller = new AbortController();
    const { signal } = controller;
    const error = failure(start().service('CatalogService', { signal }));
    while (vendor.downloads.length < 2) await new Promise((resume) => setTimeout(resume, 2));
    controller.abort();
    expect((await error).code).toBe('ABORTED');
  });
});

test('what is not to be had, and was never kept, is an error', async () => {
  const { clock, vendor, start } = await cached();
  vendor.faults.answer({ status: 503 });
  expect((await clock.run(failure(start().service('CatalogService')))).code).toBe('SERVER_ERROR');
});

test('a damaged file is as good as none', async () => {
  const { clock, vendor, start, directory } = await cached();
  await clock.run(version(start()));
  const [file = ''] = await readdir(directory);
  await writeFile(join(directory, file), '{"format":1}\n{"operations":[]}\n');
  expect(await clock.run(version(start()))).toBe('1.33');
  expect(vendor.downloads).toHaveLength(2);
});

test('a folder that cannot be written is a warning, and no reason to fail', async () => {
  const { clock, start, directory, warnings } = await cached();
  await rm(directory, { recursive: true });
  await writeFile(directory, 'a file');
  expect(await clock.run(version(start()))).toBe('1.33');
  expect(warnings.map(({ warning }) => warning)).toEqual(['wsdl-cache-not-written']);
});

test('each address is kept apart', async () => {
  const vendor = await startVendor({
    wsdl: ({ path }) => xml(wsdlOf({ version: path.includes('v1_26') ? '1.26' : '1.33' })),
  });
  const { start } = await cached(vendor);
  const both = async () => {
    const soap = start();
    const old = await soap.service('CatalogService', { version: '1.26' });
    const recent = await soap.service('CatalogService');
    return [old.version, recent.version];
  };
  expect(await both()).toEqual(['1.26', '1.33']);
  expect(await both()).toEqual(['1.26', '1.33']);
  expect(vendor.downloads).toHaveLength(2);
});
