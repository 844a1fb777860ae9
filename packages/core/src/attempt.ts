import { startReport, type AttemptReport } from './attempt-report.ts';
import type { CallRequest, Reading } from './call-request.ts';
import type { EngineParts } from './engine-parts.ts';
import { codeOfStatus } from './errors/classify.ts';
import { addContext, asVendorError, type VendorError } from './errors/vendor-error.ts';
import { readRateLimitHeaders } from './limiter/learn.ts';
import type { Permit } from './limiter/limiter.ts';
import { readRetryAfter } from './retry/retry-after.ts';
import type { Deadline } from './time/deadline.ts';
import { answerOf, isSuccess, type Answer } from './transport/answer.ts';
import { decodeBody, outcomeOf } from './transport/body.ts';
import { joinUrl } from './transport/path.ts';
import type { RawAnswer } from './transport/transport.ts';
import type { Trip } from './trip.ts';

/** What came of sending a request once. */
export interface Attempt<Result> {
  readonly reading: Reading<Result>;
  /** The answer, if one came that could be decoded. */
  readonly answer?: Answer | undefined;
}

/** How long a request whose answer nobody waited for may still be on its way to the vendor. */
const longestTransitMs = 5_000;

/** Phases 2 to 6 under one permit, which is given back by what is known of the vendor's side. */
export async function attemptOnce<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  trip: Trip,
  permit: Permit,
  attempt: number,
): Promise<Attempt<Result>> {
  trip.attempts += 1;
  const report = startReport(engine, request, trip, permit, attempt);
  let raw: RawAnswer | undefined;
  try {
    raw = await send(engine, request, trip, report);
    settle(engine, permit, raw);
    const answer = await decode(engine, raw, trip.deadline);
    const reading = await classify(engine, request, answer, trip.deadline);
    trip.outcome = 'answered';
    const error = reading.state === 'failed' ? reading.error : undefined;
    // Some vendors say in the body what others say by the status.
    if (error?.code === 'RATE_LIMITED' && !isThrottled(raw)) cool(engine, permit, raw);
    report.end(error);
    return { reading, answer };
  } catch (thrown) {
    const error = asVendorError(thrown, 'INVALID_RESPONSE');
    if (raw) addContext(error, { status: raw.status, outcome: outcomeOf(raw) });
    giveBack(engine, permit, error, raw);
    if (error.outcome !== 'not-sent') trip.outcome = error.outcome ?? 'unknown';
    report.end(error);
    return { reading: { state: 'failed', error } };
  }
}

/** Without an answer, the vendor may count the call for as long as it may be on its way. */
function giveBack(
  { usage }: EngineParts,
  permit: Permit,
  { outcome }: VendorError,
  raw: RawAnswer | undefined,
): void {
  if (raw) return;
  if (outcome === 'not-sent') return permit.release();
  usage.count(0);
  return permit.settle({ transitMs: longestTransitMs });
}

/** Phases 2 to 4: credentials, signature, and the bytes themselves. */
async function send<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  trip: Trip,
  report: AttemptReport,
): Promise<RawAnswer> {
  const { deadline, options } = trip;
  const { sign } = request;
  const credentials = await authorise(request, deadline);
  const sentAt = engine.clock.monotonicNow();
  const sending = engine.transport.send({
    method: request.method,
    url: joinUrl(engine.baseUrl, request.path, request.query),
    headers: { ...options.headers, ...request.headers, ...credentials },
    body: request.body,
    timeoutMs: options.timeout ?? engine.timeoutMs,
    deadline,
    maxResponseBytes: engine.maxResponseBytes,
    ...(sign && {
      sign: () => sign({ serverClock: engine.serverClock, deadline }),
    }),
  });
  const raw = await sending.finally(() => {
    trip.networkMs += engine.clock.monotonicNow() - sentAt;
  });
  report.received(raw);
  trip.status = raw.status;
  trip.headers = raw.headers;
  engine.usage.count(raw.body.length);
  engine.serverClock.observe({
    date: raw.headers['date'],
    age: raw.headers['age'],
    sentAtMs: raw.sentAtMs,
    receivedAtMs: raw.receivedAtMs,
  });
  return raw;
}

async function authorise<Result>(
  request: CallRequest<Result>,
  deadline: Deadline,
): Promise<Readonly<Record<string, string>>> {
  if (request.authorise === undefined) return {};
  try {
    return await deadline.until(request.authorise(deadline));
  } catch (error) {
    // Whatever went wrong on the way to the credentials: this request was not sent.
    throw Object.assign(asVendorError(error, 'UNAUTHENTICATED'), { outcome: 'not-sent' });
  }
}

/** The vendor has counted the call by now, and may have told what it thinks of the quota. */
function settle(engine: EngineParts, permit: Permit, raw: RawAnswer): void {
  permit.learn(readRateLimitHeaders(raw.headers));
  if (isThrottled(raw)) cool(engine, permit, raw);
  else permit.settle();
}

function isThrottled({ status }: RawAnswer): boolean {
  return codeOfStatus(status) === 'RATE_LIMITED';
}

/** The vendor refused the call for its quota, which pauses. */
function cool({ clock }: EngineParts, permit: Permit, { headers }: RawAnswer): void {
  const retryAfterMs = readRetryAfter(headers, clock.now());
  permit.refused(retryAfterMs === undefined ? {} : { retryAfterMs });
}

/**
 * How long the vendor asks to wait. Some vendors send `X-RateLimit-Reset` with every answer: it tells
 * when to come again only if the call was refused for the quota.
 */
export function askedWaitMs(
  { clock }: EngineParts,
  error: VendorError,
  { headers }: Answer,
): number | undefined {
  const { 'retry-after': retryAfter = '' } = headers;
  const said = error.code === 'RATE_LIMITED' ? headers : { 'retry-after': retryAfter };
  return readRetryAfter(said, clock.now());
}

/** Phase 5: takes the compression off. Of a failure the status counts; its page need not be readable. */
async function decode(
  { maxResponseBytes: maxBytes }: EngineParts,
  raw: RawAnswer,
  deadline: Deadline,
): Promise<Answer> {
  try {
    return answerOf(raw, await decodeBody(raw, { maxBytes, check: () => deadline.check() }));
  } catch (error) {
    deadline.check();
    if (isSuccess(raw.status)) throw error;
    return answerOf(raw, Buffer.alloc(0));
  }
}

/** Phase 6: from bytes to success, "in progress" or one error. */
async function classify<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  answer: Answer,
  deadline: Deadline,
): Promise<Reading<Result>> {
  const reading = await request.read(answer, { deadline });
  if (reading.state !== 'failed') return reading;
  const { error } = reading;
  const retryAfterMs = askedWaitMs(engine, error, answer);
  const mayRetry = error.retryable && retryAfterMs !== undefined;
  addContext(error, {
    status: answer.status,
    outcome: 'answered',
    ...(error.code === 'RATE_LIMITED' && { hint: engine.rateLimitHint }),
    ...(mayRetry && { retryAt: new Date(engine.clock.now() + retryAfterMs) }),
  });
  return reading;
}
