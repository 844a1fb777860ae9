import { channel } from 'node:diagnostics_channel';
import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { VendorError } from '../../../packages/core/src/errors/vendor-error.ts';
import { createTelemetry } from '../../../packages/core/src/telemetry/channels.ts';
import { Canary, canaries, canary as installed } from '../canary.ts';

const { password, secret } = canaries;

/** What `check` says, or undefined if it is content. */
function complaint(canary: Canary): string | undefined {
  try {
    canary.check();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Hears a planted secret, and lets nothing of it reach the terminal. */
let canary = new Canary();

// The one that watches over the whole suite would hear what is planted here.
beforeAll(() => installed.stop());

beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation(() => true);
  }
  for (const name of ['log', 'error', 'dir'] as const)
    jest.spyOn(console, name).mockImplementation(() => {});
  canary = new Canary();
  canary.start();
});

afterEach(() => {
  canary.stop();
});

const call = { vendor: 'acme', operation: `a.${password}`, callId: 1 };

function failure(
  fields: Partial<ConstructorParameters<typeof VendorError>[1]> = {},
  message = 'no',
) {
  return new VendorError(message, { code: 'TIMEOUT', ...fields });
}

function hidden(error: Error, key: string, value: unknown): Error {
  return Object.defineProperty(error, key, { value, enumerable: false });
}

const tokenPart = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

class Client {
  readonly options = { agent: { key: Buffer.from(secret) } };
}

describe('a planted leak is caught', () => {
  test.each<[where: string, plant: () => void]>([
    ['process.stdout', () => process.stdout.write(`x ${password}\n`)],
    ['process.stderr', () => process.stderr.write(Buffer.from(`x ${password}\n`))],
    ['console.log', () => console.log('sent', { deep: [{ password }] })],
    ['console.error', () => console.error(password)],
    ['console.dir', () => console.dir(failure({ details: { password } }))],
    [
      'event vendorkit:callStart, member operation',
      () => createTelemetry({ vendor: 'acme' }).emit('callStart', call),
    ],
    [
      'event vendorkit:callEnd, member error at details.echo',
      () =>
        channel('vendorkit:callEnd').publish({
          callId: 1,
          error: failure({ details: { echo: password } }),
        }),
    ],
    [
      'event vendorkit:attemptEnd, member error',
      () => channel('vendorkit:attemptEnd').publish({ callId: 1, error: failure({}, password) }),
    ],
    ['the log at warn', () => canary.logger().warn?.(`refused ${password}`)],
    [
      'the log at debug at headers.authorization',
      () => canary.logger().debug?.('sent', { headers: { authorization: `Bearer ${password}` } }),
    ],
    ['a watched value at cause', () => canary.watch(hidden(new Error('no'), 'cause', password))],
    [
      'a watched value at cause.config.data',
      () =>
        canary.watch(
          failure({ cause: Object.assign(new Error('no'), { config: { data: password } }) }),
        ),
    ],
    [
      'a watched value at stack',
      () => canary.watch(hidden(new Error('no'), 'stack', `Error: ${password}`)),
    ],
    [
      // Node 20 finds it in the stack, later ones in the message that the stack begins with.
      'a watched value at errors.0.',
      () => canary.watch(new AggregateError([new Error(password)])),
    ],
    ['the client at options.agent.key', () => canary.watch(new Client(), 'the client')],
    ['a watched value at 0', () => canary.watch(new Set([password]))],
    ['a watched value at key', () => canary.watch(new Map([['key', password]]))],
    ['a watched value at Symbol(hidden)', () => canary.watch({ [Symbol('hidden')]: password })],
    ['a watched value at [a name that is a secret]', () => canary.watch({ [`${secret}:443`]: 1 })],
  ])('in %s', (where, plant) => {
    plant();
    const message = complaint(canary);
    const name = /client|name/.test(where) ? 'secret' : 'password';
    expect(message).toContain(`canaries.${name} in ${where}`);
    expect(message).not.toContain(password);
    expect(message).not.toContain(secret);
    expect(complaint(canary)).toBeUndefined();
  });

  test('in a process warning', async () => {
    process.emit('warning', new Error(password));
    expect(complaint(canary)).toContain('canaries.password in a process warning');
  });

  test('in what only a clone shows', () => {
    const error = new Error('no');
    error.stack = password;
    error.toString = () => 'no';
    expect(complaint((canary.watch(error), canary))).toContain('canaries.password');
  });
});

describe('a secret is recognised', () => {
  test.each([
    ['in JSON', JSON.stringify({ password })],
    ['in JSON within JSON', JSON.stringify(JSON.stringify({ password }))],
    ['in a URL', `https://x/?p=${encodeURIComponent(password)}`],
    ['in a form', new URLSearchParams({ password }).toString()],
    [
      'in a URL in lower case',
      encodeURIComponent(password).replaceAll(/%../g, (code) => code.toLowerCase()),
    ],
    ['in XML', password.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['in base64', Buffer.from(password).toString('base64')],
    ['in Basic credentials', Buffer.from(`operator:${password}`).toString('base64')],
    ['in base64url', Buffer.from(password).toString('base64url')],
    ['in hexadecimal', Buffer.from(password).toString('hex')],
    ['when it is cut off', password.slice(0, 16)],
  ])('%s', (_name, text) => {
    canary.watch(text, 'a text');
    expect(complaint(canary)).toContain('canaries.password in a text');
  });

  test('as the bytes of a key', () => {
    canary.watch({ key: Buffer.from(secret, 'hex') }, 'a key');
    expect(complaint(canary)).toContain('canaries.secret in a key');
  });

  test.each(Object.entries(canaries))('%s', (name, value) => {
    canary.watch({ value });
    expect(complaint(canary)).toContain(`canaries.${name} in`);
  });

  test('a JSON web token, whatever is in it', () => {
    canary.watch({ sent: `${tokenPart({ alg: 'HS256' })}.${tokenPart({ sub: 'MOSA' })}` });
    expect(complaint(canary)).toContain('a JSON web token in a watched value at sent');
  });
});

describe('what is no leak', () => {
  test('a call that keeps its secrets', () => {
    const telemetry = createTelemetry({ vendor: 'acme', logger: canary.logger() });
    const error = failure({ details: { echo: '[redacted]', id: 2n ** 60n } });
    telemetry.emit('callEnd', {
      ...call,
      operation: 'a.b',
      attempts: 1,
      durationMs: 1,
      queueMs: 0,
      error,
    });
    expect(complaint(canary)).toBeUndefined();
  });

  test('a secret in a private field or a KeyObject', () => {
    class Careful {
      readonly #password = password;
      get length() {
        return this.#password.length;
      }
    }
    canary.watch(new Careful());
    expect(complaint(canary)).toBeUndefined();
  });

  test('circles and things that cannot be cloned', () => {
    const circle: Record<string, unknown> = { run: () => {} };
    circle['self'] = circle;
    const error = new Error('no');
    error.cause = error;
    canary.watch(circle);
    canary.watch(error);
    expect(complaint(canary)).toBeUndefined();
  });
});

test('after stop, nothing is heard and everything is back in its place', () => {
  canary.stop();
  process.stdout.write(password);
  console.log(password);
  channel('vendorkit:callEnd').publish({ password });
  expect(complaint(canary)).toBeUndefined();
  expect(jest.isMockFunction(Reflect.get(process.stdout, 'write'))).toBe(true);
});
