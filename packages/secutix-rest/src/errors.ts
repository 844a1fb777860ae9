import { answerJson, type Answer, type Reading, type Redactor } from '@vendorkit/core';
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

/** Reads an answer of the vendor (SecuTix REST 5.2 to 5.4). What is not known is a failure. */
export function readAnswer<Result>(answer: Answer, context: AnswerContext): Reading<Result> {
  const { status } = answer;
  const { redactor, isRepeatable, expectsStatus } = context;
  if (status < 200 || status > 299) {
    const error = httpError(status, errorDetails(answer, redactor), hints[status]);
    return { state: 'failed', error };
  }
  const isEmpty = answer.framed && answer.text.trim() === '';
  if (isEmpty && !expectsStatus) return { state: 'done', result: undefined as Result };
  const body = answerJson(answer, { isLong: isLongField });
  if (!expectsStatus && readStatus(body).kind === 'unreadable') {
    return { state: 'done', result: body as Result };
  }
  return readWebMethodResult(body, { status, isRepeatable, redactor, json: answer.text });
}

/** What the vendor says of a failure. The detailed message of a 500 is kept. */
function errorDetails(answer: Answer, redactor: Redactor): object | undefined {
  const text = answer.text.trim();
  if (text === '') return undefined;
  try {
    const body = answerJson(answer, { isLong: isLongField });
    if (typeof body === 'object' && body !== null) return redactor.decoded(body, text);
  } catch {
    // Not JSON, as the vendor's 509 is: the beginning of the text is kept instead.
  }
  return excerptOf(text, redactor);
}
