/** How long the parts of a call took, in milliseconds. */
export interface CallDurations {
  /** The whole call. */
  readonly total: number;
  /** Waiting for the quota, over all attempts and polls. */
  readonly queue: number;
  /** Sending and receiving, over all attempts and polls. */
  readonly network: number;
}

/** What is known of a call beside its result. */
export interface ResponseInfo {
  /** The HTTP status of the last answer. */
  readonly status: number;
  /** The headers of the last answer, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The vendor's identifier of the request, if it gave one. */
  readonly requestId: bigint | string | undefined;
  /** How many requests were sent, polls included. */
  readonly attempts: number;
  /** How long the parts took. */
  readonly durations: CallDurations;
}

/** A result together with what is known of the call. */
export interface WithResponse<Result> {
  /** What the promise itself resolves to. */
  readonly data: Result;
  /** What is known of the call. */
  readonly response: ResponseInfo;
}

/** The promise that every call returns. */
export interface CallPromise<Result> extends Promise<Result> {
  /**
   * Resolves to the result and what is known of the answer it came in.
   *
   * @example
   * ```ts
   * const { data, response } = await client.call('catalogService', 'getCatalog').withResponse();
   * console.log(response.attempts, response.durations.queue);
   * ```
   */
  withResponse(): Promise<WithResponse<Result>>;
}

/** Makes the promise that a user gets out of a call that is already under way. */
export function callPromise<Result>(call: Promise<WithResponse<Result>>): CallPromise<Result> {
  const data = call.then((done) => done.data);
  const withResponse = () => {
    // Whoever asks for the response handles the failure there; here it would go unhandled.
    data.catch(() => undefined);
    return call;
  };
  return Object.assign(data, { withResponse });
}
