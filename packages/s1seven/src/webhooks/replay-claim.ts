import { askReplayStore } from './ask-replay-store.ts';
import type { VerifySettings } from './verify-options.ts';
import { replayKeyOf } from './verify.ts';
import type { WebhookEvent } from './webhook-event.ts';

/** A delivery that is being handled, and that nobody else handles meanwhile. */
export interface ReplayClaim {
  /** It was handled: from now on it is a replay. */
  keep(): Promise<void>;
  /** It could not be handled: the vendor may deliver it again. */
  release(): Promise<void>;
}

/**
 * How long a delivery is claimed while it is being handled. It ends by itself, so that what a process
 * was handling when it died is not lost, if the store outlives it.
 */
const claimMs = 5 * 60_000;

/**
 * Claims a delivery.
 *
 * @returns `undefined` if it was handled before, or is being handled.
 * @throws VendorError `CONNECTION` if the store fails, as do the methods of the claim.
 */
export async function claimDelivery<Body>(
  settings: VerifySettings<Body>,
  event: WebhookEvent<Body>,
): Promise<ReplayClaim | undefined> {
  const { replayStore: store, replayWindowMs } = settings;
  if (store === undefined) return { keep: async () => {}, release: async () => {} };
  const key = replayKeyOf(settings, event);
  const canForget = store.forget !== undefined;
  const ttlMs = canForget ? Math.min(claimMs, replayWindowMs) : replayWindowMs;
  const isFirst = await askReplayStore(() => store.remember(key, ttlMs));
  if (!isFirst) return undefined;
  return {
    async keep() {
      if (!canForget) return;
      // Should this end half-way, the delivery can be handled twice, but is not lost.
      await askReplayStore(() => store.forget?.(key));
      await askReplayStore(() => store.remember(key, replayWindowMs));
    },
    release: async () => askReplayStore(() => store.forget?.(key)),
  };
}
