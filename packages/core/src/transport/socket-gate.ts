/** A place among those who may hold a socket. */
export interface Turn {
  /** Gives the place up, whether it was reached or is still waited for. It may be called again. */
  leave(): void;
}

/**
 * Lets so many requests hold a socket at a time, the others wait in order. Node's agent has such a
 * queue too, but a request that gave up stays in it until its turn comes.
 */
export class SocketGate {
  readonly #places: number;
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  constructor(places: number) {
    this.#places = places;
  }

  /** How many requests wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Calls `onTurn` when there is a place, at once if there is one now. */
  enter(onTurn: () => void): Turn {
    let hasPlace = false;
    const take = () => {
      hasPlace = true;
      this.#taken += 1;
      onTurn();
    };
    const leave = () => {
      this.#waiting.delete(take);
      if (!hasPlace) return;
      hasPlace = false;
      this.#taken -= 1;
      this.#admitNext();
    };
    if (this.#taken < this.#places) take();
    else this.#waiting.add(take);
    return { leave };
  }

  #admitNext(): void {
    const [next] = this.#waiting;
    if (next === undefined || this.#taken >= this.#places) return;
    this.#waiting.delete(next);
    next();
  }
}
