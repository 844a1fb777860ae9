import { invalidResponse } from '../errors/classify.ts';
import { parseJson, type ParseJsonOptions } from '../json/parse.ts';
import { decodeText } from './body.ts';
import type { RawAnswer } from './messages.ts';

/** A vendor's answer, decompressed, its meaning not yet read. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly bytes: Buffer;
  /**
   * The body as text, decoded when it is first asked for. Of a failure the status counts, so that its
   * text is empty where it cannot be decoded.
   *
   * @throws VendorError `INVALID_RESPONSE` if the answer is a success and no text.
   */
  readonly text: string;
  /** Whether the message's own framing proves that the body is complete. */
  readonly framed: boolean;
}

/** The answer with a body that has been decompressed. */
export function answerOf(
  { status, headers, framed }: Pick<RawAnswer, 'status' | 'headers' | 'framed'>,
  bytes: Buffer,
): Answer {
  let decoded: string | undefined;
  return {
    status,
    headers,
    bytes,
    framed,
    get text() {
      return (decoded ??= isSuccess(status)
        ? decodeText(bytes, { headers, framed })
        : textOfFailure(bytes, { headers, framed }));
    },
  };
}

/** Whether a status says that the vendor did what it was asked (RFC 9110, 15.3). */
export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

function textOfFailure(bytes: Buffer, raw: Pick<RawAnswer, 'headers' | 'framed'>): string {
  try {
    return decodeText(bytes, raw);
  } catch {
    return '';
  }
}

/**
 * The body as JSON, every integer exact.
 *
 * @throws VendorError `INVALID_RESPONSE` if the body is not one JSON text.
 */
export function answerJson(answer: Answer, options?: ParseJsonOptions): unknown {
  try {
    return parseJson(answer.text, options);
  } catch {
    throw invalidResponse(
      `The vendor answered with HTTP ${answer.status} and a body that is not JSON.`,
      {
        status: answer.status,
        outcome: answer.framed ? 'answered' : 'unknown',
      },
    );
  }
}
