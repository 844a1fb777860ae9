import { startReport, type AttemptReport } from './attempt-report.ts';
import type { CallRequest, Reading, RequestQuery } from './call-request.ts';
import type { EngineParts } from './engine-parts.ts';
import { codeOfStatus } from './errors/classify.ts';
import { addContext, asVendorError, type VendorError } from './errors/vendor-error.ts';
import { readRateLimitHeaders } from './limiter/learn.ts';
import type { Permit } from './limiter/limiter.ts';
import { refusalPauseMs } from './retry/refusal-pause.ts';
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
  /** How long to wait for the vendor's sake, in milliseconds, if it said so. */
  readonly retryAfterMs?: number | undefined;
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
    let retryAfterMs = settle(engine, request, permit, raw);
    const answer = await decode(engine, raw, trip.deadline);
    const reading = await request.read(answer, { deadline: trip.deadline });
    trip.outcome = 'answered';
    const error = reading.state === 'failed' ? reading.error : undefined;
    // Some vendors say in the body what others say by the status.
    if (error?.code === 'RATE_LIMITED' && !isThrottled(raw)) {
      retryAfterMs = cool(engine, request, permit, raw);
    }
    if (error) explain(engine, error, raw, retryAfterMs);
    report.end(error);
    return { reading, answer, retryAfterMs };
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
  const query = queryOf(request);
  const sentAt = engine.clock.monotonicNow();
  const sending = engine.transport.send({
    method: request.method,
    url: joinUrl(engine.baseUrl, request.path, query),
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

function queryOf<Result>({ query }: CallRequest<Result>): RequestQuery | undefined {
  if (typeof query !== 'function') return query;
  try {
    return query();
  } catch (error) {
    throw Object.assign(asVendorError(error, 'INVALID_REQUEST'), { outcome: 'not-sent' });
  }
}

/**
 * The vendor has counted the call by now, and may have told what it thinks of the quota, and how long
 * to wait: that is what is returned, in milliseconds.
 */
function settle<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  permit: Permit,
  raw: RawAnswer,
): number | undefined {
  permit.learn(readRateLimitHeaders(raw.headers));
  if (isThrottled(raw)) return cool(engine, request, permit, raw);
  permit.settle();
  // Some vendors send `X-RateLimit-Reset` with every answer: it tells when to come again only if the
  // call was refused for the quota.
  const { 'retry-after': retryAfter } = raw.headers;
  if (retryAfter === undefined) return undefined;
  return readRetryAfter({ 'retry-after': retryAfter }, engine.clock.now());
}

function isThrottled({ status }: RawAnswer): boolean {
  return codeOfStatus(status) === 'RATE_LIMITED';
}

/** The vendor refused the call for its quota, which pauses: for how long is told, if it is known. */
function cool<Result>(
  { clock, limiter, afterRefusal, random }: EngineParts,
  { scopes }: CallRequest<Result>,
  permit: Permit,
  { headers }: RawAnswer,
): number | undefined {
  const askedMs = readRetryAfter(headers, clock.now());
  if (afterRefusal === undefined) {
    permit.refused(askedMs === undefined ? {} : { retryAfterMs: askedMs });
    return askedMs;
  }
  const windowMs = Math.max(0, ...limiter.peek(scopes).rules.map((rule) => rule.windowMs));
  const isProbe = permit.isProbe === true;
  const pauseMs = refusalPauseMs({ askedMs, windowMs, isProbe, afterRefusal, random });
  permit.refused({ retryAfterMs: pauseMs });
  // Calls that are refused together share the pause of the first: its end is what the quota tells.
  const slots = limiter.peek(scopes).rules.map(({ nextSlotAt }) => nextSlotAt?.getTime() ?? 0);
  return slots.length === 0 ? pauseMs : Math.max(0, Math.max(...slots) - clock.now());
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

/** Phase 6: an answer that is an error learns what only the attempt knows. */
function explain(
  { clock, rateLimitHint }: EngineParts,
  error: VendorError,
  { status }: RawAnswer,
  retryAfterMs: number | undefined,
): void {
  const mayRetry = error.retryable && retryAfterMs !== undefined;
  addContext(error, {
    status,
    outcome: 'answered',
    ...(error.code === 'RATE_LIMITED' && { hint: rateLimitHint }),
    ...(mayRetry && { retryAt: new Date(clock.now() + retryAfterMs) }),
  });
}
