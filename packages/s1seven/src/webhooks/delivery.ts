import { VendorError } from '@vendorkit/core';
import type { HandlerSettings } from './handler-options.ts';
import type { RawBody } from './raw-body.ts';
import { claimDelivery, type ReplayClaim } from './replay-claim.ts';
import { signatureRejected } from './signature-rejection.ts';
import { verifySignature } from './verify.ts';
import type { WebhookEvent } from './webhook-event.ts';
import type { WebhookHeaders } from './webhook-headers.ts';

/** A request of the vendor to a hook's address. */
export interface Delivery {
  readonly headers: WebhookHeaders;
  readonly signal: AbortSignal;
  /** @throws VendorError with the `status` to answer with, if the body cannot be had. */
  readBody(): Promise<RawBody>;
}

/** A delivery that is the vendor's, and nobody else's to handle. */
interface Admitted<Body> {
  readonly event: WebhookEvent<Body>;
  readonly claim: ReplayClaim;
}

/** Why a delivery is not handled, and the status that says so. */
interface Refused {
  readonly status: number;
  readonly error: unknown;
}

/**
 * Takes a delivery in: verifies it, claims it, has it handled. It never rejects.
 *
 * @returns The status to answer with. The body of the answer stays empty.
 */
export async function receiveDelivery<Body>(
  settings: HandlerSettings<Body>,
  delivery: Delivery,
): Promise<number> {
  const admission = await admit(settings, delivery);
  if ('event' in admission) return handleEvent(settings, delivery, admission);
  await reportRejection(settings, admission.error);
  return admission.status;
}

/** Tells the user. What the user's function throws has nowhere to go. */
export async function reportRejection<Body>(
  { onRejected }: HandlerSettings<Body>,
  error: unknown,
  event?: WebhookEvent<Body>,
): Promise<void> {
  try {
    await onRejected?.(error, event);
  } catch {
    // Nobody is left to tell.
  }
}

async function admit<Body>(
  settings: HandlerSettings<Body>,
  delivery: Delivery,
): Promise<Admitted<Body> | Refused> {
  let event: WebhookEvent<Body>;
  try {
    event = verifySignature(settings, await delivery.readBody(), delivery.headers);
  } catch (error) {
    return { status: statusOf(error), error };
  }
  try {
    const claim = await claimDelivery(settings, event);
    if (claim !== undefined) return { event, claim };
  } catch (error) {
    // Whether it came before is not known: it is not handled now, and may be delivered again.
    return { status: 500, error };
  }
  // No success: the first delivery may still fail.
  return { status: 409, error: signatureRejected('replayed') };
}

async function handleEvent<Body>(
  settings: HandlerSettings<Body>,
  { signal }: Delivery,
  { event, claim }: Admitted<Body>,
): Promise<number> {
  try {
    await settings.onEvent(event, { signal });
  } catch (error) {
    await reportRejection(settings, error, event);
    await orReport(settings, event, async () => claim.release());
    return 500;
  }
  // It was handled, whatever becomes of the claim.
  await orReport(settings, event, async () => claim.keep());
  return 204;
}

async function orReport<Body>(
  settings: HandlerSettings<Body>,
  event: WebhookEvent<Body>,
  task: () => Promise<void>,
): Promise<void> {
  try {
    await task();
  } catch (error) {
    await reportRejection(settings, error, event);
  }
}

/**
 * What is not the sender's fault is a 500, after which the vendor may deliver again (assumed: when it
 * does is not public).
 */
function statusOf(error: unknown): number {
  if (!VendorError.is(error)) return 500;
  if (error.code === 'SIGNATURE_REJECTED') return 401;
  if (error.code === 'INVALID_RESPONSE') return 400;
  return error.status ?? 500;
}
