import { stringifyJson } from '@vendorkit/core';
import { MalformedRequest, longOf, type CallParameters } from './parameters.ts';
import { refused, type MethodResult } from './method-result.ts';

/** Which methods take long, and how long. */
export interface LongRunningOptions {
  /** How many times a call answers `in_progress`, the first answer among them. */
  readonly polls: number;
  /**
   * Which operations, for instance `catalogService.getCatalog`.
   *
   * @defaultValue those that the vendor's pages show with an asynchronous state: `getCatalog`,
   *   `getCatalogDetailed` and `executeExport`
   */
  readonly operations?: readonly string[];
}

interface Work {
  readonly operation: string;
  readonly parameters: string;
  readonly result: MethodResult;
  left: number;
}

const defaultOperations = [
  'catalogService.getCatalog',
  'catalogService.getCatalogDetailed',
  'dataExportService.executeExport',
];

/** 2^53 + 1: an id that a client with floating-point numbers loses. */
const firstRequestId = 9_007_199_254_740_993n;

/**
 * Calls that answer `in_progress` with a `requestId`, until they were repeated often enough with that
 * `requestId` and the same parameters (SecuTix REST 5.4).
 */
export class LongRunning {
  readonly #polls: number;
  readonly #operations: ReadonlySet<string>;
  readonly #work = new Map<bigint, Work>();
  readonly #submissions = new Map<string, number>();

  constructor({ polls, operations = defaultOperations }: LongRunningOptions) {
    this.#polls = polls;
    this.#operations = new Set(operations);
  }

  /** How often each operation was called without a `requestId`. */
  get submissions(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#submissions);
  }

  /**
   * One call: a submission, a poll, or neither if the operation does not take long.
   *
   * @param run - Does the work.
   * @throws MalformedRequest when a poll does not repeat the parameters of its submission.
   */
  call(operation: string, parameters: CallParameters, run: () => MethodResult): MethodResult {
    const { requestId: _, ...own } = parameters;
    const requestId = longOf(parameters, 'requestId');
    if (requestId !== undefined) return this.#poll(requestId, operation, own);
    this.#submissions.set(operation, (this.#submissions.get(operation) ?? 0) + 1);
    if (this.#polls <= 0 || !this.#operations.has(operation)) return run();
    return this.#submit(operation, own, run());
  }

  #submit(operation: string, own: CallParameters, result: MethodResult): MethodResult {
    const requestId = firstRequestId + BigInt(this.#work.size) * 2n;
    const work = { operation, parameters: canonical(own), result, left: this.#polls };
    this.#work.set(requestId, work);
    return step(work, requestId);
  }

  #poll(requestId: bigint, operation: string, own: CallParameters): MethodResult {
    const work = this.#work.get(requestId);
    if (work?.operation !== operation) {
      return refused('error.request.unknown', `There is no request ${requestId}.`);
    }
    if (work.parameters !== canonical(own)) {
      throw new MalformedRequest(`The parameters are not those of the request ${requestId}.`);
    }
    return step(work, requestId);
  }
}

/** The result stays, so that a poll whose answer was lost can be repeated. */
function step(work: Work, requestId: bigint): MethodResult {
  if (work.left <= 0) return { ...work.result, requestId };
  work.left -= 1;
  return { statusCode: 'in_progress', statusDetail: null, requestId };
}

/** The same text for the same parameters, whatever their order. */
function canonical(value: unknown): string {
  return stringifyJson(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
