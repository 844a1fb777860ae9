/** How patient a stream is, and with what chance. The defaults are for use, others for tests. */
export interface EventsTiming {
  /** How often the broker hears of us at least, in seconds. The vendor's own client uses 60. */
  readonly keepaliveSeconds: number;
  /** How long handlers may take to end when the stream is being closed, in milliseconds. */
  readonly drainMs: number;
  /** How long a login may take, in milliseconds. RabbitMQ 4 delays a refusal by 3 s (measured). */
  readonly connectMs: number;
  /** A number from 0 to just under 1. */
  readonly random: () => number;
}

export const defaultTiming: EventsTiming = {
  keepaliveSeconds: 60,
  drainMs: 30_000,
  connectMs: 10_000,
  random: Math.random,
};
