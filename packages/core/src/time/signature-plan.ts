/** What is known of the vendor's clock, and how much room to leave. */
export interface SignatureMoment {
  /** The earliest that the vendor's clock may read now, in milliseconds since the Unix epoch. */
  readonly earliestMs: number;
  /** The latest that the vendor's clock may read now, in milliseconds since the Unix epoch. */
  readonly latestMs: number;
  /**
   * How much of the second is left to the way to the vendor, in milliseconds.
   * @defaultValue 250
   */
  readonly marginMs?: number;
}

/** When to sign, and with which time. */
export interface SignaturePlan {
  /** The `iat` to sign with, in seconds since the Unix epoch, once the wait is over. */
  readonly issuedAtSeconds: number;
  /** How long to wait before signing, in milliseconds. Zero means now. */
  readonly waitMs: number;
}

/** The part of a second in which a request may always leave, however little is known of the clock. */
const leastRoomMs = 25;

/**
 * Chooses the `iat` of a token that carries whole seconds, for a vendor that refuses tokens a second
 * old and tokens from its future (SecuTix REST 4.1.1).
 *
 * The second chosen has begun on the vendor's clock even if that clock reads its earliest. If the
 * clock, reading its latest, would be too near the end of that second, the plan is to wait for the
 * next. Where so little is known that both cannot be had, it waits for the beginning of a second.
 */
export function planSignature({
  earliestMs,
  latestMs,
  marginMs = 250,
}: SignatureMoment): SignaturePlan {
  const second = Math.floor(earliestMs / 1000);
  const elapsedMs = earliestMs - second * 1000;
  const roomMs = Math.max(1000 - marginMs - (latestMs - earliestMs), leastRoomMs);
  if (elapsedMs <= roomMs) return { issuedAtSeconds: second, waitMs: 0 };
  return { issuedAtSeconds: second + 1, waitMs: Math.ceil(1000 - elapsedMs) };
}
