import type { VendorError } from './errors/vendor-error.ts';
import type { Repeatable } from './retry/policy.ts';
import type { Deadline } from './time/deadline.ts';
import type { ServerClock } from './time/server-clock.ts';
import type { Answer } from './transport/answer.ts';

/** What a vendor package makes of an answer. Unknown is a failure, never a success. */
export type Reading<Result> =
  | {
      readonly state: 'done';
      readonly result: Result;
      readonly requestId?: bigint | string | undefined;
    }
  | { readonly state: 'in-progress'; readonly requestId?: bigint | string | undefined }
  | { readonly state: 'failed'; readonly error: VendorError };

/** The two readings with which a call goes on. */
export type Step<Result> = Exclude<Reading<Result>, { readonly state: 'failed' }>;

/** What a signer may ask. */
export interface SignContext {
  /** The vendor's clock, as far as it is known. */
  readonly serverClock: ServerClock;
  /** The end of the call. */
  readonly deadline: Deadline;
}

/** What the reader of an answer may ask. */
export interface ReadContext {
  /** The end of the call. */
  readonly deadline: Deadline;
}

/** Query parameters, or a whole query as it is written. */
export type RequestQuery = Readonly<Record<string, string>> | string;

/** One request to a vendor, as a vendor package describes it to the engine. */
export interface CallRequest<Result> {
  /** The operation's name in errors, logs and spans. */
  readonly operation: string;
  /** The HTTP method. */
  readonly method: string;
  /** The path below the base URL, already encoded. */
  readonly path: string;
  /**
   * Query parameters, or the whole query as it is written, encoded already and without the question
   * mark. It never appears in errors, logs or spans. A function is asked in each attempt, after
   * `authorise`, for a query that depends on the credentials; what it throws ends the attempt, unsent.
   */
  readonly query?: RequestQuery | (() => RequestQuery) | undefined;
  /** The headers, credentials excepted. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body: a text, sent as UTF-8, or bytes. */
  readonly body?: string | Uint8Array | undefined;
  /** The values of the quota's scopes for this request. */
  readonly scopes: Readonly<Record<string, string>>;
  /** Whether this asks after an operation that was submitted before. */
  readonly poll?: boolean | undefined;
  /** When the request may be sent again. */
  readonly repeatable: Repeatable;
  /** Gets credentials that may need a call of their own. Runs before each attempt. */
  readonly authorise?:
    | ((deadline: Deadline) => Promise<Readonly<Record<string, string>>>)
    | undefined;
  /**
   * Signs the request: its socket is connected, and the headers returned here are written at once.
   * Runs in each attempt.
   */
  readonly sign?: ((context: SignContext) => Promise<Readonly<Record<string, string>>>) | undefined;
  /**
   * Reads the answer. What takes long is done in slices: it lets others run in between, and asks the
   * deadline whether to go on.
   */
  readonly read: (
    answer: Answer,
    context: ReadContext,
  ) => Reading<Result> | Promise<Reading<Result>>;
  /**
   * Called when the vendor refused the credentials: mends what it can, and tells whether one more try
   * makes sense.
   */
  readonly recover?: ((answer: Answer) => boolean) | undefined;
}
