import { callSafely } from './call-safely.ts';
import type { AttemptEndEvent, CallEndEvent, EventMap, Hooks, RetryEvent } from './events.ts';

/** What a log line carries beside its message: texts, numbers and booleans only. */
export type LogFields = Record<string, unknown>;

/** Writes one line. The method is called on the logger, so it may use `this`. */
export type LogMethod = (message: string, fields?: LogFields) => void;

/**
 * Where log lines go. Any object with some of these methods will do, `console` among them. Lines of
 * a level that it does not have are dropped, and what it throws changes nothing.
 *
 * A log line never holds a header, a body, a URL, or a text that the vendor wrote.
 */
export interface Logger {
  /** Calls that went well, and each attempt. */
  debug?: LogMethod | undefined;
  /** Calls that are about to be repeated. */
  info?: LogMethod | undefined;
  /** Calls that failed, and warnings. */
  warn?: LogMethod | undefined;
  /** Never used so far. */
  error?: LogMethod | undefined;
}

/** The levels, the least important first. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** The members of an event that a line may hold. What is not listed is not logged. */
const loggedMembers = [
  'vendor',
  'operation',
  'callId',
  'attempt',
  'attempts',
  'method',
  'host',
  'status',
  'code',
  'warning',
  'delayMs',
  'durationMs',
  'queueMs',
  'receivedBytes',
  'signatureAgeMs',
] as const;

/** The members of an error that a line may hold. Its message may quote the vendor: it is left out. */
const loggedErrorMembers = [
  'code',
  'status',
  'vendorCode',
  'requestId',
  'outcome',
  'retryable',
  'retryAt',
  'field',
] as const;

/**
 * Writes one line, come what may: a logger that fails does not fail the call. The line is made only
 * if the logger has the level.
 */
export function writeLog(
  logger: Logger,
  level: LogLevel,
  makeLine: () => { message: string; fields: LogFields },
): void {
  callSafely(
    () => {
      if (typeof logger[level] !== 'function') return undefined;
      const { message, fields } = makeLine();
      return logger[level](message, fields);
    },
    // There is nowhere left to report this to.
    () => {},
  );
}

/** The hooks that write the log: one line at the end of a call, one for each attempt and retry. */
export function logHooks(logger: Logger): Hooks {
  return {
    callEnd: (event) =>
      writeLog(logger, event.error === undefined ? 'debug' : 'warn', () => ({
        message: callEndMessage(event),
        fields: { ...loggedFields(event), ...errorFields(event.error) },
      })),
    attemptEnd: (event) =>
      writeLog(logger, 'debug', () => ({
        message: attemptMessage(event),
        fields: loggedFields(event),
      })),
    retry: (event) =>
      writeLog(logger, 'info', () => ({
        message: retryMessage(event),
        fields: loggedFields(event),
      })),
    warning: (event) =>
      writeLog(logger, 'warn', () => ({
        message: `${event.vendor}: ${event.message}`,
        fields: loggedFields(event),
      })),
  };
}

function title({ vendor, operation }: { vendor: string; operation: string }): string {
  return `${vendor} ${operation}`;
}

function callEndMessage(event: CallEndEvent): string {
  const result = event.error === undefined ? 'succeeded' : `failed with ${event.error.code}`;
  const attempts = event.attempts === 1 ? '1 attempt' : `${event.attempts} attempts`;
  return `${title(event)} ${result} after ${attempts} in ${Math.round(event.durationMs)} ms`;
}

function attemptMessage(event: AttemptEndEvent): string {
  const result = [event.status, event.code].filter((part) => part !== undefined).join(' ');
  return `${title(event)}: attempt ${event.attempt} ended with ${result} in ${Math.round(event.durationMs)} ms`;
}

function retryMessage(event: RetryEvent): string {
  const delayMs = Math.round(event.delayMs);
  return `${title(event)}: attempt ${event.attempt} failed with ${event.code}, next in ${delayMs} ms`;
}

function loggedFields(event: EventMap[keyof EventMap]): LogFields {
  return pick(event as unknown as Record<string, unknown>, loggedMembers);
}

function errorFields(error: CallEndEvent['error']): LogFields {
  if (error === undefined) return {};
  return pick(error as unknown as Record<string, unknown>, loggedErrorMembers);
}

function pick(from: Readonly<Record<string, unknown>>, names: readonly string[]): LogFields {
  const present = names.filter((name) => from[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, writable(from[name])]));
}

/** Loggers write JSON, which has neither long integers nor dates. */
function writable(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Date ? value.toISOString() : value;
}
