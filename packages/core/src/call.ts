import { attemptOnce } from './attempt.ts';
import type { CallRequest, Step } from './call-request.ts';
import type { EngineParts } from './engine-parts.ts';
import { addContext, VendorError } from './errors/vendor-error.ts';
import type { Permit } from './limiter/limiter.ts';
import { decideRetry } from './retry/policy.ts';
import type { Answer } from './transport/answer.ts';
import type { Trip } from './trip.ts';

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
    const { reading, answer, retryAfterMs } = await attemptOnce(
      engine,
      request,
      trip,
      permit,
      attempt,
    );
    if (reading.state !== 'failed') {
      trip.requestId = reading.requestId ?? trip.requestId;
      if (reading.state === 'in-progress') trip.isBegun = true;
      return reading;
    }
    failure = reading.error;
    // What a refusal teaches is learned even if this call may not try again: the next one profits.
    const mended = mend(request, failure, answer);
    if (mended && !recovered && attempt < engine.retry.attempts) {
      recovered = true;
      announceRetry(engine, request, trip, { failure, attempt, delayMs: 0 });
    } else await waitBeforeRetry(engine, request, trip, { failure, attempt, retryAfterMs });
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
  const queuedAt = engine.clock.monotonicNow();
  const admission = await engine.limiter.acquire({
    scopes: request.scopes,
    poll: request.poll ?? false,
    priority: options.priority ?? 'interactive',
    deadlineAt: deadline.at,
    signal: deadline.signal,
  });
  trip.queueMs += engine.clock.monotonicNow() - queuedAt;
  if (admission.granted) {
    reportQuota(engine, request);
    return admission.permit;
  }
  if (admission.reason !== 'quota') deadline.check();
  if (admission.reason === 'closed') {
    throw new VendorError('The quota limiter is closed.', { code: 'CLOSED' });
  }
  const retryAt = new Date(admission.availableAtMs);
  if (previous !== undefined) throw addContext(previous, { retryAt });
  throw new VendorError('The quota has no room for this call before its deadline.', {
    code: 'QUOTA_WAIT_EXCEEDED',
    retryable: true,
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
    retryAfterMs,
  }: { failure: VendorError; attempt: number; retryAfterMs: number | undefined },
): Promise<void> {
  const { deadline, options } = trip;
  const decision = decideRetry({
    error: failure,
    attempt,
    options: engine.retry,
    repeatable: options.idempotent === true ? 'always' : request.repeatable,
    retryAfterMs,
    remainingMs: deadline.remainingMs(),
    budget: engine.budget.state,
    isPaced: engine.limiter.peek(request.scopes).rules.length > 0,
    random: engine.random,
  });
  if (!decision.retry) {
    const { reason } = decision;
    // Whoever looks at `retryable` gets the engine's own judgement, unless it has none.
    if (reason !== 'not-retryable') Object.assign(failure, { retryable: reason !== 'not-safe' });
    throw withNextSlot(engine, request, failure);
  }
  engine.budget.withdraw(failure.code);
  announceRetry(engine, request, trip, { failure, attempt, delayMs: decision.delayMs });
  await deadline.sleep(decision.delayMs);
}

function announceRetry<Result>(
  { vendor, telemetry }: EngineParts,
  { operation }: CallRequest<Result>,
  { callId }: Trip,
  { failure, attempt, delayMs }: { failure: VendorError; attempt: number; delayMs: number },
): void {
  const { code } = failure;
  telemetry.emit('retry', { vendor, operation, callId, attempt, delayMs, code });
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
