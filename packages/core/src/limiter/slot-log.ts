/** What all empty logs share, so that a key which was never used costs nothing. */
const nothing: number[] = [];

const smallestCapacity = 2;

/**
 * The moments at which busy slots become free again, in order. A ring that grows with its use: a key
 * with few calls stays small.
 */
export class SlotLog {
  #ring = nothing;
  #first = 0;
  #size = 0;

  /** How many slots are busy. */
  get size(): number {
    return this.#size;
  }

  /** When the slot of that rank becomes free, the first being 0; `Infinity` if there are not so many. */
  at(rank: number): number {
    if (rank >= this.#size) return Infinity;
    return this.#ring[(this.#first + rank) & (this.#ring.length - 1)] ?? Infinity;
  }

  /** Adds a slot. Most become free after all others; the way to an earlier place is walked back. */
  add(moment: number): void {
    if (this.#size === this.#ring.length) {
      this.#ring = enlarge(this.#ring, this.#first);
      this.#first = 0;
    }
    const ring = this.#ring;
    const mask = ring.length - 1;
    let rank = this.#size;
    for (; rank > 0 && this.at(rank - 1) > moment; rank -= 1) {
      ring[(this.#first + rank) & mask] = this.at(rank - 1);
    }
    ring[(this.#first + rank) & mask] = moment;
    this.#size += 1;
  }

  /**
   * How many slots became free after a moment, of those that {@link expire} has forgotten. The oldest of
   * them may be missing.
   */
  freedAfter(moment: number): number {
    const ring = this.#ring;
    const mask = ring.length - 1;
    // What is forgotten stays in the ring until it is written over; an unused place holds `Infinity`.
    const isKnown = (freedAt = Infinity) => freedAt > moment && freedAt < Infinity;
    let count = 0;
    const most = ring.length - this.#size;
    while (count < most && isKnown(ring[(this.#first - 1 - count) & mask])) count += 1;
    return count;
  }

  /** Forgets the slots that are free by now. */
  expire(now: number): void {
    while (this.at(0) <= now) {
      this.#first = (this.#first + 1) & (this.#ring.length - 1);
      this.#size -= 1;
    }
  }
}

/** A full ring's content in a larger one, from its start. Unused places hold `Infinity`. */
function enlarge(ring: readonly number[], first: number): number[] {
  // A power of two, so that the end of the ring is found without a division.
  const length = Math.max(smallestCapacity, 2 * ring.length);
  const mask = ring.length - 1;
  // A fraction in every place makes the engine store plain numbers of 8 bytes from the start.
  return Array.from({ length }, (_, rank) =>
    rank < ring.length ? (ring[(first + rank) & mask] ?? Infinity) : Infinity,
  );
}
