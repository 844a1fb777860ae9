import {
  answerJson,
  invalidResponse,
  isSuccess,
  type Answer,
  type Deadline,
  type Reading,
} from '@vendorkit/core';
import { anything, type AnswerShape } from './answer-shape.ts';
import { failureOf, isErrorBody, misfitOf, type FailureContext } from './errors.ts';
import type { RenderedForm } from './operation-caller.ts';

/** What a success looks like. */
export interface ExpectedAnswer {
  /** What it answers with: JSON, bytes, or nothing that matters. */
  readonly answer: 'json' | 'bytes' | 'none';
  /** What its JSON must be at least. */
  readonly shape: AnswerShape;
  /** What its bytes must be; absent if they may be anything. */
  readonly rendered?: RenderedForm | undefined;
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
  const { result, instead } = resultOf(answer, expected);
  if (instead === undefined) return { state: 'done', result: result as Result };
  return { state: 'failed', error: await misfitOf(answer, instead, deadline, context) };
}

/** RFC 9110, 15.4: those that name another place to go to. */
function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** What an answer holds, or what it should have been instead. */
interface Finding {
  readonly result?: unknown;
  readonly instead?: string;
}

function resultOf(answer: Answer, expected: ExpectedAnswer): Finding {
  if (expected.answer === 'bytes') return fileOf(answer, expected.rendered);
  if (expected.answer === 'none') {
    return isErrorBody(possibleJson(answer)) ? { instead: 'a success' } : {};
  }
  const result = jsonOf(answer, expected);
  const { shape } = expected;
  const isEmpty = result === undefined;
  if (isEmpty || (shape.fits(result) && !isErrorBody(result))) return { result };
  return { instead: shape === anything ? 'a success' : shape.expected };
}

function jsonOf(answer: Answer, { mayBeEmpty, mayBeText }: ExpectedAnswer): unknown {
  if (answer.bytes.length === 0 && answer.framed && mayBeEmpty) return undefined;
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

function fileOf(answer: Answer, rendered: RenderedForm | undefined): Finding {
  const { status, bytes, framed } = answer;
  if (bytes.length === 0) {
    throw invalidResponse(`The vendor answered with HTTP ${status} and an empty body.`, {
      status,
      outcome: framed ? 'answered' : 'unknown',
    });
  }
  if (rendered === 'pdf' && !isPdf(answer)) return { instead: 'a PDF' };
  if (rendered === 'html' && isJson(answer)) return { instead: 'a page of HTML' };
  return { result: bytes };
}

/** By what the vendor calls it, or by how it begins (ISO 32000-1, 7.5.2). */
function isPdf({ bytes, headers }: Answer): boolean {
  const isCalledSo = /^\s*application\/(?:pdf|octet-stream)\b/i.test(headers['content-type'] ?? '');
  return isCalledSo || bytes.subarray(0, 5).toString('latin1') === '%PDF-';
}

function isJson(answer: Answer): boolean {
  const mediaType = answer.headers['content-type'] ?? '';
  return (
    /^\s*application\/(?:[\w.-]+\+)?json\b/i.test(mediaType) || isErrorBody(possibleJson(answer))
  );
}

function possibleJson(answer: Answer): unknown {
  try {
    return answerJson(answer);
  } catch {
    return undefined;
  }
}
