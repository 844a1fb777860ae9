import {
  addContext,
  answerJson,
  invalidResponse,
  isPlainObject,
  pauseOf,
  Redactor,
  statusError,
  type Answer,
  type Deadline,
  type VendorError,
} from '@vendorkit/core';

/** What the error of an answer must know of its request. */
export interface FailureContext {
  /** Knows the client's secrets. */
  readonly redactor: Redactor;
  /** Secrets that this request alone carried, for instance a password that is to be set. */
  readonly requestSecrets: readonly string[];
  /** What the caller can do about a status. */
  readonly hint: (status: number) => string | undefined;
  /** Why no other token can be had after a 401, if that is so. */
  readonly refusal: () => VendorError | undefined;
}

/** How much of a body of unknown form is kept, in characters. */
const longestExcerpt = 2_000;

/** How much of the vendor's message is repeated in an error's, in characters. */
const longestMessage = 500;

/** How much of the vendor's code is kept, in characters. */
const longestVendorCode = 200;

/**
 * The error of an answer that is no success (S1SEVEN API information, "Error Handling"). The vendor's
 * body becomes `details` whatever its form, without secrets; its `name` becomes the `vendorCode`.
 */
export async function failureOf(
  answer: Answer,
  deadline: Deadline,
  context: FailureContext,
): Promise<VendorError> {
  const { status } = answer;
  const details = await detailsOf(answer, deadline, context);
  const fields = { status, details, vendorCode: vendorCodeOf(details) };
  const refusal = status === 401 ? context.refusal() : undefined;
  if (refusal !== undefined) return addContext(refusal, fields);
  const said = messageOf(details);
  return statusError(status, {
    ...fields,
    message: `S1SEVEN answered with HTTP ${status}${said === '' ? '.' : `: ${said}`}`,
    hint: context.hint(status),
  });
}

/**
 * Whether a body is one of the vendor's errors (S1SEVEN API information, "Error Handling"), whatever
 * the HTTP status says.
 */
export function isErrorBody(body: unknown): boolean {
  if (!isPlainObject(body)) return false;
  const { statusCode, message } = body;
  return typeof statusCode === 'number' && statusCode >= 400 && message !== undefined;
}

/**
 * The error of an answer whose status says success, and whose body does not. Of an error of the
 * vendor's all is kept; of anything else the form only, since it may be a key or a certificate.
 *
 * @param expected - What it should have been: `a list`.
 */
export async function misfitOf(
  answer: Answer,
  expected: string,
  deadline: Deadline,
  context: FailureContext,
): Promise<VendorError> {
  const { status, framed } = answer;
  const body = jsonOf(answer);
  const isError = isErrorBody(body);
  const details = isError
    ? await detailsOf(answer, deadline, context)
    : formOf(body, context.redactor);
  const end = isError ? `: it is an error: ${messageOf(details) || 'see `details`'}` : '.';
  return invalidResponse(`S1SEVEN answered with HTTP ${status}, but not with ${expected}${end}`, {
    status,
    details,
    vendorCode: isError ? vendorCodeOf(details) : undefined,
    outcome: framed ? 'answered' : 'unknown',
  });
}

/** How many members of a body of unknown form are named. */
const mostMembers = 20;

/** How much of a member's name is kept, in characters. */
const longestMember = 50;

/** What a body is, without what is in it. */
function formOf(body: unknown, redactor: Redactor): object {
  if (body === undefined) return { received: 'no JSON' };
  if (body === null) return { received: 'null' };
  if (Array.isArray(body)) return { received: 'a list' };
  if (!isPlainObject(body)) return { received: `a ${typeof body}` };
  const members = Object.keys(body)
    .slice(0, mostMembers)
    .map((name) => redactor.beginning(name, longestMember));
  return { received: 'an object', members };
}

async function detailsOf(
  answer: Answer,
  deadline: Deadline,
  { redactor, requestSecrets }: FailureContext,
): Promise<unknown> {
  const text = answer.text.trim();
  if (text === '') return undefined;
  const own = requestSecrets.length === 0 ? undefined : new Redactor(requestSecrets);
  const body = jsonOf(answer);
  if (typeof body !== 'object' || body === null) {
    return { text: redactor.beginning(own?.text(text) ?? text, longestExcerpt) };
  }
  const pause = pauseOf(deadline);
  const cleaned = await redactor.decodedInSlices(body, text, pause);
  return own?.valueInSlices(cleaned, pause) ?? cleaned;
}

function jsonOf(answer: Answer): unknown {
  try {
    return answerJson(answer);
  } catch {
    return undefined;
  }
}

function vendorCodeOf(details: unknown): string | undefined {
  const { name } = isPlainObject(details) ? details : {};
  return typeof name === 'string' && name !== '' ? name.slice(0, longestVendorCode) : undefined;
}

/** What would write into a log or on a screen something that the message does not say. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/**
 * The vendor's message: a text, or several (OpenAPI 0.3.0 of 2021); objects are left to `details`. What
 * does not print is there only.
 */
function messageOf(details: unknown): string {
  const { message } = isPlainObject(details) ? details : {};
  const messages = Array.isArray(message) ? message : [message];
  const said = messages.filter((item) => typeof item === 'string').join('; ');
  const text = said.replaceAll(unprintable, ' ');
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
