import {
  addContext,
  answerJson,
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

/** The vendor's message: a text, or several (OpenAPI 0.3.0 of 2021); objects are left to `details`. */
function messageOf(details: unknown): string {
  const { message } = isPlainObject(details) ? details : {};
  const messages = Array.isArray(message) ? message : [message];
  const text = messages.filter((item) => typeof item === 'string').join('; ');
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
