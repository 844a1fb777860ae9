import type { Deadline } from '../time/deadline.ts';

/** One attempt of a call, ready to be sent. */
export interface TransportRequest {
  /** HTTP method, in capitals. */
  readonly method: string;
  /** Where to; its origin is the transport's. */
  readonly url: URL;
  /** Headers that are known before the socket is. `Host`, `Content-Length` and the like are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** What this attempt may take, the wait for a socket and the body included, in milliseconds. */
  readonly timeoutMs: number;
  /** The end of the whole call. */
  readonly deadline: Deadline;
  /**
   * Called when the connection is ready, TLS included. The headers it gives complete the request,
   * which is written at once: nothing can make the signature grow old in between.
   */
  readonly sign?: ((context: SigningContext) => SignedHeaders | Promise<SignedHeaders>) | undefined;
  /**
   * How long the body may be as received, in bytes.
   * @defaultValue 100 MiB
   */
  readonly maxResponseBytes?: number | undefined;
}

/** The headers that a signature consists of. */
export type SignedHeaders = Readonly<Record<string, string>>;

/** What a signer is told. */
export interface SigningContext {
  /** How long the request waited for its connection, in milliseconds. */
  readonly socketWaitMs: number;
}

/** A complete answer, its body as received. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; repeated headers are joined with a comma. */
  readonly headers: Record<string, string>;
  /** The body, not decompressed. */
  readonly body: Buffer;
  /** Whether the message's own framing (length or chunks) proves that the body is complete. */
  readonly framed: boolean;
  /** When the first byte was written, on the wall clock, in milliseconds. */
  readonly sentAtMs: number;
  /** When the answer's headers were read, on the wall clock, in milliseconds. */
  readonly receivedAtMs: number;
  /**
   * How old the signature was when the request had been handed to the socket, in milliseconds; absent
   * if the request was not signed.
   */
  readonly signatureAgeMs?: number;
  /** From the call of `send` to the last byte, in milliseconds. */
  readonly durationMs: number;
  /** How much of it was spent waiting for a connection, in milliseconds. */
  readonly socketWaitMs: number;
}
