import type { CallOptions, CallPromise } from '@vendorkit/core';
import type { OperationName } from './operations.ts';

/** Whether events, keys and certificates are for real (`live`) or for trying out (`test`). */
export type Mode = 'live' | 'test';

/** The options of one call. */
export interface S1SevenCallOptions extends CallOptions {
  /** Overrides the client's `mode`. */
  mode?: Mode | undefined;
  /** Overrides the client's `companyId` in the `company` header. */
  company?: string | undefined;
  /** Overrides the client's `apiVersion` in the `x-version` header. */
  apiVersion?: string | undefined;
}

/** A file of a multipart form. */
export interface FormFile {
  /** The field's name in the form. */
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly filename: string;
  /** Its media type, for instance `application/json`. */
  readonly contentType: string;
}

/** A request's body. */
export type RequestBody =
  /** Written as JSON, exactly as given: nothing is added, dropped or reordered. */
  | { readonly json: unknown }
  /** A text that is JSON already, sent byte for byte. */
  | { readonly jsonText: string | Uint8Array }
  /** A multipart form. */
  | { readonly form: readonly (FormFile | { readonly name: string; readonly value: string })[] };

/** What can be made of a certificate. */
export type RenderedForm = 'html' | 'pdf';

/** What a resource's method asks for. */
export interface OperationInput {
  /** The values of the path's variables. Each is encoded as one segment. */
  readonly path?: Readonly<Record<string, string | number>>;
  /** Query parameters, `mode` excepted. Those that are `undefined` are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: RequestBody;
  /** What the bytes must be that a success answers with. */
  readonly rendered?: RenderedForm;
}

/** What the resources stand on. */
export interface OperationCaller {
  /**
   * Performs an operation and resolves to what it answers with.
   *
   * @param input - A function is asked within the call, so that what it refuses is the call's failure.
   * @throws VendorError as a rejection, `INVALID_REQUEST` among others.
   */
  call<Result>(
    operation: OperationName,
    input: OperationInput | (() => OperationInput),
    options?: S1SevenCallOptions,
  ): CallPromise<Result>;
}
