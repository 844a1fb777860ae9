import { afterEach, describe, expect, test } from '@jest/globals';
import { invalidResponse, statusError } from '../src/errors/classify.ts';
import { VendorError } from '../src/errors/vendor-error.ts';
import { Limiter } from '../src/limiter/limiter.ts';
import { VirtualClock } from '../src/testing/virtual-clock.ts';
import {
  Acme,
  acmeRequest,
  closeAll,
  delay,
  done,
  failure,
  readAcme,
  recordingLimiter,
  serve,
  until,
  working,
  type AcmeRequest,
} from './acme.ts';

afterEach(closeAll);

const minute = 60_000;
const oneRule = [{ key: 'account', limit: 60, windowMs: minute }];

/** A client whose phases, hooks and permits write one log. */
function logged(url: string, clock?: VirtualClock): { acme: Acme; log: string[] } {
  const log: string[] = [];
  const limiter = new Limiter(oneRule, { clock });
  const acme = new Acme(
    { url },
    {
      quota: recordingLimiter(limiter, log),
      clock,
      retry: { baseDelay: 0 },
      hooks: {
        callStart: () => log.push('callStart'),
        quota: ({ remaining }) => log.push(`quota ${remaining}`),
        attemptStart: ({ attempt }) => log.push(`attemptStart ${attempt}`),
        attemptEnd: ({ attempt, status }) => log.push(`attemptEnd ${attempt} ${status}`),
        retry: ({ code }) => log.push(`retry ${code}`),
        callEnd: ({ attempts }) => log.push(`callEnd ${attempts}`),
      },
    },
  );
  return { acme, log };
}

/** A request that notes each of its phases. */
function loggedRequest(log: string[], request: AcmeRequest = {}): AcmeRequest {
  return {
    authorise: async () => (log.push('authorise'), { 'x-credentials': 'given' }),
    sign: async () => (log.push('sign'), { 'x-signature': 'made' }),
    read: (answer) => (log.push('read'), readAcme(answer)),
    recover: () => (log.push('recover'), true),
    ...request,
  };
}

describe('the phases', () => {
  test('come in one order', async () => {
    const server = await serve(() => (log.push('server'), done()));
    const { acme, log } = logged(server.url);
    await acme.call(loggedRequest(log));
    expect(log).toEqual([
      'callStart',
      'acquire',
      'quota 59',
      'attemptStart 1',
      'authorise',
      'sign',
      'server',
      'learn',
      'settle',
      'read',
      'attemptEnd 1 200',
      'callEnd 1',
    ]);
    expect(server.requests[0]?.headers).toMatchObject({
      'x-credentials': 'given',
      'x-signature': 'made',
    });
  });

  test('come again for a retry, from the quota on', async () => {
    const server = await serve(() => (log.push('server'), done()));
    server.faults.answer({ status: 503 });
    const { acme, log } = logged(server.url);
    await acme.call(loggedRequest(log));
    expect(log.slice(5)).toEqual([
      'sign',
      'learn',
      'settle',
      'read',
      'attemptEnd 1 503',
      'retry SERVER_ERROR',
      'acquire',
      'quota 58',
      'attemptStart 2',
      'authorise',
      'sign',
      'server',
      'learn',
      'settle',
      'read',
      'attemptEnd 2 200',
      'callEnd 2',
    ]);
  });

  test('come again for a poll, which asks the quota as a poll', async () => {
    const clock = new VirtualClock();
    const server = await serve(({ path }) => (path === '/things' ? working('7') : done()), {
      clock,
    });
    const { acme, log } = logged(server.url, clock);
    const request = loggedRequest(log, { method: 'POST' });
    const { response } = await clock.run(acme.call(request).withResponse());
    expect(log).toEqual([
      'callStart',
      'acquire',
      'quota 59',
      'attemptStart 1',
      'authorise',
      'sign',
      'learn',
      'settle',
      'read',
      'attemptEnd 1 200',
      'acquire for a poll',
      'quota 58',
      'attemptStart 1',
      'authorise',
      'sign',
      'learn',
      'settle',
      'read',
      'attemptEnd 1 200',
      'callEnd 2',
    ]);
    expect(server.requests.map(({ path }) => path)).toEqual(['/things', '/things/7']);
    expect(response).toMatchObject({ attempts: 2, requestId: '7' });
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(30_000);
  });

  test('come again at once, and one time only, when refused credentials can be mended', async () => {
    const server = await serve(() => ({ status: 401 }));
    const { acme, log } = logged(server.url);
    const error = await failure(acme.call(loggedRequest(log, { method: 'POST' })));
    expect(log.filter((name) => /recover|retry|authorise/.test(name))).toEqual([
      'authorise',
      'recover',
      'retry UNAUTHENTICATED',
      'authorise',
      // What the second refusal teaches is for the next call.
      'recover',
    ]);
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', attempts: 2, status: 401 });
  });

  test('refused credentials are not mended where no second attempt is allowed', async () => {
    const server = await serve(() => ({ status: 401 }));
    const acme = new Acme(server, { retry: { attempts: 1 } });
    const error = await failure(acme.call({ recover: () => true }));
    expect([error.code, server.requests.length]).toEqual(['UNAUTHENTICATED', 1]);
  });
});

describe('a request', () => {
  test('arrives as its vendor package and its caller made it', async () => {
    const server = await serve();
    const acme = new Acme({ url: `${server.url}/prefix/` });
    const query = { 'a b': 'c&d', e: 'ä' };
    await acme.call({ method: 'POST', query, body: '{"thing":"ä"}' }, { headers: { 'X-A': '1' } });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/prefix/things' });
    expect(Object.fromEntries(request?.query ?? [])).toEqual(query);
    expect(request?.text).toBe('{"thing":"ä"}');
    expect(request?.headers).toMatchObject({ accept: 'application/json', 'x-a': '1' });
  });

  test('may have bytes for a body, sent as they are', async () => {
    const server = await serve();
    const buffer = Uint8Array.of(9, 0, 255, 0xc3, 13, 10, 9);
    for (const method of ['POST', 'DELETE']) {
      await new Acme(server).call({ method, body: buffer.subarray(1, 6) });
    }
    for (const { body, headers } of server.requests) {
      expect([...body]).toEqual([0, 255, 0xc3, 13, 10]);
      expect([headers['content-length'], headers['transfer-encoding']]).toEqual(['5', undefined]);
    }
    expect(server.requests.length).toBe(2);
  });

  test('may ask for its query when its credentials are there, in each attempt', async () => {
    const server = await serve(({ query }) => ({
      ...done(),
      status: query.get('mode') === '2' ? 200 : 503,
    }));
    let tokens = 0;
    await new Acme(server, { retry: { baseDelay: 1 } }).call({
      authorise: async () => ({ authorization: `Bearer ${(tokens += 1)}` }),
      query: () => (tokens === 1 ? 'mode=1' : { mode: String(tokens) }),
    });
    expect(server.requests.map(({ query }) => query.get('mode'))).toEqual(['1', '2']);
  });

  test('whose query cannot be told is not sent', async () => {
    const server = await serve();
    const acme = new Acme(server);
    const problem = new VendorError('No mode.', { code: 'INVALID_REQUEST', field: 'mode' });
    const query = (thrown: Error) => () => {
      throw thrown;
    };
    expect(await failure(acme.call({ query: query(problem) }))).toBe(problem);
    expect(problem).toMatchObject({ outcome: 'not-sent', attempts: 1 });
    const unforeseen = await failure(acme.call({ query: query(new Error('a secret')) }));
    expect(unforeseen).toMatchObject({ code: 'INVALID_REQUEST', outcome: 'not-sent' });
    expect(server.connections).toBe(0);
  });

  test('keeps the headers of its vendor package, whatever its caller adds', async () => {
    const server = await serve();
    const authorise = async () => ({ 'x-credentials': 'true' });
    const sign = async () => ({ 'x-signature': 'true' });
    const headers = { Accept: '*/*', 'X-Credentials': 'no', 'X-Signature': 'no' };
    await new Acme(server).call({ authorise, sign }, { headers });
    expect(server.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'x-credentials': 'true',
      'x-signature': 'true',
    });
  });

  test('that would leave the base URL is refused', async () => {
    const server = await serve();
    const error = await failure(new Acme(server).call({ path: '/../things' }));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'path', outcome: 'not-sent' });
    expect(server.connections).toBe(0);
  });

  test('goes over a connection that was used before', async () => {
    const server = await serve();
    const acme = new Acme(server);
    await acme.call();
    await acme.call();
    expect(server.connections).toBe(1);
  });
});

test('an answer tells the time of its vendor', async () => {
  const date = new Date(Date.now() + 3_600_000).toUTCString();
  const server = await serve(() => ({ ...done(), headers: { date } }));
  const acme = new Acme(server);
  await acme.call();
  const aheadMs = acme.engine.serverClock.window().earliestMs - Date.now();
  expect(Math.abs(aheadMs - 3_600_000)).toBeLessThan(2_000);
});

describe('a permit', () => {
  const path = '/things';

  async function permitLog(
    request: AcmeRequest,
    url: string,
    options: object = {},
  ): Promise<string[]> {
    const { acme, log } = logged(url);
    await acme.call({ method: 'POST', ...request }, options).catch(() => undefined);
    return log.filter((name) => /^(learn|settle|release|refused)/.test(name));
  }

  const throwing = async () => {
    throw new TypeError('Canary.');
  };

  test.each<[string, AcmeRequest]>([
    ['authorise', { authorise: throwing }],
    ['sign', { sign: throwing }],
    ['the path', { path: '/../other' }],
    ['a header', { headers: { host: 'other.example' } }],
  ])('is given back unused when %s fails', async (_, request) => {
    const server = await serve();
    expect(await permitLog({ path, ...request }, server.url)).toEqual(['release']);
    expect(server.requests).toEqual([]);
  });

  test('is given back unused for each connection that is refused', async () => {
    const server = await serve();
    await server.close();
    expect(await permitLog({}, server.url)).toEqual(['release', 'release', 'release']);
  });

  test('is settled by a complete answer, good or bad', async () => {
    const server = await serve();
    expect(await permitLog({}, server.url)).toEqual(['learn', 'settle']);
    server.faults.answer({ status: 500 });
    expect(await permitLog({}, server.url)).toEqual(['learn', 'settle']);
    server.faults.next('gzip_cut');
    expect(await permitLog({}, server.url)).toEqual(['learn', 'settle']);
    server.faults.answer({ status: 200, body: 'no JSON' });
    expect(await permitLog({}, server.url)).toEqual(['learn', 'settle']);
  });

  test('is settled with the longest transit when the answer did not come', async () => {
    const server = await serve();
    const inTransit = ['settle {"transitMs":5000}'];
    server.faults.next('na');
    expect(await permitLog({}, server.url)).toEqual(inTransit);
    server.faults.next('garbage');
    expect(await permitLog({}, server.url)).toEqual(inTransit);
    server.faults.next('n');
    expect(await permitLog({}, server.url, { timeout: 60 })).toEqual(inTransit);
    server.faults.next('n');
    const controller = new AbortController();
    const { signal } = controller;
    const log = permitLog({}, server.url, { signal });
    await until(() => server.requests.length === 4);
    controller.abort();
    expect(await log).toEqual(inTransit);
  });

  test('hears how long the vendor wants no more calls', async () => {
    const server = await serve();
    server.faults.answer({ status: 429, headers: { 'retry-after': '120' } });
    expect(await permitLog({}, server.url, { deadline: 1000 })).toEqual([
      'learn',
      'refused {"retryAfterMs":120000}',
    ]);
    server.faults.answer({ status: 509 });
    expect(await permitLog({}, server.url, { deadline: 1000 })).toEqual(['learn', 'refused']);
  });

  test('hears of a refusal that stands in the body of a success', async () => {
    const server = await serve();
    const read: AcmeRequest['read'] = () => ({ state: 'failed', error: statusError(429) });
    expect(await permitLog({ read }, server.url, { deadline: 1000 })).toEqual([
      'learn',
      'settle',
      'refused',
    ]);
  });

  test('learns from the headers of every answer', async () => {
    const clock = new VirtualClock();
    const headers = { 'X-RateLimit-Limit': '10', 'X-RateLimit-Remaining': '0' };
    const server = await serve(
      () => ({ ...done(), headers: { ...headers, 'X-RateLimit-Reset': '7' } }),
      { clock },
    );
    const acme = new Acme(server, { quota: oneRule, clock });
    await clock.run(acme.call());
    const [rule] = acme.engine.peek().rules;
    expect(rule).toMatchObject({ limit: 10, remaining: 0 });
    expect(rule?.nextSlotAt?.getTime()).toBe(clock.now() + 7_000);
    await clock.run(acme.call());
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(7_000);
  });
});

describe('an error', () => {
  const context = { vendor: 'acme', operation: 'things.get' };

  test('of an answer tells vendor, operation, status, attempts and outcome', async () => {
    const server = await serve(() => ({ status: 404 }));
    expect(await failure(new Acme(server).call())).toMatchObject({
      ...context,
      code: 'NOT_FOUND',
      status: 404,
      attempts: 1,
      outcome: 'answered',
      retryable: false,
    });
  });

  test('of a call that was never sent says so', async () => {
    const server = await serve();
    const error = await failure(new Acme(server).call({}, { signal: AbortSignal.abort('why') }));
    expect(error).toMatchObject({ ...context, code: 'ABORTED', attempts: 0, outcome: 'not-sent' });
    expect(error.cause).toBe('why');
    expect(server.requests).toEqual([]);
  });

  test('of a plan that could not be made has no operation yet', async () => {
    const server = await serve();
    const acme = new Acme(server);
    const plan = () => {
      throw new VendorError('Wrong.', { code: 'INVALID_REQUEST', field: 'thing' });
    };
    const error = await failure(acme.engine.call(plan));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'thing', vendor: 'acme' });
    expect(error).toMatchObject({ attempts: 0, outcome: 'not-sent' });
    expect(acme.events).toEqual([]);
  });

  const thrown: [string, unknown][] = [
    ['a TypeError', new TypeError('It quotes the canary')],
    ['undefined', undefined],
    ['null', null],
    ['a text', 'the canary itself'],
    ['an object', { stack: 'the canary', name: 5 }],
  ];

  test.each(thrown)('is a VendorError when %s is thrown anywhere on the road', async (_, what) => {
    const server = await serve();
    const acme = new Acme(server);
    const fail = () => {
      throw what;
    };
    const failAsync = async () => fail();
    const errors = [
      await failure(acme.engine.call(fail)),
      await failure(acme.call({ authorise: failAsync })),
      await failure(acme.call({ authorise: fail })),
      await failure(acme.call({ sign: failAsync })),
      await failure(acme.call({ sign: fail })),
      await failure(acme.call({ read: fail })),
    ];
    server.faults.answer({ status: 401 });
    errors.push(await failure(acme.call({ recover: fail })));
    server.faults.answer(working('8'));
    const poll = { intervalMs: 1, request: fail };
    errors.push(
      await failure(
        acme.engine.call(() => ({ request: acmeRequest({ method: 'POST' }), options: {}, poll })),
      ),
    );
    expect(errors.map(({ code, outcome }) => [code, outcome])).toEqual([
      ['INVALID_REQUEST', 'not-sent'],
      ['UNAUTHENTICATED', 'not-sent'],
      ['UNAUTHENTICATED', 'not-sent'],
      ['CONFIGURATION', 'not-sent'],
      ['CONFIGURATION', 'not-sent'],
      ['INVALID_RESPONSE', 'answered'],
      ['INVALID_RESPONSE', 'answered'],
      ['INVALID_RESPONSE', 'answered'],
    ]);
    for (const error of errors.slice(1)) expect(error).toMatchObject(context);
    const texts = errors.map((error) => `${JSON.stringify(error)} ${error.stack}`).join();
    const causes = errors.map(({ cause }) => String((cause as Error).stack)).join();
    expect(texts + causes).not.toContain('canary');
    expect(acme.engine.peek().rules.every(({ inFlight }) => inFlight === 0)).toBe(true);
    expect(acme.events.filter((name) => name === 'callEnd')).toHaveLength(7);
  });

  test('of an answer that could not be read keeps its status', async () => {
    const server = await serve();
    const acme = new Acme(server, { retry: { attempts: 1 } });
    const read = () => {
      throw new TypeError('A fault of ours.');
    };
    const code = 'INVALID_RESPONSE';
    const error = await failure(acme.call({ read }));
    expect(error).toMatchObject({ code, status: 200, outcome: 'answered' });
    server.faults.next('gzip_cut');
    expect(await failure(acme.call())).toMatchObject({ code, status: 200, outcome: 'unknown' });
    server.faults.answer({ status: 200, body: '{"state":' });
    expect(await failure(acme.call())).toMatchObject({ code, status: 200, outcome: 'answered' });
    server.faults.answer({ status: 200, body: Buffer.from([0x1f, 0x8b, 0x08, 0x00]) });
    expect(await failure(acme.call())).toMatchObject({ code, status: 200, outcome: 'answered' });
    expect(server.requests).toHaveLength(4);
  });

  test('of an answer whose page cannot be decoded goes by the status', async () => {
    const server = await serve(() => ({ status: 404, body: Buffer.from([0x1f, 0x8b, 0xff]) }));
    expect(await failure(new Acme(server).call())).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('tells the identifier of the last answer that had one', async () => {
    const clock = new VirtualClock();
    const server = await serve(
      ({ path }) => (path === '/things' ? working('7') : { status: 404 }),
      {
        clock,
      },
    );
    const error = await clock.run(failure(new Acme(server, { clock }).call({ method: 'POST' })));
    expect(error).toMatchObject({ code: 'NOT_FOUND', requestId: '7', attempts: 2 });
  });
});

describe('the outcome of a call of several requests', () => {
  /** Answers the first request, and then is gone. */
  async function gone(first: 'unknown' | 'in-progress' | 'unavailable') {
    const clock = new VirtualClock();
    // Without a kept connection, nobody can take the last attempt for one that was cut on its way.
    const headers = { connection: 'close' };
    const server = await serve(() => ({ ...working('7'), headers }), { clock });
    const acme = new Acme(server, { clock, retry: { baseDelay: 100 } });
    if (first === 'unknown') server.faults.next('na');
    if (first === 'unavailable') server.faults.answer({ status: 503, headers });
    const request: AcmeRequest = {
      method: 'POST',
      authorise: async () => {
        if (server.requests.length > 0) await server.close();
        return {};
      },
    };
    return clock.run(failure(acme.call(request, { idempotent: first !== 'in-progress' })));
  }

  test('is unknown if an earlier attempt may have arrived', async () => {
    expect(await gone('unknown')).toMatchObject({ code: 'CONNECTION', outcome: 'unknown' });
  });

  test('is answered if an earlier attempt was', async () => {
    expect(await gone('unavailable')).toMatchObject({ code: 'CONNECTION', outcome: 'answered' });
  });

  test('is answered if the vendor is working on it, and a write is not retryable then', async () => {
    expect(await gone('in-progress')).toMatchObject({
      code: 'CONNECTION',
      outcome: 'answered',
      retryable: false,
      requestId: '7',
    });
  });

  test('is answered if a poll finds no room in the quota', async () => {
    const clock = new VirtualClock();
    const server = await serve(() => working('7'), { clock });
    const quota = [{ key: 'account', limit: 1, windowMs: 10 * minute }];
    const acme = new Acme(server, { clock, quota });
    const error = await clock.run(failure(acme.call({ method: 'POST' })));
    expect(error).toMatchObject({
      code: 'QUOTA_WAIT_EXCEEDED',
      outcome: 'answered',
      retryable: false,
      attempts: 1,
    });
    expect(server.requests).toHaveLength(1);
  });

  test('is what the last answer left when a wait between two attempts is ended', async () => {
    const clock = new VirtualClock();
    const server = await serve(() => ({ status: 503 }), { clock });
    const acme = new Acme(server, { clock, retry: { baseDelay: 50_000, maxDelay: 50_000 } });
    const controller = new AbortController();
    const error = failure(acme.call({}, { signal: controller.signal }));
    await until(() => acme.events.includes('retry'));
    controller.abort();
    expect(await error).toMatchObject({ code: 'ABORTED', outcome: 'answered', attempts: 1 });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('an answer', () => {
  test('comes with status, headers, identifier, attempts and durations', async () => {
    const server = await serve(async () => {
      await delay(40);
      const body = '{"state":"done","id":"9"}';
      return { status: 201, headers: { 'X-Thing': 'yes' }, body };
    });
    server.faults.answer({ status: 503 });
    const acme = new Acme(server, { retry: { baseDelay: 0 } });
    const { data, response } = await acme.call().withResponse();
    expect(data).toEqual({ state: 'done', id: '9' });
    expect(response).toMatchObject({ status: 201, requestId: '9', attempts: 2 });
    expect(response.headers['x-thing']).toBe('yes');
    const { total, queue, network } = response.durations;
    expect(queue).toBeLessThan(30);
    expect(network).toBeGreaterThanOrEqual(39);
    expect(total).toBeGreaterThanOrEqual(network);
  });

  test('counts the time in the queue and that of attempts that failed', async () => {
    const clock = new VirtualClock();
    const server = await serve(() => done(), { clock });
    const quota = [{ key: 'account', limit: 1, windowMs: 10_000 }];
    const acme = new Acme(server, { clock, quota });
    server.faults.next('n');
    const { response } = await clock.run(acme.call({}, { timeout: 4_000 }).withResponse());
    const { total, queue, network } = response.durations;
    expect(network).toBeGreaterThanOrEqual(4_000);
    expect(network).toBeLessThan(4_500);
    // The vendor may count the first attempt 5 s after it was given up, and a window counts from there.
    expect(queue).toBeGreaterThanOrEqual(14_000);
    expect(total).toBeGreaterThanOrEqual(queue + network);
  });

  test('that makes no sense is never a success, nor sent for again', async () => {
    const server = await serve(() => ({ status: 200, body: '{"state":"perhaps"}' }));
    const error = await failure(new Acme(server).call());
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', outcome: 'answered' });
    expect(server.requests).toHaveLength(1);
  });

  test('that is a redirect is not followed', async () => {
    const server = await serve(() => ({ status: 302, headers: { location: '/other' } }));
    const error = await failure(new Acme(server).call());
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', status: 302 });
    expect(server.requests).toHaveLength(1);
  });

  test('beyond the greatest length is refused', async () => {
    const server = await serve(() => done('x'.repeat(2_000)));
    const acme = new Acme(server, { maxResponseBytes: 1_000, retry: { baseDelay: 0 } });
    const error = await failure(acme.call());
    // It would be as long the next time.
    expect(server.requests).toHaveLength(1);
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', outcome: 'answered' });
    expect(error.message).toMatch('the answer is longer than 1000 bytes');
  });

  test('that is refused by its reader keeps what the reader said', async () => {
    const server = await serve();
    const error = invalidResponse('No thing.', { vendorCode: 'NO_THING', requestId: 5n });
    const rejected = await failure(
      new Acme(server).call({ read: () => ({ state: 'failed', error }) }),
    );
    expect(rejected).toBe(error);
    expect(rejected).toMatchObject({ vendorCode: 'NO_THING', requestId: 5n, status: 200 });
  });
});
