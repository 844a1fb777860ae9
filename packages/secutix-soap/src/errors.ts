import {
  codeOfStatus,
  invalidResponse,
  isPlainObject,
  isSuccess,
  pauseOf,
  type Answer,
  type Deadline,
  type Reading,
  type Redactor,
  type VendorError,
  type VendorErrorFields,
} from '@vendorkit/core';
import { toUtf8, XmlError } from '@vendorkit/core/xml';
import {
  excerptOf,
  httpError,
  longestText,
  longestVendorCode,
  readWebMethodResult,
  SecutixError,
  sentenceEnd,
  shortCode,
} from '@vendorkit/secutix-shared';
import type { ServiceCodec } from './codec/service-codec.ts';
import type { SoapAnswer, SoapFault } from './codec/soap-answer.ts';
import { UnreadableAnswer } from './codec/unreadable-answer.ts';
import { isAuthenticationFault, isFaultOfServer } from './fault.ts';
import type { OperationModel } from './wsdl/model.ts';

/** A SOAP fault (SOAP 1.1, 4.4): the vendor did not get as far as an answer of its own. */
export class SoapFaultError extends SecutixError {
  protected static override readonly brands: readonly string[] = [
    'SoapFaultError',
    'SecutixError',
    'VendorError',
  ];

  /** Whose fault it is, as the vendor wrote it: `S:Client`, `S:Server`, a name of its own. */
  declare readonly faultcode: string;
  /** The vendor's explanation, for a person to read: the first 10,000 characters. */
  declare readonly faultstring: string;

  constructor(
    message: string,
    fields: VendorErrorFields & { faultcode: string; faultstring: string },
  ) {
    const { faultcode, faultstring, ...rest } = fields;
    super(message, rest);
    Object.assign(this, { faultcode, faultstring });
  }
}

/** What the reader of an answer must know of the call. */
export interface AnswerContext {
  readonly redactor: Redactor;
  /** Whether the same request may be sent again: it reads, or carries its `requestId`. */
  readonly isRepeatable: boolean;
  readonly codec: ServiceCodec;
  readonly operation: OperationModel;
}

/** What to look at first. */
const hints: Readonly<Record<number, string>> = {
  401: 'Check the username and the password, and try the other form of `security`.',
  404: 'Check the service, its version, module and package.',
};

/** An answer that is no SOAP message, and why not. */
interface Unreadable {
  readonly kind: 'unreadable';
  readonly problem: string;
}

/**
 * Reads an answer of the vendor (SOAP 1.1, 6.2; SecuTix SOAP 3 and 5). What is not known is a failure.
 */
export async function readAnswer<Result>(
  answer: Answer,
  deadline: Deadline,
  context: AnswerContext,
): Promise<Reading<Result>> {
  const { status } = answer;
  const { redactor, isRepeatable } = context;
  const pause = pauseOf(deadline);
  const isOneWay = context.operation.output === null;
  if (isSuccess(status) && isOneWay && answer.bytes.length === 0) return done(undefined as Result);
  // The vendor refuses for the quota in HTML.
  const isThrottled = codeOfStatus(status) === 'RATE_LIMITED';
  const soap = isThrottled ? notRead : await readEnvelope(answer, pause, context);
  if (soap.kind === 'fault') return failed(await faultError(soap, status, redactor, pause));
  if (!isSuccess(status)) {
    const details = await detailsOf(soap, answer, redactor, pause);
    return failed(httpError(status, details, hints[status]));
  }
  if (soap.kind === 'unreadable') return failed(unreadable(answer, soap.problem));
  if (isOneWay) return done(undefined as Result);
  return readWebMethodResult(soap.value, { status, isRepeatable, redactor, pause });
}

const notRead: Unreadable = { kind: 'unreadable', problem: '' };

/** A long answer is read in slices, so that others get their turn and the call can end meanwhile. */
async function readEnvelope(
  answer: Answer,
  pause: () => Promise<void>,
  { codec, operation }: AnswerContext,
): Promise<SoapAnswer | Unreadable> {
  try {
    const bytes = toUtf8(answer.bytes, answer.headers['content-type']);
    return await codec.decode(operation, bytes, pause);
  } catch (error) {
    if (error instanceof XmlError) {
      // The message ends with a full stop of its own.
      return {
        kind: 'unreadable',
        problem: `It is not the XML that is expected: ${error.message}`,
      };
    }
    if (error instanceof UnreadableAnswer) return { kind: 'unreadable', problem: error.message };
    throw error;
  }
}

function unreadable(answer: Answer, problem: string): VendorError {
  const { status, framed, bytes, headers } = answer;
  const isHtml = /\bhtml\b/i.test(headers['content-type'] ?? '');
  const what = bytes.length === 0 ? 'It is empty.' : isHtml ? `It is HTML. ${problem}` : problem;
  return invalidResponse(`The vendor's answer cannot be read. ${what}`, {
    status,
    outcome: framed ? 'answered' : 'unknown',
  });
}

/** What the vendor says beside the status, without secrets. */
async function detailsOf(
  soap: SoapAnswer | Unreadable,
  answer: Answer,
  redactor: Redactor,
  pause: () => Promise<void>,
): Promise<object | undefined> {
  if (soap.kind === 'result' && isPlainObject(soap.value)) {
    return redactor.valueInSlices(soap.value, pause);
  }
  return excerptOf(answer.text, redactor);
}

/** A fault, whatever status it came with (SOAP 1.1, 6.2 wants 500). */
async function faultError(
  fault: SoapFault,
  status: number,
  redactor: Redactor,
  pause: () => Promise<void>,
): Promise<SoapFaultError> {
  const isRefused = isAuthenticationFault(fault) || status === 401;
  const code = isRefused ? 'UNAUTHENTICATED' : status === 403 ? 'FORBIDDEN' : 'SOAP_FAULT';
  const faultcode = redactor.beginning(fault.faultcode, longestVendorCode);
  const faultstring = redactor.beginning(fault.faultstring, longestText);
  const message = `SecuTix answered with the fault \`${shortCode(faultcode)}\`${sentenceEnd(faultstring)}`;
  const detail = fault.detail ?? undefined;
  return new SoapFaultError(message, {
    code,
    status,
    faultcode,
    faultstring,
    retryable: code === 'SOAP_FAULT' && isFaultOfServer(fault),
    outcome: 'answered',
    details: await redactor.valueInSlices(detail, pause),
    hint: isRefused ? hints[401] : undefined,
  });
}

function done<Result>(result: Result): Reading<Result> {
  return { state: 'done', result };
}

function failed(error: VendorError): Reading<never> {
  return { state: 'failed', error };
}
