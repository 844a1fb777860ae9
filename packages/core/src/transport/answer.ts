import { invalidResponse } from '../errors/classify.ts';
import { parseJson, type ParseJsonOptions } from '../json/parse.ts';

/** A vendor's answer, decompressed and decoded to text, its meaning not yet read. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly text: string;
  /** Whether the message's own framing proves that the body is complete. */
  readonly framed: boolean;
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
