import { afterEach, describe, expect, test } from '@jest/globals';
import {
  bodiesOf,
  closeAll,
  connect,
  emulate,
  failure,
  order,
  tokensOf,
  virtualClock,
} from './harness.ts';

afterEach(closeAll);

const path = '/tnseb/backend-apis/status';

describe('a request to an endpoint that is no method', () => {
  test('may be a GET, without a body and with the headers and the token of a call', async () => {
    const emulator = await emulate({
      routes: { [`GET ${path}`]: ({ query }) => ({ statusCode: 'success', q: query.get('q') }) },
    });
    const secutix = connect(emulator, { locale: 'fr' });
    const query = { q: 'a&b=ü +', id: 9_007_199_254_740_993n, on: true, n: -3, absent: undefined };
    const call = secutix.request({ method: 'GET', path, query });
    const { data, response } = await call.withResponse();
    expect(data).toEqual({ statusCode: 'success', q: 'a&b=ü +' });
    expect(response.attempts).toBe(1);
    const [request] = emulator.requests;
    expect(request).toMatchObject({ method: 'GET', path, text: '' });
    expect([...(request?.query ?? [])]).toEqual([
      ['q', 'a&b=ü +'],
      ['id', '9007199254740993'],
      ['on', 'true'],
      ['n', '-3'],
    ]);
    expect(request?.headers).toMatchObject({
      'accept-encoding': 'gzip,deflate',
      'accept-language': 'fr',
    });
    expect(request?.headers).not.toHaveProperty('content-type');
    expect(request?.headers).not.toHaveProperty('content-length');
    expect(tokensOf(emulator)[0]).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  test('may have any JSON as its body', async () => {
    const echo = ({ text }: { text: string }) => ({ statusCode: 'success', text });
    const emulator = await emulate({ routes: { [`POST ${path}`]: echo } });
    const body = { id: 9_007_199_254_740_993n, list: [1, null] };
    const result = await connect(emulator).request({ method: 'POST', path, body });
    expect(result['text']).toBe('{"id":9007199254740993,"list":[1,null]}');
    expect(emulator.requests[0]?.headers['content-type']).toBe('application/json');
  });

  test('keeps the prefix of the base URL', async () => {
    const emulator = await emulate({ routes: { [`GET /prefix${path}`]: () => ({ up: true }) } });
    const secutix = connect(emulator, { baseUrl: `${emulator.url}/prefix` });
    expect(await secutix.request({ method: 'GET', path, webMethodResult: false })).toEqual({
      up: true,
    });
  });

  test('must be a WebMethodResult unless it is said not to be one', async () => {
    const emulator = await emulate({ routes: { [`GET ${path}`]: () => [{ id: 5 }] } });
    const secutix = connect(emulator);
    expect(await failure(secutix.request({ method: 'GET', path }))).toMatchObject({
      code: 'INVALID_RESPONSE',
    });
    const any = secutix.request<unknown>({ method: 'GET', path, webMethodResult: false });
    expect(await any).toEqual([{ id: 5n }]);
  });

  test('that is refused is refused, WebMethodResult or not', async () => {
    const answer = { statusCode: 'error.status', statusDetail: 'Down.' };
    const emulator = await emulate({ routes: { [`GET ${path}`]: () => answer } });
    const call = connect(emulator).request({ method: 'GET', path, webMethodResult: false });
    expect(await failure(call)).toMatchObject({
      code: 'OPERATION_FAILED',
      operation: `GET ${path}`,
      vendorCode: 'error.status',
    });
  });
});

describe('an endpoint that answers with something else', () => {
  test('may answer with nothing', async () => {
    const emulator = await emulate();
    emulator.faults.answer({ status: 204 });
    const secutix = connect(emulator);
    const request = { method: 'DELETE', path: `${path}/`, webMethodResult: false } as const;
    await expect(secutix.request(request)).resolves.toBeUndefined();
    expect(emulator.requests[0]?.path).toBe(`${path}/`);
  });

  test('may not where a WebMethodResult is expected', async () => {
    const emulator = await emulate();
    emulator.faults.answer({ status: 204 });
    const call = connect(emulator).request({ method: 'DELETE', path });
    expect(await failure(call)).toMatchObject({ code: 'INVALID_RESPONSE', status: 204 });
  });
});

describe('a request by its path', () => {
  const orders = '/tnseb/backend-apis/externalOrderFacade/v1_33/createOrUpdateOrder';
  const seasons = '/tnseb/backend-apis/setupService/v1_33/listSeasons';

  test('writes like the method that it is', async () => {
    const emulator = await emulate();
    emulator.faults.next('lost');
    const call = connect(emulator).request({ method: 'POST', path: orders, body: order });
    expect(await failure(call)).toMatchObject({ code: 'CONNECTION', outcome: 'unknown' });
    expect(emulator.state.orders).toHaveLength(1);
  });

  test('reads like the method that it is', async () => {
    const emulator = await emulate();
    emulator.faults.next('lost');
    await connect(emulator).request({ method: 'POST', path: seasons, body: {} });
    expect(emulator.requests).toHaveLength(2);
  });

  test('is followed while it is in progress', async () => {
    const clock = virtualClock();
    const operations = ['externalOrderFacade.createOrUpdateOrder'];
    const emulator = await emulate({ clock, longRunning: { polls: 2, operations } });
    const secutix = connect(emulator);
    const call = secutix.request({ method: 'POST', path: orders, body: order });
    expect(await clock.run(call)).toMatchObject({ statusCode: 'success' });
    expect(bodiesOf(emulator).map((body) => body.startsWith('{"requestId":'))).toEqual([
      false,
      true,
      true,
    ]);
    expect(emulator.state.orders).toHaveLength(1);
  });

  test('that has no body is followed by asking again', async () => {
    const clock = virtualClock();
    let left = 1;
    const status = () => ({ statusCode: (left -= 1) >= 0 ? 'in_progress' : 'success' });
    const emulator = await emulate({ clock, routes: { [`GET ${path}`]: status } });
    const before = clock.now();
    await clock.run(connect(emulator).request({ method: 'GET', path }));
    expect(clock.now() - before).toBeGreaterThanOrEqual(30_000);
    expect(emulator.requests).toHaveLength(2);
  });
});

describe('what it refuses, before anything is sent:', () => {
  test.each<[string, unknown, unknown?]>([
    ['request', undefined],
    ['request', null],
    ['request', 'GET /'],
    ['request.method', { path }],
    ['request.method', { method: 'get', path }],
    ['request.method', { method: 'TRACE', path }],
    ['request.path', { method: 'GET' }],
    ['request.path', { method: 'GET', path: '' }],
    ['request.path', { method: 'GET', path: 'tnseb' }],
    ['request.path', { method: 'GET', path: '//evil.example/x' }],
    ['request.path', { method: 'GET', path: 'https://evil.example/x' }],
    ['request.path', { method: 'GET', path: '/a/../b' }],
    ['request.path', { method: 'GET', path: '/a/%2E%2e/b' }],
    ['request.path', { method: 'GET', path: '/a/./b' }],
    ['request.path', { method: 'GET', path: '/a?b=c' }],
    ['request.path', { method: 'GET', path: '/a#b' }],
    ['request.path', { method: 'GET', path: '/a b' }],
    ['request.path', { method: 'GET', path: '/a\r\nx: y' }],
    ['request.path', { method: 'GET', path: '/a\\b' }],
    ['request.query', { method: 'GET', path, query: 'a=b' }],
    ['request.query.a', { method: 'GET', path, query: { a: {} } }],
    ['request.query.a', { method: 'GET', path, query: { a: null } }],
    ['request.query.a', { method: 'GET', path, query: { a: 2 ** 53 } }],
    ['request.body', { method: 'GET', path, body: {} }],
    ['request.body.id', { method: 'POST', path, body: { id: 2 ** 53 } }],
    ['request.body[0]', { method: 'POST', path, body: [undefined] }],
    ['request.body', { method: 'POST', path, body: new Map() }],
    ['request.webMethodResult', { method: 'GET', path, webMethodResult: 'no' }],
    ['request.params', { method: 'GET', path, params: {} }],
    ['options', { method: 'GET', path }, null],
    ['options.locale', { method: 'GET', path }, { locale: 'fr_CH' }],
    ['options.version', { method: 'GET', path }, { version: '1.0' }],
    ['options.timeout', { method: 'GET', path }, { timeout: 0 }],
  ])('%s in %j', async (field, request, ...[options]) => {
    const emulator = await emulate();
    const secutix = connect(emulator);
    const error = await failure(secutix.request(request as never, options as never));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expect(emulator.requests).toEqual([]);
  });
});
