import type { VendorError, VendorErrorCode } from '../errors/vendor-error.ts';

/** What every event tells of the call it belongs to. No event carries a header, a body or a URL. */
export interface CallEvent {
  /** The vendor's name, for instance `secutix`. */
  readonly vendor: string;
  /** The operation as the vendor names it, for instance `catalogService.getCatalog`. */
  readonly operation: string;
  /** A number that is the same in all events of one call, unique within the process. */
  readonly callId: number;
}

/** A call begins. */
export type CallStartEvent = CallEvent;

/** A call has ended, well or not. */
export interface CallEndEvent extends CallEvent {
  /** How often it was sent. */
  readonly attempts: number;
  /** From the first line of the call to its result, in milliseconds. */
  readonly durationMs: number;
  /** How much of it was spent waiting for the quota, in milliseconds. */
  readonly queueMs: number;
  /** The last HTTP status, if an answer came. */
  readonly status?: number | undefined;
  /** The error, if it failed. */
  readonly error?: VendorError | undefined;
}

/** An attempt holds its quota permits and is about to be sent. */
export interface AttemptStartEvent extends CallEvent {
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** HTTP method. */
  readonly method: string;
  /** Host name and port of the vendor. */
  readonly host: string;
  /** How long this attempt waited for the quota, in milliseconds. */
  readonly queueMs: number;
}

/** An attempt has been answered, or has failed. */
export interface AttemptEndEvent extends AttemptStartEvent {
  /** From the request to the last byte of the answer, in milliseconds. */
  readonly durationMs: number;
  /** The HTTP status, if an answer came. */
  readonly status?: number | undefined;
  /** The error's code, if the attempt failed. */
  readonly code?: VendorErrorCode | undefined;
  /** The size of the answer's body as it came over the wire, in bytes. */
  readonly receivedBytes?: number | undefined;
  /** How old the signature was when the request was written, in milliseconds, where there is one. */
  readonly signatureAgeMs?: number | undefined;
}

/** A failed attempt will be repeated. */
export interface RetryEvent extends CallEvent {
  /** The attempt that failed. */
  readonly attempt: number;
  /** The wait before the next, in milliseconds. The quota may make it longer. */
  readonly delayMs: number;
  /** Why the attempt failed. */
  readonly code: VendorErrorCode;
}

/** The state of one quota rule after a permit was taken. */
export interface QuotaEvent {
  /** The vendor's name. */
  readonly vendor: string;
  /** The rule's scope, for instance `institution`. */
  readonly key: string;
  /** The value of the scope that is counted, for instance `catalogService`. */
  readonly value: string;
  /** How many calls the rule allows in its window. */
  readonly limit: number;
  /** How many of them are left now. */
  readonly remaining: number;
  /** How many calls wait for a permit. */
  readonly waiting: number;
}

/** Something that the caller should know and that does not fail the call. */
export interface WarningEvent {
  /** The vendor's name. */
  readonly vendor: string;
  /** A stable name, for instance `quota-rules-differ`. */
  readonly warning: string;
  /** One sentence for a person. */
  readonly message: string;
}

/** The events by name: the names of the hooks and the last part of the channels' names. */
export interface EventMap {
  callStart: CallStartEvent;
  callEnd: CallEndEvent;
  attemptStart: AttemptStartEvent;
  attemptEnd: AttemptEndEvent;
  retry: RetryEvent;
  quota: QuotaEvent;
  warning: WarningEvent;
}

/** Functions that are called as things happen. What they throw is reported and changes nothing. */
export type Hooks = { readonly [Name in keyof EventMap]?: (event: EventMap[Name]) => void };
