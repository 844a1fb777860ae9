import { validate } from './errors/validate.ts';
import type { QuotaLimiter } from './limiter/limiter.ts';
import type { Priority, QuotaRule } from './limiter/rule.ts';
import { isPlainObject } from './plain-object.ts';
import { callSchema, clientSchema, namedOptions, waitSchema } from './option-schemas.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Hooks } from './telemetry/events.ts';
import { systemClock, type Clock } from './time/clock.ts';

/** How a client repeats what failed. */
export interface RetrySettings {
  /**
   * How often a request is sent at most, the first time included.
   * @defaultValue 3
   */
  attempts?: number | undefined;
  /**
   * The longest wait before the second attempt, in milliseconds. It doubles with each further one;
   * the actual wait is a random part of it.
   * @defaultValue 500
   */
  baseDelay?: number | undefined;
  /**
   * The longest wait before any attempt, in milliseconds.
   * @defaultValue 20_000
   */
  maxDelay?: number | undefined;
}

/** The options that every client takes. `undefined` is the same as absent. */
export interface ClientOptions {
  /** Where the vendor is: https, or http on a loopback address only. A path prefix is kept. */
  baseUrl?: string | undefined;
  /** The longest duration of one attempt, the answer's body included, in milliseconds. */
  timeout?: number | undefined;
  /** The longest duration of a whole call: quota, attempts, waits and polls, in milliseconds. */
  deadline?: number | undefined;
  /** How failed requests are repeated. */
  retry?: RetrySettings | undefined;
  /**
   * The quota. An array of rules replaces the vendor's defaults, `[]` turns them off, and a `Limiter`
   * is shared by all clients that it is given to.
   */
  quota?: readonly QuotaRule[] | QuotaLimiter | undefined;
  /** Where log lines go: any object with some of `debug`, `info`, `warn` and `error`. */
  logger?: Logger | undefined;
  /** The proxy's URL, `http://user:password@host:port`. The environment is never read. */
  proxy?: string | undefined;
  /** Certificates to trust instead of the usual ones, as PEM. */
  ca?: string | Buffer | readonly (string | Buffer)[] | undefined;
  /** Functions that are called as things happen. */
  hooks?: Hooks | undefined;
  /**
   * How many connections are open at once.
   * @defaultValue 64
   */
  maxSockets?: number | undefined;
  /**
   * The largest answer that is read, in bytes after decompression.
   * @defaultValue 104_857_600 (100 MiB)
   */
  maxResponseBytes?: number | undefined;
  /** The clock. Tests give a virtual one. */
  clock?: Clock | undefined;
}

/** The options that every call takes. `undefined` is the same as absent. */
export interface CallOptions {
  /** Ends the call. It rejects with `ABORTED` and the signal's reason as `cause`. */
  signal?: AbortSignal | undefined;
  /** Overrides the client's `timeout`, in milliseconds. */
  timeout?: number | undefined;
  /** Overrides the client's `deadline`, in milliseconds. */
  deadline?: number | undefined;
  /**
   * Calls of priority `batch` wait for the quota behind all `interactive` ones.
   * @defaultValue 'interactive'
   */
  priority?: Priority | undefined;
  /** Headers to add. Those that carry credentials or frame the message are refused. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Declares that repeating this call does no harm, even if the first time was carried out. `false`
   * changes nothing: reads are repeated all the same; `retry: { attempts: 1 }` repeats nothing. */
  idempotent?: boolean | undefined;
}

/** A client's options after validation, with the defaults filled in and units in the names. */
export interface ClientSettings {
  baseUrl: string | undefined;
  timeoutMs: number;
  deadlineMs: number;
  retry: { attempts: number; baseDelayMs: number; maxDelayMs: number };
  quota: readonly QuotaRule[] | QuotaLimiter | undefined;
  logger: Logger | undefined;
  proxy: string | undefined;
  ca: string | Buffer | (string | Buffer)[] | undefined;
  hooks: Hooks | undefined;
  maxSockets: number;
  maxResponseBytes: number;
  clock: Clock;
}

/** What a client brings along where its user says nothing. */
export interface ClientDefaults {
  timeoutMs: number;
  deadlineMs: number;
}

const clientOptionNames = new Set(Object.keys(clientSchema.shape));
const callOptionNames = new Set(Object.keys(callSchema.shape));

/**
 * Checks the options that every client has, and hands the others back for the vendor's own check.
 *
 * @throws VendorError `CONFIGURATION` naming the field.
 */
export function readClientOptions(
  options: unknown,
  defaults: ClientDefaults,
): { settings: ClientSettings; own: Record<string, unknown> } {
  const [shared, own] = split(options, clientOptionNames, 'CONFIGURATION');
  const read = validate(clientSchema, shared, { code: 'CONFIGURATION' });
  const settings: ClientSettings = {
    baseUrl: read.baseUrl,
    timeoutMs: read.timeout ?? defaults.timeoutMs,
    deadlineMs: read.deadline ?? defaults.deadlineMs,
    retry: {
      attempts: read.retry?.attempts ?? 3,
      baseDelayMs: read.retry?.baseDelay ?? 500,
      maxDelayMs: read.retry?.maxDelay ?? 20_000,
    },
    quota: read.quota,
    logger: read.logger,
    proxy: read.proxy,
    ca: read.ca,
    hooks: read.hooks,
    maxSockets: read.maxSockets ?? 64,
    maxResponseBytes: read.maxResponseBytes ?? 100 * 1024 * 1024,
    clock: read.clock ?? systemClock,
  };
  return { settings, own };
}

/**
 * Checks the options that every call has, and hands the others back for the vendor's own check.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readCallOptions(options: unknown): {
  call: CallOptions;
  own: Record<string, unknown>;
} {
  if (options === undefined) return { call: {}, own: {} };
  const [shared, own] = split(options, callOptionNames, 'INVALID_REQUEST');
  const call = validate(callSchema, shared, { code: 'INVALID_REQUEST', root: 'options' });
  return { call, own };
}

/**
 * Checks how long a caller wants to wait for an operation.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readWait(options: unknown): Pick<CallOptions, 'deadline' | 'signal'> {
  if (options === undefined) return {};
  const refusal = { code: 'INVALID_REQUEST', root: 'options' } as const;
  validate(namedOptions, options, refusal);
  return validate(waitSchema, options, refusal);
}

/** The options that are plain records, in which absent and `undefined` are the same, too. */
const recordNames: ReadonlySet<string> = new Set(['retry', 'headers']);

/** The members whose names are listed, and the others. Absent and `undefined` are the same. */
function split(
  options: unknown,
  names: ReadonlySet<string>,
  code: 'CONFIGURATION' | 'INVALID_REQUEST',
): [Record<string, unknown>, Record<string, unknown>] {
  validate(namedOptions, options, { code, root: 'options' });
  const shared: Record<string, unknown> = {};
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options as object)) {
    if (value !== undefined)
      (names.has(name) ? shared : own)[name] = recordNames.has(name) ? present(value) : value;
  }
  return [shared, own];
}

/** The value itself, unless it is a plain object with members that are `undefined`. */
function present(value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value);
  if (entries.every(([, member]) => member !== undefined)) return value;
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}
