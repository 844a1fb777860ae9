import type { CallPromise } from '@vendorkit/core';
import type { MethodCallOptions, WebMethodResult } from '@vendorkit/secutix-shared';

/**
 * A method of a service, as a function. It resolves when the vendor answers `success`, after polling
 * if the work takes long, and rejects with a `VendorError` otherwise.
 */
export type Method<Parameters extends MethodParameters, Result extends WebMethodResult> = (
  parameters?: Parameters,
  options?: MethodCallOptions,
) => CallPromise<Result>;

/**
 * The parameters of a method, which are the members of the request's JSON object. Those that are
 * publicly known are typed, and optional, since the vendor's required parameters are not known well
 * enough to insist on. Others may be added.
 */
export interface MethodParameters {
  /** The vendor's continuation of a call in progress. The engine fills it in. */
  readonly requestId?: LongInput | null;
  readonly [name: string]: unknown;
}

/** A 64-bit integer that is sent: an id, or an amount in thousandths. */
export type LongInput = bigint | number | string;

/** Fields of an answer that are not publicly known. They are kept as they came. */
export interface Unknowns {
  [name: string]: unknown;
}
