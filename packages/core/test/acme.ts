import type { CallPromise } from '../src/call-promise.ts';
import type { CallRequest, Step } from '../src/call-request.ts';
import { Engine, type PollPlan, type VendorProfile } from '../src/client.ts';
import { invalidResponse, statusError } from '../src/errors/classify.ts';
import { VendorError } from '../src/errors/vendor-error.ts';
import type {
  Admission,
  Limiter,
  Permit,
  PermitRequest,
  QuotaLimiter,
} from '../src/limiter/limiter.ts';
import { Operation } from '../src/operation.ts';
import { readCallOptions, readClientOptions, type ClientOptions } from '../src/options.ts';
import { eventNames } from '../src/telemetry/channels.ts';
import type { Hooks } from '../src/telemetry/events.ts';
import type { EmulatorAnswer, EmulatorHandler } from '../src/testing/messages.ts';
import { startServer, type RunningServer, type ServerOptions } from '../src/testing/server.ts';
import { systemClock, type Clock } from '../src/time/clock.ts';
import { answerJson, type Answer } from '../src/transport/answer.ts';

/**
 * A vendor that does not exist, written as a vendor package is: an answer has a `state`, which is
 * `done`, `working` or `refused`.
 */
export interface AcmeAnswer {
  state: string;
  id?: string;
  value?: unknown;
}

/** What is known of the engine's own part of a call. */
export type AcmeRequest = Partial<CallRequest<AcmeAnswer>>;

const closers: (() => unknown)[] = [];

/** Closes what a test has opened, newest first. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

export const done = (value: unknown = 'some twenty bytes'): EmulatorAnswer => ({
  status: 200,
  body: JSON.stringify({ state: 'done', value }),
});

export const working = (id: string): EmulatorAnswer => ({
  status: 200,
  body: JSON.stringify({ state: 'working', id }),
});

export const refused: EmulatorAnswer = { status: 200, body: '{"state":"refused"}' };

export async function serve(
  handle: EmulatorHandler = () => done(),
  options: Partial<ServerOptions> = {},
): Promise<RunningServer> {
  const server = await startServer({ handle, ...options });
  closers.push(async () => server.close());
  return server;
}

export function readAcme(answer: Answer): ReturnType<CallRequest<AcmeAnswer>['read']> {
  const { status } = answer;
  if (status < 200 || status > 299) return { state: 'failed', error: statusError(status) };
  const body = answerJson(answer) as AcmeAnswer;
  if (body.state === 'working') return { state: 'in-progress', requestId: body.id };
  if (body.state === 'done') return { state: 'done', result: body, requestId: body.id };
  if (body.state !== 'refused') return { state: 'failed', error: invalidResponse('No state.') };
  const error = new VendorError('Acme said no.', { code: 'OPERATION_FAILED', vendorCode: 'NO' });
  return { state: 'failed', error };
}

/** A request of Acme's. A `POST` is a write, and anything else a read. */
export function acmeRequest(request: AcmeRequest = {}): CallRequest<AcmeAnswer> {
  const { method = 'GET' } = request;
  return {
    operation: 'things.get',
    method,
    path: '/things',
    headers: { accept: 'application/json' },
    ...(method === 'POST' && { body: '{"thing":1}' }),
    scopes: { account: 'wile' },
    repeatable: method === 'POST' ? 'when-refused' : 'always',
    read: readAcme,
    ...request,
  };
}

const pollPlan = (request: AcmeRequest): PollPlan<AcmeAnswer> => ({
  intervalMs: 30_000,
  request: (id) =>
    acmeRequest({
      ...request,
      path: `/things/${id ?? 'none'}`,
      poll: true,
      repeatable: 'always',
    }),
});

/** A client of Acme. */
export class Acme {
  readonly engine: Engine;
  /** The names of all events so far. */
  readonly events: string[] = [];
  readonly #settings: { deadlineMs: number; clock: Clock };

  constructor(
    server: Pick<RunningServer, 'url'>,
    options: ClientOptions = {},
    profile: Partial<VendorProfile> = {},
  ) {
    const { settings } = readClientOptions(
      { baseUrl: server.url, quota: [], hooks: recordingHooks(this.events), ...options },
      { timeoutMs: 10_000, deadlineMs: 600_000 },
    );
    this.#settings = settings;
    this.engine = new Engine(
      {
        vendor: 'acme',
        baseUrl: 'https://acme.example',
        account: 'wile',
        scopes: ['account', 'service'],
        rules: [],
        secrets: [],
        ...profile,
      },
      settings,
    );
    closers.push(async () => this.engine.close());
  }

  call(request: AcmeRequest = {}, options?: unknown): CallPromise<AcmeAnswer> {
    return this.engine.call(() => ({
      request: acmeRequest(request),
      options: readCallOptions(options).call,
      poll: pollPlan(request),
    }));
  }

  submit(request: AcmeRequest = {}, options?: unknown): CallPromise<Step<AcmeAnswer>> {
    return this.engine.submit(() => ({
      request: acmeRequest(request),
      options: readCallOptions(options).call,
    }));
  }

  operation(step: Step<AcmeAnswer>, { askNow = false } = {}): Operation<AcmeAnswer> {
    const poll = pollPlan({});
    const host = {
      ...this.#settings,
      vendor: 'acme',
      operation: 'things.make',
      intervalMs: poll.intervalMs,
      whileOpen: this.engine.whileOpen.bind(this.engine),
      ask: (requestId: bigint | string | undefined, options: object) =>
        this.engine.submit(() => ({ request: poll.request(requestId), options })),
      serialise: ({ state, requestId }: Step<AcmeAnswer>) => ({ state, id: requestId }),
    };
    return new Operation<AcmeAnswer>(host, step, { askNow });
  }
}

/** Notes the names of all events but those of the quota, which come with every permit. */
function recordingHooks(log: string[]): Hooks {
  const names = eventNames.filter((name) => name !== 'quota');
  return Object.fromEntries(names.map((name) => [name, () => log.push(name)]));
}

/** A limiter that notes what is asked of it and of its permits. */
export function recordingLimiter(limiter: Limiter, log: string[]): QuotaLimiter {
  const note = (name: string, details: object = {}) => {
    const text = JSON.stringify(details);
    log.push(text === '{}' ? name : `${name} ${text}`);
  };
  const watch = (permit: Permit): Permit => ({
    waitedMs: permit.waitedMs,
    learn: (observed) => (note('learn', observed), permit.learn(observed)),
    settle: (options) => (note('settle', options), permit.settle(options)),
    release: () => (note('release'), permit.release()),
    refused: (options) => (note('refused', options), permit.refused(options)),
  });
  const watched = (admission: Admission): Admission =>
    admission.granted ? { granted: true, permit: watch(admission.permit) } : admission;
  return {
    acquire: (request: PermitRequest) => {
      note(request.poll === true ? 'acquire for a poll' : 'acquire');
      const admission = limiter.acquire(request);
      return admission instanceof Promise ? admission.then(watched) : watched(admission);
    },
    peek: (scopes) => limiter.peek(scopes),
  };
}

/** The error that a promise is rejected with. Anything but a VendorError fails the test. */
export async function failure(promise: Promise<unknown>): Promise<VendorError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  if (VendorError.is(outcome)) return outcome;
  throw new Error('Expected a VendorError', { cause: outcome });
}

/** How long something takes on a clock, in milliseconds. */
export async function measure<Result>(
  work: () => Promise<Result>,
  clock: Clock = systemClock,
): Promise<{ result: Result; elapsedMs: number }> {
  const startedAt = clock.monotonicNow();
  const result = await work();
  return { result, elapsedMs: clock.monotonicNow() - startedAt };
}

export async function delay(delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, delayMs));
}

/** Waits until something is so; the test's own time limit ends a vain wait. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(2);
}
