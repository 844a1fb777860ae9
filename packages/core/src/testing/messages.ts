/** A request as an emulator received it. */
export interface EmulatorRequest {
  /** 1 for the server's first request, 2 for the next. */
  readonly id: number;
  /** HTTP method, in capitals. */
  readonly method: string;
  /** The path as it stood on the request line, not decoded, without the query. */
  readonly path: string;
  /** The query. */
  readonly query: URLSearchParams;
  /** The headers, names in lower case, repeated ones joined with a comma. */
  readonly headers: Record<string, string>;
  /** The body as received. */
  readonly body: Buffer;
  /** The body as UTF-8 text, decompressed if it was compressed. */
  readonly text: string;
  /** When the request was complete, on the server's wall clock, in milliseconds. */
  readonly receivedAt: number;
  /** The status it was answered with; absent if no answer was given. */
  status?: number;
}

/** What an emulator answers. */
export interface EmulatorAnswer {
  /** HTTP status. */
  status: number;
  /** Headers. `Date` and `Content-Length` are added if absent. */
  headers?: Record<string, string>;
  /** The body; empty if absent. */
  body?: string | Buffer;
  /** How long to wait before answering, in milliseconds on the server's clock. */
  delayMs?: number;
}

/** Decides the answer to a request. An error that it throws is answered with status 500. */
export type EmulatorHandler = (
  request: EmulatorRequest,
) => EmulatorAnswer | Promise<EmulatorAnswer>;
