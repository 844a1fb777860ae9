import {
  answerJson,
  isSuccess,
  pauseOf,
  type Answer,
  type Deadline,
  type Reading,
  type Redactor,
} from '@vendorkit/core';
import {
  excerptOf,
  httpError,
  isLongField,
  readStatus,
  readWebMethodResult,
} from '@vendorkit/secutix-shared';

/** What the reader of an answer must know of the call. */
export interface AnswerContext {
  readonly redactor: Redactor;
  /** Whether the same request may be sent again: it reads, or carries its `requestId`. */
  readonly isRepeatable: boolean;
  /** Whether the answer must be a `WebMethodResult` (SecuTix REST 5.3). */
  readonly expectsStatus: boolean;
}

/** What to look at first (SecuTix REST 5.2). */
const hints: Readonly<Record<number, string>> = {
  401: 'Check the institution, operator, partner, secret and timestampUnit, and the clock.',
  404: 'Check the service, its version and module, and the method.',
};

/**
 * Reads an answer of the vendor (SecuTix REST 5.2 to 5.4). What is not known is a failure. Long
 * failures are read in slices, so that others get their turn and the call can end meanwhile.
 */
export async function readAnswer<Result>(
  answer: Answer,
  deadline: Deadline,
  context: AnswerContext,
): Promise<Reading<Result>> {
  const { status } = answer;
  const { redactor, isRepeatable, expectsStatus } = context;
  const pause = pauseOf(deadline);
  if (!isSuccess(status)) {
    const details = await errorDetails(answer, redactor, pause);
    return { state: 'failed', error: httpError(status, details, hints[status]) };
  }
  const isEmpty = answer.framed && answer.text.trim() === '';
  if (isEmpty && !expectsStatus) return { state: 'done', result: undefined as Result };
  const body = answerJson(answer, { isLong: isLongField });
  if (!expectsStatus && readStatus(body).kind === 'unreadable') {
    return { state: 'done', result: body as Result };
  }
  return readWebMethodResult(body, { status, isRepeatable, redactor, pause, json: answer.text });
}

/** What the vendor says of a failure. The detailed message of a 500 is kept. */
async function errorDetails(
  answer: Answer,
  redactor: Redactor,
  pause: () => Promise<void>,
): Promise<object | undefined> {
  const text = answer.text.trim();
  if (text === '') return undefined;
  const body = jsonOf(answer);
  if (typeof body !== 'object' || body === null) return excerptOf(text, redactor);
  return redactor.decodedInSlices(body, text, pause);
}

/** The body if it is JSON. The vendor's 509 is not. */
function jsonOf(answer: Answer): unknown {
  try {
    return answerJson(answer, { isLong: isLongField });
  } catch {
    return undefined;
  }
}
