import type { Repeatable } from '@vendorkit/core';
import type { AnswerShape } from './answer-shape.ts';

/**
 * Where an operation's path is known from.
 *
 * - `documented`: the vendor's API information of 2025.
 * - `vendor-client`: the vendor's own Node-RED client or set-up guide, 2023 and 2024.
 * - `openapi-2021`: the vendor's OpenAPI document 0.3.0 of September 2021.
 * - `convention`: nowhere public. It follows from how the other paths are formed, and may be wrong:
 *   the client's option `paths` corrects it.
 */
export type Evidence = 'documented' | 'vendor-client' | 'openapi-2021' | 'convention';

/** One thing that the vendor can be asked to do. */
export interface OperationDefinition {
  /** The HTTP method. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path after `/api`, with its variables in braces: `/companies/{id}`. */
  readonly path: string;
  /** Where the path is known from. */
  readonly evidence: Evidence;
  /** The scope that a machine-to-machine token needs; absent if none is documented. */
  readonly scope?: { readonly resource: string; readonly action: string };
  /** Whether `mode` is sent in the query: always, when it is known, or (absent) never. */
  readonly mode?: 'required' | 'if-known';
  /** Whether the `company` header must be sent. It is sent with every call when it is known. */
  readonly company?: 'required';
  /**
   * Whether the call works without a token. One that is in hand is sent nevertheless; none is asked for,
   * unless it has to tell a mode or company that nobody said.
   */
  readonly anonymous?: boolean;
  /** Whether no token is sent even if there is one, because the call is how a token is had. */
  readonly withoutToken?: boolean;
  /** Whether success is a redirect to a page, which is not followed, instead of a 2xx. */
  readonly redirects?: boolean;
  /** What the JSON of a success must be at least. An error of the vendor's is none, whatever this says. */
  readonly shape: AnswerShape;
  /** Whether a success may have no body. Only then is 204 one. */
  readonly mayBeEmpty?: boolean;
  /** When the request may be sent again. */
  readonly repeatable: Repeatable;
  /** What a success answers with: JSON, bytes, or nothing that matters. */
  readonly answer: 'json' | 'bytes' | 'none';
}
