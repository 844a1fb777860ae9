import { z } from 'zod';
import type { QuotaLimiter } from './limiter/limiter.ts';
import type { QuotaRule } from './limiter/rule.ts';
import { eventNames } from './telemetry/channels.ts';
import type { Hooks } from './telemetry/events.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Clock } from './time/clock.ts';
import { connectionHeaders } from './transport/headers.ts';

const milliseconds = z.int().min(1).max(2_147_483_647);
const pem = z.union([z.string().min(1), z.instanceof(Buffer)], 'Expected a PEM text or a Buffer');

const hasMethods = (value: unknown, ...names: string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');

/** Named options. An array or a function has other members than anybody meant. */
export const namedOptions: z.ZodType<object> = z.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Expected an object',
);

/** An object whose members of some names are functions, or absent. It is passed on as it is. */
function functionsBy<Methods extends object>(names: readonly string[]): z.ZodType<Methods> {
  const isMethods = z.custom<Methods>(
    (value) => ['object', 'function'].includes(typeof value) && value !== null,
    'Expected an object',
  );
  return isMethods.check(({ value, issues }) => {
    const wrong = names.find((name) => {
      const member: unknown = Reflect.get(value, name);
      return member !== undefined && typeof member !== 'function';
    });
    if (wrong === undefined) return;
    issues.push({ code: 'custom', path: [wrong], message: 'Expected a function', input: value });
  });
}

/** A literal is checked for misspelt names; an instance of a class may have members of its own. */
const hooks = functionsBy<Hooks>(eventNames).check(({ value, issues }) => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return;
  const known: readonly string[] = eventNames;
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger === undefined) return;
  issues.push({
    code: 'custom',
    path: [stranger],
    message: 'Not the name of a hook',
    input: value,
  });
});

/** The options that every client takes. */
export const clientSchema = z.strictObject({
  baseUrl: z.string().optional(),
  timeout: milliseconds.optional(),
  deadline: milliseconds.optional(),
  retry: z
    .strictObject({
      attempts: z.int().min(1).max(20).optional(),
      baseDelay: z.int().min(0).max(600_000).optional(),
      maxDelay: z.int().min(0).max(3_600_000).optional(),
    })
    .optional(),
  quota: z
    .custom<readonly QuotaRule[] | QuotaLimiter>(
      (value) => Array.isArray(value) || hasMethods(value, 'acquire', 'peek'),
      'Expected an array of rules or a Limiter',
    )
    .optional(),
  logger: functionsBy<Logger>(['debug', 'info', 'warn', 'error']).optional(),
  proxy: z.string().optional(),
  ca: z
    .union([pem, z.array(pem).min(1)], 'Expected PEM text, a Buffer, or an array of them')
    .optional(),
  hooks: hooks.optional(),
  maxSockets: z.int().min(1).max(65_535).optional(),
  maxResponseBytes: z.int().min(1).max(0x1fff_ffff).optional(),
  clock: z
    .custom<Clock>(
      (value) => hasMethods(value, 'now', 'monotonicNow', 'schedule'),
      'Expected a clock with now, monotonicNow and schedule',
    )
    .optional(),
});

/** Headers that the engine itself answers for: credentials, the form of bodies, the connection. */
const ownHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'content-type',
  'content-encoding',
  'accept-encoding',
  ...connectionHeaders,
]);

const headers = z.record(
  z
    .string()
    .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'Not the name of a header')
    .refine(
      (name) => !ownHeaders.has(name.toLowerCase()),
      'This header is set by the client itself',
    ),
  z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'Not the value of a header'),
);

const signal = z.custom<AbortSignal>(
  (value) =>
    hasMethods(value, 'addEventListener', 'removeEventListener') &&
    typeof (value as AbortSignal).aborted === 'boolean',
  'Expected an AbortSignal',
);

/** The options that every call takes. */
export const callSchema = z.strictObject({
  signal: signal.optional(),
  timeout: milliseconds.optional(),
  deadline: milliseconds.optional(),
  priority: z.enum(['interactive', 'batch']).optional(),
  headers: headers.optional(),
  idempotent: z.boolean().optional(),
});

/** The options of a wait for an operation. */
export const waitSchema = z.strictObject({
  signal: signal.optional(),
  deadline: milliseconds.optional(),
});
