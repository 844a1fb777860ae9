import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VendorError } from '@vendorkit/core';
import { startServer, type EmulatorAnswer, type RunningServer } from '@vendorkit/core/testing';
import { fetchWsdl } from '../../../src/types/command/fetch-wsdl.ts';
import { canaries, canary } from '../../../../../tooling/canary/canary.ts';
import { helloSchema, helloWsdl } from './hello-wsdl.ts';

let server: RunningServer;
let wsdl: EmulatorAnswer = { status: 200, body: '' };
beforeEach(async () => {
  wsdl = { status: 200, body: helloWsdl };
  server = await startServer({
    handle: ({ path }) => (path === '/hello.xsd' ? { status: 200, body: helloSchema } : wsdl),
  });
});
afterEach(() => server.close());

async function refusal(address: string, headers?: Record<string, string>): Promise<VendorError> {
  const error: unknown = await fetchWsdl(address, headers).then(
    () => 'fetched',
    (thrown: unknown) => thrown,
  );
  expect(VendorError.is(error)).toBe(true);
  return canary.watch(error as VendorError);
}

describe('a WSDL', () => {
  test('is fetched with its query and with what it includes', async () => {
    const { byUrl } = await fetchWsdl(`${server.url}/service?wsdl#types`);
    expect([...byUrl.keys()]).toEqual([`${server.url}/service?wsdl`, `${server.url}/hello.xsd`]);
    const asked = server.requests.map(({ method, path, query }) => [
      method,
      path,
      query.toString(),
    ]);
    expect(asked).toEqual([
      ['GET', '/service', 'wsdl='],
      ['GET', '/hello.xsd', ''],
    ]);
  });

  test('may come compressed', async () => {
    wsdl = { status: 200, body: gzipSync(helloWsdl), headers: { 'content-encoding': 'gzip' } };
    await expect(fetchWsdl(`${server.url}/service?wsdl`)).resolves.toMatchObject({});
    expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip,deflate');
  });

  test('is fetched again after a failure that may pass', async () => {
    server.faults.next('na');
    await expect(fetchWsdl(`${server.url}/service?wsdl`)).resolves.toMatchObject({});
  });

  test('takes headers along, to every document', async () => {
    const authorization = `Bearer ${canaries.accessToken}`;
    await fetchWsdl(`${server.url}/service?wsdl`, { authorization, accept: 'text/plain' });
    for (const { headers } of server.requests) {
      expect(headers).toMatchObject({ authorization, accept: 'text/plain' });
    }
    expect(server.requests).toHaveLength(2);
  });

  test('that includes from another origin is refused, and nobody else is asked', async () => {
    const elsewhere = await startServer({ handle: () => ({ status: 200, body: helloSchema }) });
    wsdl = { status: 200, body: helloWsdl.replace('hello.xsd', `${elsewhere.url}/hello.xsd`) };
    const error = await refusal(`${server.url}/service?wsdl`);
    await elsewhere.close();
    expect(error.code).toBe('INVALID_RESPONSE');
    expect(elsewhere.requests).toEqual([]);
  });

  test('behind a log-in says how to log in, without the password that was wrong', async () => {
    wsdl = { status: 401, body: canaries.password };
    const error = await refusal(`${server.url}/service?wsdl`, {
      authorization: `Basic ${Buffer.from(`me:${canaries.password}`).toString('base64')}`,
    });
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    expect(error.hint).toContain('--header');
  });

  test('that has moved is not followed', async () => {
    wsdl = { status: 302, headers: { location: `${server.url}/elsewhere` } };
    const error = await refusal(`${server.url}/service?wsdl`);
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', status: 302 });
    expect(error.hint).toContain('not followed');
    expect(server.requests).toHaveLength(1);
  });

  test('that is a page for people is refused', async () => {
    wsdl = { status: 200, body: '<!DOCTYPE html><html><body>Hello</body></html>' };
    expect(await refusal(`${server.url}/service?wsdl`)).toMatchObject({ code: 'INVALID_RESPONSE' });
  });
});

describe('an address', () => {
  test.each(['http://example.com/a?wsdl', 'http://10.0.0.1/a?wsdl'])(
    '%s is refused, since it is read by others',
    async (address) => {
      const error = await refusal(address);
      expect(error).toMatchObject({ code: 'CONFIGURATION', field: 'wsdl' });
      expect(error.message).toContain('use https');
    },
  );

  test.each(['ftp://example.com/a', 'https://', 'javascript://a'])(
    '%s is none',
    async (address) => {
      expect(await refusal(address)).toMatchObject({ code: 'CONFIGURATION', field: 'wsdl' });
    },
  );

  test('with credentials in it is refused, and not quoted', async () => {
    const password = encodeURIComponent(canaries.password);
    const error = await refusal(`https://me:${password}@example.com/a?wsdl`);
    expect(error).toMatchObject({ code: 'CONFIGURATION', field: 'wsdl' });
  });

  test('where nobody answers fails', async () => {
    const { url } = server;
    await server.close();
    expect(await refusal(`${url}/a?wsdl`)).toMatchObject({ code: 'CONNECTION' });
  });
});
