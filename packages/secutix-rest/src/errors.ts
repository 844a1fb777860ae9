import {
  answerJson,
  invalidResponse,
  statusError,
  VendorError,
  type Answer,
  type Reading,
  type Redactor,
  type VendorErrorFields,
} from '@vendorkit/core';
import { isLongField, readStatus, type ResultStatus } from '@vendorkit/secutix-shared';

/** A `VendorError` with what SecuTix says about a refusal. */
export class SecutixError extends VendorError {
  protected static override readonly brands = ['SecutixError', 'VendorError'];

  /** The vendor's own explanation (SecuTix REST 5.3), for a person to read. */
  declare readonly statusDetail?: string;

  constructor(message: string, fields: VendorErrorFields & { statusDetail?: string | undefined }) {
    const { statusDetail, ...rest } = fields;
    super(message, rest);
    if (statusDetail !== undefined) Object.assign(this, { statusDetail });
  }
}

/** How much of a text that is not JSON is kept in an error, in characters. */
const longestExcerpt = 2_000;

/** What the reader of an answer must know of the call. */
export interface AnswerContext {
  readonly redactor: Redactor;
  /** Whether the same request may be sent again: it reads, or carries its `requestId`. */
  readonly isRepeatable: boolean;
  /** Whether the answer must be a `WebMethodResult` (SecuTix REST 5.3). */
  readonly expectsStatus: boolean;
}

/** Reads an answer of the vendor (SecuTix REST 5.2 to 5.4). What is not known is a failure. */
export function readAnswer<Result>(answer: Answer, context: AnswerContext): Reading<Result> {
  const { status } = answer;
  if (status < 200 || status > 299) return failed(httpError(answer, context.redactor));
  const isEmpty = answer.framed && answer.text.trim() === '';
  if (isEmpty && !context.expectsStatus) return { state: 'done', result: undefined as Result };
  const body = answerJson(answer, { isLong: isLongField });
  const result = readStatus(body);
  if (result.kind === 'unreadable') {
    if (!context.expectsStatus) return { state: 'done', result: body as Result };
    return failed(invalidResponse('The answer has no `statusCode`.', { status }));
  }
  return readResult(result, body as Result & object, answer, context);
}

function readResult<Result extends object>(
  result: Exclude<ResultStatus, { kind: 'unreadable' }>,
  body: Result,
  answer: Answer,
  { redactor, isRepeatable }: AnswerContext,
): Reading<Result> {
  if (result.kind === 'success') {
    const { requestId } = body as { requestId?: unknown };
    return {
      state: 'done',
      result: body,
      requestId: typeof requestId === 'bigint' ? requestId : undefined,
    };
  }
  if (result.kind === 'refused') return failed(refusal(result, body, answer, redactor));
  if (result.requestId !== undefined || isRepeatable) {
    return { state: 'in-progress', requestId: result.requestId };
  }
  return failed(
    invalidResponse('The vendor is still working, but gave no `requestId` to ask again with.', {
      status: answer.status,
      vendorCode: 'in_progress',
      outcome: 'unknown',
    }),
  );
}

/** The vendor answered, and said no. The business data that came with it are kept. */
function refusal(
  { statusCode, statusDetail, requestId }: Extract<ResultStatus, { kind: 'refused' }>,
  body: object,
  { status, text }: Answer,
  redactor: Redactor,
): SecutixError {
  const detail = statusDetail === undefined ? undefined : redactor.text(statusDetail);
  const vendorCode = redactor.text(statusCode);
  return new SecutixError(`SecuTix refused with \`${vendorCode}\`${sentenceEnd(detail)}`, {
    code: 'OPERATION_FAILED',
    status,
    vendorCode,
    statusDetail: detail,
    requestId,
    outcome: 'answered',
    details: redactor.decoded(businessData(body), text),
  });
}

function businessData(body: object): object | undefined {
  const technical = new Set(['statusCode', 'statusDetail', 'requestId']);
  const entries = Object.entries(body).filter(([name]) => !technical.has(name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** What to look at first (SecuTix REST 5.2). */
const hints: Readonly<Record<number, string>> = {
  401: 'Check the institution, operator, partner, secret and timestampUnit, and the clock.',
  404: 'Check the service, its version and module, and the method.',
};

/** The error of an HTTP status (SecuTix REST 5.2). The detailed message of a 500 is kept. */
function httpError(answer: Answer, redactor: Redactor): SecutixError {
  const { code, retryable, status } = statusError(answer.status);
  const details = errorDetails(answer, redactor);
  const { statusCode, statusDetail, message } = texts(details);
  const reason = statusDetail ?? message;
  return new SecutixError(`SecuTix answered with HTTP ${status}${sentenceEnd(reason)}`, {
    code,
    status,
    retryable,
    details,
    outcome: 'answered',
    vendorCode: statusCode,
    statusDetail,
    hint: hints[answer.status],
  });
}

/** The members that are texts. */
function texts(details: object | undefined): Record<string, string | undefined> {
  const entries = Object.entries(details ?? {}).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(entries);
}

/** A full stop, or the vendor's reason after a colon. */
function sentenceEnd(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '.' : `: ${reason.slice(0, longestExcerpt)}`;
}

function errorDetails(answer: Answer, redactor: Redactor): object | undefined {
  const text = answer.text.trim();
  if (text === '') return undefined;
  try {
    const body = answerJson(answer, { isLong: isLongField });
    if (typeof body === 'object' && body !== null) return redactor.decoded(body, text);
  } catch {
    // Not JSON, as the vendor's 509 is: the beginning of the text is kept instead.
  }
  return { text: redactor.text(text).slice(0, longestExcerpt) };
}

function failed(error: VendorError): { state: 'failed'; error: VendorError } {
  return { state: 'failed', error };
}
