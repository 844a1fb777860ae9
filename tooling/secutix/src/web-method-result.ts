import { invalidResponse, type Reading, type Redactor, type VendorError } from '@vendorkit/core';
import {
  longestText,
  longestVendorCode,
  SecutixError,
  sentenceEnd,
  shortCode,
} from './secutix-error.ts';
import { readStatus, type ResultStatus } from './status.ts';

/** A value that some versions of a service leave out or set to `null`. */
export type Maybe<Value> = Value | null | undefined;

/**
 * What every answer has (SecuTix REST 5.3). Fields that are not declared here or in a method's own
 * result are kept as they came.
 */
export interface WebMethodResult {
  /** `success`, here: any other value has become an error. The list of codes is not public. */
  statusCode: string;
  /** The cause of a problem. */
  statusDetail?: Maybe<string>;
  /** The identifier of the request, a 64-bit integer. */
  requestId?: Maybe<bigint>;
  [name: string]: unknown;
}

/** What the reader of a result must know of its call. */
export interface ResultContext {
  /** The HTTP status that the result came with. */
  readonly status: number;
  /** Whether the same request may be sent again: it reads, or carries its `requestId`. */
  readonly isRepeatable: boolean;
  /** Takes secrets out of what enters an error. */
  readonly redactor: Redactor;
  /** Lets others run while many business data of a refusal are cleaned; rejects if the call is over. */
  readonly pause: () => Promise<void>;
  /**
   * The JSON text that the result was read from, if it was: if it shows that there is nothing to hide,
   * the business data of a refusal need not be copied.
   */
  readonly json?: string | undefined;
}

/**
 * Reads a decoded `WebMethodResult`: done, in progress, or a failure with `OPERATION_FAILED` or
 * `INVALID_RESPONSE` (SecuTix REST 5.3 and 5.4, SOAP 5.1 and 5.2). What is not known is a failure.
 *
 * @param result - The decoded result, from JSON or from XML.
 */
export async function readWebMethodResult<Result>(
  result: unknown,
  context: ResultContext,
): Promise<Reading<Result>> {
  const { status, isRepeatable } = context;
  const read = readStatus(result);
  if (read.kind === 'unreadable') {
    return failed(invalidResponse('The answer has no `statusCode`.', { status }));
  }
  if (read.kind === 'success') return done(result as Result & object);
  if (read.kind === 'refused') return failed(await refusal(read, result as object, context));
  if (read.requestId !== undefined || isRepeatable) {
    return { state: 'in-progress', requestId: read.requestId };
  }
  return failed(
    invalidResponse('The vendor is still working, but gave no `requestId` to ask again with.', {
      status,
      vendorCode: 'in_progress',
      outcome: 'unknown',
    }),
  );
}

function done<Result extends object>(result: Result): Reading<Result> {
  const { requestId } = result as { requestId?: unknown };
  return {
    state: 'done',
    result,
    requestId: typeof requestId === 'bigint' ? requestId : undefined,
  };
}

function failed(error: VendorError): Reading<never> {
  return { state: 'failed', error };
}

/** The vendor answered, and said no. The business data that came with it are kept. */
async function refusal(
  { statusCode, statusDetail, requestId }: Extract<ResultStatus, { kind: 'refused' }>,
  result: object,
  context: ResultContext,
): Promise<SecutixError> {
  const { status, redactor } = context;
  const detail =
    statusDetail === undefined ? undefined : redactor.beginning(statusDetail, longestText);
  const vendorCode = redactor.beginning(statusCode, longestVendorCode);
  return new SecutixError(
    `SecuTix refused with \`${shortCode(vendorCode)}\`${sentenceEnd(detail)}`,
    {
      code: 'OPERATION_FAILED',
      status,
      vendorCode,
      statusDetail: detail,
      requestId,
      outcome: 'answered',
      details: await businessData(result, context),
    },
  );
}

/** The fields of every answer, which the error has under names of its own. */
const technical = ['statusCode', 'statusDetail', 'requestId'] as const;

/** What stands beside the technical fields, without secrets. */
async function businessData(
  result: object,
  { redactor, json, pause }: ResultContext,
): Promise<object | undefined> {
  const cleaned =
    json === undefined
      ? await redactor.valueInSlices(result, pause)
      : await redactor.decodedInSlices(result, json, pause);
  // Taken out of the copy: another pass over many members would hold the event loop.
  const data: Record<string, unknown> =
    cleaned === result ? { ...result } : (cleaned as Record<string, unknown>);
  for (const name of technical) delete data[name];
  return Object.keys(data).length === 0 ? undefined : data;
}
