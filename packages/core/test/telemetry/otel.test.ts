import { describe, expect, test } from '@jest/globals';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { createTelemetry, type Telemetry } from '../../src/telemetry/channels.ts';
import { openTelemetry } from '../../src/telemetry/otel.ts';
import type {
  OtelAttributes,
  OtelContext,
  OtelMeter,
  OtelObservableResult,
  OtelSpan,
  OtelSpanOptions,
  OtelTracer,
} from '../../src/telemetry/otel-api.ts';

interface FakeSpan extends OtelSpan {
  name: string;
  options: OtelSpanOptions;
  context: OtelContext | undefined;
  attributes: OtelAttributes;
  status?: unknown;
  ended: number;
}

function fakeTracer() {
  const spans: FakeSpan[] = [];
  const tracer: OtelTracer = {
    startSpan(name, options = {}, context) {
      const span: FakeSpan = {
        name,
        options,
        context,
        attributes: { ...options.attributes },
        ended: 0,
        setAttributes: (attributes) => Object.assign(span.attributes, attributes),
        setStatus: (status) => {
          span.status = status;
        },
        spanContext: () => ({ traceId: 't', spanId: name, traceFlags: 1 }),
        end: () => {
          span.ended += 1;
        },
      };
      spans.push(span);
      return span;
    },
  };
  return { spans, tracer };
}

function fakeMeter() {
  const records: [name: string, value: number, attributes: OtelAttributes | undefined][] = [];
  const callbacks: ((result: OtelObservableResult) => void)[] = [];
  const units: Record<string, string | undefined> = {};
  const make = (name: string, { unit }: { unit?: string } = {}) => {
    units[name] = unit;
    const note = (value: number, attributes?: OtelAttributes) =>
      records.push([name, value, attributes]);
    return {
      record: note,
      add: note,
      addCallback: (callback: (result: OtelObservableResult) => void) =>
        callbacks.push((_result) => callback({ observe: note })),
    };
  };
  const meter: OtelMeter = {
    createHistogram: make,
    createCounter: make,
    createUpDownCounter: make,
    createObservableGauge: make,
  };
  const collect = () => callbacks.forEach((callback) => callback({ observe: () => {} }));
  return { records, units, meter, collect };
}

const call = { vendor: 'acme', operation: 'service.method', callId: 7 };
const attempt = { ...call, attempt: 1, method: 'POST', host: 'vendor.example:8443', queueMs: 250 };
const error = new VendorError('hunter2', { code: 'SERVER_ERROR', status: 503 });

/** A call that fails, is repeated and succeeds; then one that fails. */
function play(telemetry: Telemetry): void {
  telemetry.emit('callStart', call);
  telemetry.emit('quota', {
    vendor: 'acme',
    key: 'service',
    value: 'catalog',
    limit: 60,
    remaining: 41,
    waiting: 2,
  });
  telemetry.emit('attemptStart', attempt);
  telemetry.emit('attemptEnd', { ...attempt, durationMs: 40, status: 503, code: 'SERVER_ERROR' });
  telemetry.emit('retry', { ...call, attempt: 1, delayMs: 10, code: 'SERVER_ERROR' });
  telemetry.emit('attemptStart', { ...attempt, attempt: 2, queueMs: 0 });
  telemetry.emit('attemptEnd', {
    ...attempt,
    attempt: 2,
    queueMs: 0,
    durationMs: 20,
    status: 200,
    receivedBytes: 512,
    signatureAgeMs: 3,
  });
  telemetry.emit('callEnd', { ...call, attempts: 2, durationMs: 320, queueMs: 250, status: 200 });
  telemetry.emit('callStart', { ...call, callId: 8 });
  telemetry.emit('callEnd', { ...call, callId: 8, attempts: 0, durationMs: 1, queueMs: 0, error });
}

describe('spans', () => {
  test('there is one for each call and one for each attempt, with the conventional names', () => {
    const { spans, tracer } = fakeTracer();
    play(createTelemetry({ vendor: 'acme', hooks: openTelemetry({ tracer }) }));
    const operation = { 'vendorkit.vendor': 'acme', 'vendorkit.operation': 'service.method' };
    const request = {
      ...operation,
      'vendorkit.call_id': 7,
      'http.request.method': 'POST',
      'server.address': 'vendor.example',
      'server.port': 8443,
    };
    expect(spans.map(({ name, options, attributes }) => [name, options.kind, attributes])).toEqual([
      [
        'acme service.method',
        0,
        {
          ...operation,
          'vendorkit.call_id': 7,
          'vendorkit.attempts': 2,
          'vendorkit.quota.wait': 0.25,
          'http.response.status_code': 200,
        },
      ],
      [
        'POST',
        2,
        {
          ...request,
          'vendorkit.quota.wait': 0.25,
          'http.response.status_code': 503,
          'error.type': '503',
        },
      ],
      [
        'POST',
        2,
        {
          ...request,
          'vendorkit.quota.wait': 0,
          'http.request.resend_count': 1,
          'http.response.status_code': 200,
          'http.response.body.size': 512,
          'vendorkit.signature.age': 0.003,
        },
      ],
      [
        'acme service.method',
        0,
        {
          ...operation,
          'vendorkit.call_id': 8,
          'vendorkit.attempts': 0,
          'vendorkit.quota.wait': 0,
          'http.response.status_code': 503,
          'error.type': 'SERVER_ERROR',
        },
      ],
    ]);
  });

  test('each ends once, and those that failed say so without the message', () => {
    const { spans, tracer } = fakeTracer();
    play(createTelemetry({ vendor: 'acme', hooks: openTelemetry({ tracer }) }));
    expect(spans.map(({ ended }) => ended)).toEqual([1, 1, 1, 1]);
    expect(spans.map(({ status }) => status)).toEqual([
      undefined,
      { code: 2 },
      undefined,
      { code: 2, message: 'SERVER_ERROR' },
    ]);
    expect(JSON.stringify(spans)).not.toContain('hunter2');
  });

  test('an attempt links to its call where the API is not given', () => {
    const { spans, tracer } = fakeTracer();
    play(createTelemetry({ vendor: 'acme', hooks: openTelemetry({ tracer }) }));
    const link = { context: { traceId: 't', spanId: 'acme service.method', traceFlags: 1 } };
    expect(spans[1]?.options.links).toEqual([link]);
    expect(spans[1]?.context).toBeUndefined();
  });

  test('an attempt is a child of its call where the API is given', () => {
    const { spans, tracer } = fakeTracer();
    const active = { name: 'active' };
    const context = { active: () => active };
    const trace = { setSpan: (parent: object, span: OtelSpan) => ({ parent, span }) };
    play(createTelemetry({ vendor: 'acme', hooks: openTelemetry({ tracer, trace, context }) }));
    expect(spans[1]?.context).toEqual({ parent: active, span: spans[0] });
    expect(spans[2]?.context).toBe(spans[1]?.context);
    expect(spans[1]?.options.links).toBeUndefined();
  });

  test('an attempt that nobody ended ends with its call', () => {
    const { spans, tracer } = fakeTracer();
    const telemetry = createTelemetry({ vendor: 'acme', hooks: openTelemetry({ tracer }) });
    telemetry.emit('callStart', call);
    telemetry.emit('attemptStart', attempt);
    telemetry.emit('callEnd', { ...call, attempts: 1, durationMs: 1, queueMs: 0 });
    expect(spans.map(({ ended }) => ended)).toEqual([1, 1]);
  });

  test.each([
    ['vendor.example', 'vendor.example', undefined],
    ['127.0.0.1:80', '127.0.0.1', 80],
    ['[::1]:8443', '::1', 8443],
    ['[::1]', '::1', undefined],
  ])('the host %s is address %s and port %s', (host, address, port) => {
    const { spans, tracer } = fakeTracer();
    const telemetry = createTelemetry({ vendor: 'acme', hooks: openTelemetry({ tracer }) });
    telemetry.emit('attemptStart', { ...attempt, host });
    expect(spans[0]?.attributes['server.address']).toBe(address);
    expect(spans[0]?.attributes['server.port']).toBe(port);
  });
});

describe('metrics', () => {
  const operation = { 'vendorkit.vendor': 'acme', 'vendorkit.operation': 'service.method' };
  const server = {
    'http.request.method': 'POST',
    'server.address': 'vendor.example',
    'server.port': 8443,
  };

  test('durations are in seconds, counts are counts, and attributes are few', () => {
    const { records, units, meter, collect } = fakeMeter();
    play(createTelemetry({ vendor: 'acme', hooks: openTelemetry({ meter }) }));
    collect();
    const refused = { ...operation, 'http.response.status_code': 503, 'error.type': '503' };
    const answered = { ...operation, 'http.response.status_code': 200 };
    const failed = { ...operation, 'http.response.status_code': 503, 'error.type': 'SERVER_ERROR' };
    const quota = {
      'vendorkit.vendor': 'acme',
      'vendorkit.quota.key': 'service',
      'vendorkit.quota.value': 'catalog',
      'vendorkit.quota.limit': 60,
    };
    expect(records).toEqual([
      ['vendorkit.calls.active', 1, operation],
      ['vendorkit.quota.wait', 0.25, operation],
      ['vendorkit.attempts', 1, refused],
      ['http.client.request.duration', 0.04, { ...server, ...refused }],
      ['vendorkit.retries', 1, { ...operation, 'error.type': 'SERVER_ERROR' }],
      ['vendorkit.quota.wait', 0, operation],
      ['vendorkit.attempts', 1, answered],
      ['http.client.request.duration', 0.02, { ...server, ...answered }],
      ['vendorkit.calls.active', -1, operation],
      ['vendorkit.call.duration', 0.32, answered],
      ['vendorkit.calls.active', 1, operation],
      ['vendorkit.calls.active', -1, operation],
      ['vendorkit.call.duration', 0.001, failed],
      ['vendorkit.quota.remaining', 41, quota],
      ['vendorkit.quota.waiting', 2, quota],
    ]);
    expect(units['vendorkit.call.duration']).toBe('s');
  });

  test('a call that never began is not counted as active', () => {
    const { records, meter } = fakeMeter();
    const telemetry = createTelemetry({ vendor: 'acme', hooks: openTelemetry({ meter }) });
    telemetry.emit('callEnd', { ...call, attempts: 0, durationMs: 0, queueMs: 0, error });
    expect(records.map(([name]) => name)).toEqual(['vendorkit.call.duration']);
  });

  test('a gauge shows the last state of each rule', () => {
    const { records, meter, collect } = fakeMeter();
    const telemetry = createTelemetry({ vendor: 'acme', hooks: openTelemetry({ meter }) });
    for (const remaining of [59, 58, 57]) {
      telemetry.emit('quota', {
        vendor: 'acme',
        key: 'service',
        value: 'catalog',
        limit: 60,
        remaining,
        waiting: 0,
      });
    }
    collect();
    expect(records.map(([name, value]) => [name, value])).toEqual([
      ['vendorkit.quota.remaining', 57],
      ['vendorkit.quota.waiting', 0],
    ]);
  });
});

test('nothing is reported where nothing is given', () => {
  expect(openTelemetry({})).toEqual({});
});
