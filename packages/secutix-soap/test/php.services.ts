import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/secrets.ts';
import { freePort, startRealServer } from '../../../tooling/real-server/real-server.ts';
import { SecutixSoap, VendorError, type SecutixSoapOptions } from '../src/index.ts';
import { startSecutixSoapEmulator } from '../src/testing/index.ts';

// The other side is PHP's own SOAP stack, which shares nothing with ours.

const folder = join(__dirname, 'php');
const username = 'INSTIT_ZOÉ <&> "\'';
const password = `${canaries.password} \t🚀 ]]> &amp;`;

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

describe('PHP’s SOAP server', () => {
  test.each<[string, Partial<SecutixSoapOptions>]>([
    ['the form of the vendor’s how-tos', {}],
    ['the form of the vendor’s how-tos, which must be understood', { mustUnderstand: true }],
    ['the bare form', { security: 'bare' }],
    ['the bare form, which must be understood', { security: 'bare', mustUnderstand: true }],
  ])('reads user name and password in %s', async (_name, options) => {
    const catalog = await (await connectToPhp(options)).service('CatalogService');
    await expect(catalog.isAlive()).resolves.toBe(true);
  });

  test('refuses another password, and the error shows neither', async () => {
    const soap = await connectToPhp({ password: `${password}!` });
    const catalog = await soap.service('CatalogService');
    const error: unknown = await catalog.isAlive().catch((thrown: unknown) => thrown);
    expect(VendorError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', faultstring: 'Authentication failed' });
  });

  test('reads the values that were sent, and ours reads them back', async () => {
    const soap = await connectToPhp();
    const catalog = await soap.service('CatalogService');
    const values = {
      long: 9_223_372_036_854_775_807n,
      int: -2_147_483_648,
      decimal: '123456789.12345',
      double: 0.1,
      boolean: true,
      text: ' tab\tline\ncarriage\r\nend ]]> <b>&amp;</b> é 🚀 ',
      dateTime: new Date('2026-11-22T10:20:30.400Z'),
      binary: Buffer.from([0, 1, 0xfe, 0xff]),
      item: [{ id: -9_223_372_036_854_775_808n, label: null }, { id: 9_007_199_254_740_993n }],
    };
    const result = await catalog.call('giveBack', { values });
    expect(result).toMatchObject({ ...values, statusCode: 'success', requestId: null });
  });

  test('is asked again with the requestId and all values while it takes long', async () => {
    const soap = await connectToPhp({ pollInterval: 10 });
    const catalog = await soap.service('CatalogService');
    const values = { text: 'please take long', item: [{ id: 1n }] };
    const call = catalog.call('giveBack', { values });
    const { data, response } = await call.withResponse();
    expect(data).toMatchObject({ statusCode: 'success', item: [{ id: 1n }] });
    expect(response).toMatchObject({ attempts: 2, requestId: 9_007_199_254_740_993n });
  });
});

test('PHP’s SOAP client reads the emulator’s WSDL and answers', async () => {
  const emulator = await startSecutixSoapEmulator({ username, password });
  closers.push(async () => emulator.close());
  const run = promisify(execFile);
  const { stdout } = await run('php', [
    join(folder, 'client.php'),
    emulator.url,
    username,
    password,
  ]);
  const { alive, catalog, contact } = JSON.parse(stdout) as Record<string, object>;
  expect(Object.values(alive ?? {})).toEqual([expect.objectContaining({ statusCode: 'success' })]);
  expect(Object.values(catalog ?? {})).toEqual([
    expect.objectContaining({ statusCode: 'success' }),
  ]);
  expect(Object.values(contact ?? {})).toEqual([
    expect.objectContaining({ statusCode: 'success' }),
  ]);
});

/** A client of a PHP server that expects {@link username} and {@link password}. */
async function connectToPhp(options: Partial<SecutixSoapOptions> = {}): Promise<SecutixSoap> {
  const port = await freePort();
  const environment = {
    EXPECTED_USERNAME: Buffer.from(username).toString('base64'),
    EXPECTED_PASSWORD: Buffer.from(password).toString('base64'),
  };
  const parameters = ['-S', `127.0.0.1:${port}`, join(folder, 'server.php')];
  const php = await startRealServer(port, 'php', parameters, environment);
  closers.push(async () => php.stop());
  const soap = new SecutixSoap({
    institution: 'MOSA',
    baseUrl: `http://127.0.0.1:${port}`,
    username,
    password,
    quota: [],
    retry: { attempts: 1 },
    ...options,
  });
  closers.push(async () => soap.close());
  return soap;
}
