import type { VendorError } from '@vendorkit/core';
import type { PoisonEvent } from './handling.ts';

/** A connection after which the broker had forgotten the session. */
export interface GapEvent {
  /** When the broker was last heard before. What happened since may never be delivered. */
  readonly since: Date;
  /** The topics that are subscribed to. */
  readonly topics: readonly string[];
}

/** What can be listened to with `stream.on`. */
export interface StreamEvents {
  /** The stream is subscribed, for the first time or again. */
  connect: {
    /** Whether the broker had kept the session. */
    readonly resumed: boolean;
  };
  /** The connection ended. */
  disconnect: {
    /** Absent if the stream left by itself: to use another token, or for good. */
    readonly reason: VendorError | undefined;
  };
  /**
   * The broker has forgotten the session, so events may be missing: reconcile over REST. It is told
   * when the topics are granted again, once for each lost session.
   */
  gap: GapEvent;
  /** An event failed as often as it was allowed to. */
  poison: PoisonEvent;
  /** The stream ended with this error, which `ended` rejects with, too. */
  error: VendorError;
}
