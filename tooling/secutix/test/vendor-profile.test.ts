import { afterEach, expect, test } from '@jest/globals';
import { Engine, readClientOptions, type CallRequest, type VendorError } from '@vendorkit/core';
import { startServer, VirtualClock } from '@vendorkit/core/testing';
import { clientDefaults, quotaScopesOf, vendorProfile } from '../src/index.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((resource) => resource.close()));
});

const clock = new VirtualClock();

/** The engine of a client for an institution behind this address. */
function clientOf(institution: string, baseUrl: string): Engine {
  const { settings } = readClientOptions({ baseUrl, clock, deadline: 1_000 }, clientDefaults);
  const client = new Engine(
    vendorProfile({ institution, defaultBaseUrl: '', secrets: [] }),
    settings,
  );
  open.push(client);
  return client;
}

/** Calls the detailed catalogue, its service named in one way or the other. */
async function getCatalogDetailed(client: Engine, service: string): Promise<unknown> {
  const method = 'getCatalogDetailed';
  const request: CallRequest<string> = {
    operation: `${service}.${method}`,
    method: 'POST',
    path: '/',
    headers: {},
    scopes: quotaScopesOf({ institution: 'MOSA', service, method }),
    repeatable: 'when-refused',
    read: () => ({ state: 'done', result: 'a catalogue' }),
  };
  return client.call(() => ({ request, options: {} }));
}

test('both ways to call an institution share its quota, whichever name the service goes by', async () => {
  const server = await startServer({ handle: () => ({ status: 200, body: '{}' }) });
  open.push(server);
  const [rest, soap] = [clientOf('MOSA', server.url), clientOf('mosa', server.url)];
  expect(await getCatalogDetailed(rest, 'catalogService')).toBe('a catalogue');
  const refusal = await getCatalogDetailed(soap, 'CatalogService').catch((error) => error);
  expect(refusal as VendorError).toMatchObject({
    code: 'QUOTA_WAIT_EXCEEDED',
    hint: expect.stringContaining('support'),
  });
  expect(server.requests).toHaveLength(1);
});

test('what a contract includes in a month is told, and a minute has 180 calls', () => {
  const { rules, usage } = clientOf('CUBE', 'http://127.0.0.1:1').peek();
  expect(rules).toEqual(
    expect.arrayContaining([expect.objectContaining({ key: 'institution', limit: 180 })]),
  );
  expect(usage.included).toEqual({ calls: 10_000, bytes: 1_000_000_000 });
});

test('an attempt may take 90 seconds, a call 15 minutes', () => {
  expect(readClientOptions({}, clientDefaults).settings).toMatchObject({
    timeoutMs: 90_000,
    deadlineMs: 900_000,
  });
});
