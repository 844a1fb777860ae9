import { inspect } from 'node:util';

/**
 * Every reason for which a call can fail. The list is part of the contract: a code is never renamed
 * within a major version, and a `switch` over it is safe.
 */
export type VendorErrorCode =
  | 'CONFIGURATION'
  | 'INVALID_REQUEST'
  | 'BAD_REQUEST'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'QUOTA_WAIT_EXCEEDED'
  | 'SERVER_ERROR'
  | 'CONNECTION'
  | 'CERTIFICATE'
  | 'TIMEOUT'
  | 'DEADLINE_EXCEEDED'
  | 'ABORTED'
  | 'INVALID_RESPONSE'
  | 'OPERATION_FAILED'
  | 'SOAP_FAULT'
  | 'SEAL_REJECTED'
  | 'TOKEN_ALLOWANCE_EXCEEDED'
  | 'SIGNATURE_REJECTED'
  | 'CLOSED';

/**
 * What is known of the vendor's side when a call failed: `not-sent` when no byte of the request left
 * this machine, `answered` when a complete answer came, `unknown` when the vendor may or may not have
 * done the work.
 */
export type CallOutcome = 'not-sent' | 'answered' | 'unknown';

/** What a {@link VendorError} tells, beside its message. Fields that do not apply are absent. */
export interface VendorErrorFields {
  /** Why the call failed. */
  code: VendorErrorCode;
  /** The vendor's name, for instance `secutix`. */
  vendor?: string | undefined;
  /** The operation as the vendor names it, for instance `catalogService.getCatalog`. */
  operation?: string | undefined;
  /** The HTTP status of the last answer. */
  status?: number | undefined;
  /** The vendor's own code, for instance a SecuTix `statusCode`. */
  vendorCode?: string | undefined;
  /** The vendor's identifier of the request. */
  requestId?: bigint | string | undefined;
  /** How many times the call was sent, or was about to be sent. */
  attempts?: number | undefined;
  /**
   * Whether repeating the same call may succeed, and does no harm. It is `false` for a write that may
   * have been carried out.
   */
  retryable?: boolean | undefined;
  /** The earliest moment at which a repetition makes sense. */
  retryAt?: Date | undefined;
  /** What is known of the vendor's side. */
  outcome?: CallOutcome | undefined;
  /** The path of the refused input, for instance `parameters.contactNumber`. */
  field?: string | undefined;
  /** The vendor's own error fields, and the business data that came with a refusal. */
  details?: unknown;
  /** What the caller can do about it. */
  hint?: string | undefined;
  /** The reason below this one: the caller's abort reason, or a cleaned system error. */
  cause?: unknown;
}

const brand: unique symbol = Symbol.for('vendorkit.error');

const fieldNames = [
  'code',
  'vendor',
  'operation',
  'status',
  'vendorCode',
  'requestId',
  'attempts',
  'retryable',
  'retryAt',
  'outcome',
  'field',
  'details',
  'hint',
] as const satisfies readonly (keyof VendorErrorFields)[];

/**
 * The one error that every Vendorkit package throws. It carries no secret: no header, no body of the
 * request, no token.
 *
 * `VendorError.is(error)` and `error instanceof VendorError` both recognise errors made by another
 * copy of this package (ESM beside CommonJS, or two versions).
 *
 * @example
 * ```ts
 * try {
 *   await client.call('catalogService', 'getCatalog', {});
 * } catch (error) {
 *   if (VendorError.is(error) && error.code === 'QUOTA_WAIT_EXCEEDED') retryLater(error.retryAt);
 *   else throw error;
 * }
 * ```
 */
export class VendorError extends Error {
  /** The names of the classes that this error is an instance of, for recognition across copies. */
  protected static readonly brands: readonly string[] = ['VendorError'];

  declare readonly code: VendorErrorCode;
  declare readonly vendor?: string;
  declare readonly operation?: string;
  declare readonly status?: number;
  declare readonly vendorCode?: string;
  declare readonly requestId?: bigint | string;
  declare readonly attempts?: number;
  declare readonly retryable: boolean;
  declare readonly retryAt?: Date;
  declare readonly outcome?: CallOutcome;
  declare readonly field?: string;
  declare readonly details?: unknown;
  declare readonly hint?: string;

  constructor(message: string, fields: VendorErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    const { brands } = this.constructor as typeof VendorError;
    hide(this, 'name', brands[0]);
    hide(this, brand, brands);
    Object.assign(this, present({ ...fields, retryable: fields.retryable ?? false }));
  }

  /** Whether a value is a `VendorError`, made by this copy of the package or by another. */
  static is(error: unknown): error is VendorError {
    return brandsOf(error).includes('VendorError');
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    return brandsOf(error).includes(this.brands[0] ?? '');
  }

  /** The error as plain data that any JSON writer accepts. Integers too long for JSON are strings. */
  toJSON(): Record<string, unknown> {
    const json = jsonSafe(ownFields(this)) as Record<string, unknown>;
    return { name: this.name, message: this.message, ...json };
  }

  /** What `console.log` prints: the stack, then the fields. */
  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    const { details, ...rest } = ownFields(this);
    const fields = details === undefined ? rest : { ...rest, details };
    const cause = this.cause === undefined ? {} : { cause: this.cause };
    return `${this.stack ?? this.message} ${print({ ...fields, ...cause }, options)}`;
  }
}

/**
 * Adds to an error what only the call knows (its vendor, its operation, how often it was sent). What
 * the error already tells is kept.
 */
export function addContext<Failure extends VendorError>(
  error: Failure,
  context: Partial<VendorErrorFields>,
): Failure {
  const missing = Object.entries(present(context)).filter(([name]) => !Object.hasOwn(error, name));
  return Object.assign(error, Object.fromEntries(missing));
}

/**
 * Nothing but a `VendorError` leaves the engine. Anything else is a fault of our own: only its name
 * and where it happened are kept, since its message may quote what it was working on.
 */
export function asVendorError(thrown: unknown, code: VendorErrorCode): VendorError {
  if (VendorError.is(thrown)) return thrown;
  const { name } = Object(thrown) as { name?: unknown };
  const cause = new Error(typeof name === 'string' ? name : 'Unknown failure');
  cause.stack = [cause.message, ...framesOf(thrown)].join('\n');
  return new VendorError('The call failed in an unforeseen way.', { code, cause });
}

/** Where an error was made. Its stack begins with its message, which may look like anything. */
function framesOf(thrown: unknown): string[] {
  const { message, stack } = Object(thrown) as { message?: unknown; stack?: unknown };
  if (typeof stack !== 'string' || typeof message !== 'string') return [];
  const start = stack.indexOf(message);
  const frames = start === -1 ? '' : stack.slice(start + message.length);
  return frames.split('\n').filter((line) => /^\s+at /.test(line));
}

/** The fields of an error that are set, in a fixed order. Subclasses' own fields follow. */
function ownFields(error: VendorError): Record<string, unknown> {
  const own = new Map<string, unknown>(Object.entries(error));
  const ordered = fieldNames.filter((name) => own.has(name)).map((name) => [name, own.get(name)]);
  return { ...Object.fromEntries(ordered), ...Object.fromEntries(own) };
}

function present(fields: Partial<VendorErrorFields>): Partial<VendorErrorFields> {
  const entries = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && name !== 'cause',
  );
  return Object.fromEntries(entries);
}

function hide(error: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(error, key, { value, enumerable: false, configurable: true });
}

function brandsOf(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  const brands = (error as { [brand]?: unknown })[brand];
  return Array.isArray(brands) ? brands : [];
}

/** What a vendor nests deeper is left out: a hostile answer must not make an error that cannot be written. */
const deepest = 100;

function jsonSafe(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '[too deep]';
  const inner = (item: unknown) => jsonSafe(item, depth + 1);
  if (Array.isArray(value)) return value.map(inner);
  // Dates, and whatever else knows its own form, an amount of money for instance.
  if (hasToJson(value)) return inner(value.toJSON());
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item)]));
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
