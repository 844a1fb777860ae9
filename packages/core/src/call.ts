import { startReport, type AttemptReport } from './attempt-report.ts';
import type { CallRequest, Reading, Step } from './call-request.ts';
import type { EngineParts, Trip } from './engine-parts.ts';
import { codeOfStatus } from './errors/classify.ts';
import { addContext, asVendorError, VendorError } from './errors/vendor-error.ts';
import { readRateLimitHeaders } from './limiter/learn.ts';
import type { Permit } from './limiter/limiter.ts';
import { decideRetry } from './retry/policy.ts';
import { readRetryAfter } from './retry/retry-after.ts';
import type { Deadline } from './time/deadline.ts';
import type { Answer } from './transport/answer.ts';
import { decodeBody, decodeText } from './transport/body.ts';
import { joinUrl } from './transport/path.ts';
import type { RawAnswer } from './transport/transport.ts';

interface Attempt<Result> {
  readonly reading: Reading<Result>;
  readonly answer?: Answer | undefined;
}

/** How long a request whose answer nobody waited for may still be on its way to the vendor. */
const longestTransitMs = 5_000;

/**
 * Sends one request until it is answered or must be given up: the one road that every call of every
 * vendor takes, phase by phase.
 */
export async function exchange<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  trip: Trip,
): Promise<Step<Result>> {
  let failure: VendorError | undefined;
  let recovered = false;
  engine.budget.deposit();
  for (let attempt = 1; ; attempt += 1) {
    const permit = await admit(engine, request, trip, failure);
    const { reading, answer } = await attemptOnce(engine, request, trip, permit, attempt);
    if (reading.state !== 'failed') {
      trip.requestId = reading.requestId ?? trip.requestId;
      return reading;
    }
    failure = reading.error;
    const mended = !recovered && attempt < engine.retry.attempts && mend(request, failure, answer);
    if (mended) recovered = true;
    else await waitBeforeRetry(engine, request, trip, { failure, attempt, answer });
  }
}

/** Phase 1: waits for the quota. A retry that cannot be admitted in time fails as what it retries. */
async function admit<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  trip: Trip,
  previous: VendorError | undefined,
): Promise<Permit> {
  const { deadline, options } = trip;
  deadline.check();
  const admission = await engine.limiter.acquire({
    scopes: request.scopes,
    poll: request.poll ?? false,
    priority: options.priority ?? 'interactive',
    deadlineAt: deadline.at,
    signal: deadline.signal,
  });
  if (admission.granted) {
    trip.queueMs += admission.permit.waitedMs;
    reportQuota(engine, request);
    return admission.permit;
  }
  if (admission.reason !== 'quota') deadline.check();
  const retryAt = new Date(admission.availableAtMs);
  if (previous !== undefined) throw addContext(previous, { retryAt });
  throw new VendorError('The quota has no room for this call before its deadline.', {
    code: admission.reason === 'closed' ? 'CLOSED' : 'QUOTA_WAIT_EXCEEDED',
    retryable: admission.reason === 'quota',
    retryAt,
    outcome: 'not-sent',
    hint: engine.rateLimitHint,
  });
}

function reportQuota<Result>(engine: EngineParts, { scopes }: CallRequest<Result>): void {
  const { limiter, telemetry, vendor } = engine;
  if (!telemetry.listens('quota')) return;
  for (const { key, value, limit, remaining, waiting } of limiter.peek(scopes).rules) {
    telemetry.emit('quota', { vendor, key, value, limit, remaining, waiting });
  }
}

/** Phases 2 to 6 under one permit, which is given back by what is known of the vendor's side. */
async function attemptOnce<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  trip: Trip,
  permit: Permit,
  attempt: number,
): Promise<Attempt<Result>> {
  trip.attempts += 1;
  const report = startReport(engine, request, trip, permit, attempt);
  try {
    const raw = await send(engine, request, trip, report);
    settle(engine, permit, raw);
    const answer = await decode(engine, raw);
    const reading = classify(engine, request, answer);
    report.end(reading.state === 'failed' ? reading.error : undefined);
    return { reading, answer };
  } catch (thrown) {
    const error = asVendorError(thrown, 'INVALID_RESPONSE');
    if (error.outcome === 'not-sent') permit.release();
    else permit.settle({ transitMs: error.outcome === 'answered' ? 0 : longestTransitMs });
    report.end(error);
    return { reading: { state: 'failed', error } };
  }
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
  const raw = await engine.transport.send({
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
  report.received(raw);
  trip.networkMs += raw.durationMs;
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
    return await request.authorise(deadline);
  } catch (error) {
    // Whatever went wrong on the way to the credentials: this request was not sent.
    throw Object.assign(asVendorError(error, 'UNAUTHENTICATED'), { outcome: 'not-sent' });
  }
}

/** The vendor has counted the call by now, and may have told what it thinks of the quota. */
function settle(engine: EngineParts, permit: Permit, raw: RawAnswer): void {
  permit.learn(readRateLimitHeaders(raw.headers));
  if (codeOfStatus(raw.status) !== 'RATE_LIMITED') return permit.settle();
  const retryAfterMs = readRetryAfter(raw.headers, engine.clock.now());
  return permit.refused(retryAfterMs === undefined ? {} : { retryAfterMs });
}

/** Phase 5: from bytes to text. Of a failure the status counts; its page need not be readable. */
async function decode(engine: EngineParts, raw: RawAnswer): Promise<Answer> {
  const { status, headers, framed } = raw;
  try {
    const text = decodeText(await decodeBody(raw, engine.maxResponseBytes), raw);
    return { status, headers, text, framed };
  } catch (error) {
    if (status >= 200 && status <= 299) throw error;
    return { status, headers, text: '', framed };
  }
}

/** Phase 6: from text to success, "in progress" or one error. */
function classify<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  answer: Answer,
): Reading<Result> {
  const reading = request.read(answer);
  if (reading.state !== 'failed') return reading;
  const { error } = reading;
  const retryAfterMs = readRetryAfter(answer.headers, engine.clock.now());
  const mayRetry = error.retryable && retryAfterMs !== undefined;
  addContext(error, {
    status: answer.status,
    outcome: 'answered',
    ...(error.code === 'RATE_LIMITED' && { hint: engine.rateLimitHint }),
    ...(mayRetry && { retryAt: new Date(engine.clock.now() + retryAfterMs) }),
  });
  return reading;
}

function mend<Result>(
  request: CallRequest<Result>,
  failure: VendorError,
  answer: Answer | undefined,
): boolean {
  if (failure.code !== 'UNAUTHENTICATED' || answer === undefined) return false;
  return request.recover?.(answer) ?? false;
}

/** Phase 7: waits before the next attempt, or throws the failure if there is to be none. */
async function waitBeforeRetry<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  trip: Trip,
  {
    failure,
    attempt,
    answer,
  }: { failure: VendorError; attempt: number; answer?: Answer | undefined },
): Promise<void> {
  const { deadline, options, callId } = trip;
  const retryAfterMs = answer && readRetryAfter(answer.headers, engine.clock.now());
  const decision = decideRetry({
    error: failure,
    attempt,
    options: engine.retry,
    repeatable: options.idempotent === true ? 'always' : request.repeatable,
    retryAfterMs,
    remainingMs: deadline.remainingMs(),
    budget: engine.budget.state,
    random: engine.random,
  });
  if (!decision.retry) {
    // Whoever looks at `retryable` must not repeat what may have been done.
    if (decision.reason === 'not-safe') Object.assign(failure, { retryable: false });
    throw withNextSlot(engine, request, failure);
  }
  engine.budget.withdraw(failure.code);
  const { vendor } = engine;
  const { operation } = request;
  const { code } = failure;
  const { delayMs } = decision;
  engine.telemetry.emit('retry', { vendor, operation, callId, attempt, delayMs, code });
  await deadline.sleep(delayMs);
}

/** A call that stays refused says when its quota has room again, even if the vendor does not. */
function withNextSlot<Result>(
  { limiter }: EngineParts,
  { scopes }: CallRequest<Result>,
  failure: VendorError,
): VendorError {
  if (failure.code !== 'RATE_LIMITED') return failure;
  const slots = limiter.peek(scopes).rules.map(({ nextSlotAt }) => nextSlotAt?.getTime() ?? 0);
  const latest = Math.max(0, ...slots);
  return latest === 0 ? failure : addContext(failure, { retryAt: new Date(latest) });
}
