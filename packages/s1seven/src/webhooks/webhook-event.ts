import { isPlainObject, parseJson, VendorError, type Problem, type Schema } from '@vendorkit/core';
import { headerValues, type WebhookHeaders } from './webhook-headers.ts';

/**
 * A webhook that the vendor signed. The shape of the body is not published; it is assumed to be that of
 * the vendor's `EventDto` (OpenAPI 0.3.0 of 2021), or of its `payload` alone.
 */
export interface WebhookEvent<Body = unknown> {
  /** The body's `resource`, if it has one, for instance `certificates`. */
  readonly resource?: string;
  /** The body's `action`, if it has one, for instance `notarize_one`. */
  readonly action?: string;
  /** The body's `id`, if it has one. */
  readonly id?: string;
  /** The body's `payload`; the whole body if it has none. */
  readonly payload: unknown;
  /**
   * The body, by its content type: of `application/json`, or without a type, the JSON value, with
   * integers beyond 2^53 as `bigint`; of `application/x-www-form-urlencoded` the fields by name; of any
   * other type the JSON value if it is JSON, and a text if not. What `schema` made of it, if one was
   * given.
   */
  readonly body: Body;
  /** When the vendor says that it signed. The signature does not cover this time. */
  readonly signedAt: Date;
  /** The bytes that were signed. */
  readonly raw: Buffer;
}

/**
 * Reads a body that was found to be the vendor's.
 *
 * @throws VendorError `INVALID_RESPONSE` if the body has to be JSON and is not, as when it is empty, or
 * if the schema wants another one.
 */
export function readEvent<Body>(
  { raw, headers, signedAt }: { raw: Buffer; headers: WebhookHeaders; signedAt: Date },
  schema: Schema<Body> | undefined,
): WebhookEvent<Body> {
  const content = readContent(raw, contentType(headers));
  const fields = isPlainObject(content) ? content : {};
  return {
    ...texts(fields, ['resource', 'action', 'id']),
    payload: Object.hasOwn(fields, 'payload') ? fields['payload'] : content,
    body: schema === undefined ? (content as Body) : readBody(schema, content),
    signedAt,
    raw,
  };
}

function contentType(headers: WebhookHeaders): string {
  const [value = ''] = headerValues(headers, 'content-type');
  const [type = ''] = value.split(';');
  return type.trim().toLowerCase();
}

/**
 * A hook delivers JSON or a form (OpenAPI 0.3.0 of 2021, `CreateHookDto`). Without a type it has to be
 * JSON: almost any text is a form.
 */
function readContent(raw: Buffer, type: string): unknown {
  if (type === '' || type === 'application/json') return readJson(raw);
  if (type === 'application/x-www-form-urlencoded') return readForm(raw);
  try {
    return readJson(raw);
  } catch {
    return raw.toString('utf8');
  }
}

function readJson(raw: Buffer): unknown {
  try {
    // Strict: a replaced character would be a text that the vendor never wrote.
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw unreadable('It is not JSON.', 'body');
  }
}

/** The fields of a form by name. One that comes several times is a list. */
function readForm(raw: Buffer): Record<string, string | string[]> {
  const form = new URLSearchParams(raw.toString('utf8'));
  const fields = [...new Set(form.keys())].map((name): [string, string | string[]] => {
    const [first = '', ...others] = form.getAll(name);
    return [name, others.length === 0 ? first : [first, ...others]];
  });
  return Object.fromEntries(fields);
}

function texts<Name extends string>(
  fields: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const own = names.filter((name) => Object.hasOwn(fields, name));
  const present = own.filter((name) => typeof fields[name] === 'string');
  return Object.fromEntries(present.map((name) => [name, fields[name]])) as Partial<
    Record<Name, string>
  >;
}

function readBody<Body>(schema: Schema<Body>, content: unknown): Body {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  throw unreadable('It does not fit the schema.', fieldOf(problem));
}

function fieldOf(problem: Problem | undefined): string {
  return ['body', ...(problem?.path ?? []).map(String)].join('.');
}

/** The error of a body that is the vendor's, and that cannot be understood. It quotes nothing of it. */
function unreadable(sentence: string, field: string): VendorError {
  return new VendorError(`The body of a signed webhook cannot be used. ${sentence}`, {
    code: 'INVALID_RESPONSE',
    vendor: 's1seven',
    field,
  });
}
