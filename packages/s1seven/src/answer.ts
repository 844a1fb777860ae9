import {
  answerJson,
  invalidResponse,
  isSuccess,
  type Answer,
  type Deadline,
  type Reading,
} from '@vendorkit/core';
import { failureOf, type FailureContext } from './errors.ts';

/** What a success looks like. */
export interface ExpectedAnswer {
  /** What it answers with: JSON, bytes, or nothing that matters. */
  readonly answer: 'json' | 'bytes' | 'none';
  /** Whether JSON may be absent. */
  readonly mayBeEmpty: boolean;
  /** Whether a plain text will do in place of JSON. */
  readonly mayBeText: boolean;
  /** Whether a redirect is a success. It is not followed. */
  readonly redirects: boolean;
}

/** Reads an answer of the vendor. What is not known is a failure. */
export async function readAnswer<Result>(
  answer: Answer,
  deadline: Deadline,
  expected: ExpectedAnswer,
  context: FailureContext,
): Promise<Reading<Result>> {
  if (expected.redirects && isRedirect(answer.status)) {
    return { state: 'done', result: undefined as Result };
  }
  if (!isSuccess(answer.status)) {
    return { state: 'failed', error: await failureOf(answer, deadline, context) };
  }
  return { state: 'done', result: resultOf(answer, expected) as Result };
}

/** RFC 9110, 15.4: those that name another place to go to. */
function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function resultOf(answer: Answer, expected: ExpectedAnswer): unknown {
  const { status, bytes, framed } = answer;
  if (expected.answer === 'none') return undefined;
  if (expected.answer === 'json') return jsonOf(answer, expected);
  if (bytes.length > 0) return bytes;
  throw invalidResponse(`The vendor answered with HTTP ${status} and an empty body.`, {
    status,
    outcome: framed ? 'answered' : 'unknown',
  });
}

function jsonOf(answer: Answer, { mayBeEmpty, mayBeText }: ExpectedAnswer): unknown {
  const isEmpty = answer.bytes.length === 0 && answer.framed;
  if (isEmpty && (mayBeEmpty || answer.status === 204)) return undefined;
  try {
    return answerJson(answer);
  } catch (error) {
    if (mayBeText && isPlainText(answer)) return answer.text;
    throw error;
  }
}

/** A sentence, and not the page of somebody between the vendor and us, or JSON that was cut. */
function isPlainText({ text, framed }: Answer): boolean {
  return framed && /^\s*[\p{L}\p{N}]/u.test(text);
}
