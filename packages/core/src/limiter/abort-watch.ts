/**
 * Watches the signals of those who wait, with one listener a signal however many wait on it, so that
 * Node has no reason to warn of a leak.
 */
export class AbortWatch<Item extends object> {
  readonly #watched = new Map<AbortSignal, Item | Set<Item>>();
  readonly #onAbort: (item: Item) => void;

  /** @param onAbort - Told of each item whose signal was aborted. It is not watched any more. */
  constructor(onAbort: (item: Item) => void) {
    this.#onAbort = onAbort;
  }

  /** Called by the signals: an object as listener spares a function for each. */
  handleEvent(event: Event): void {
    const signal = event.target as AbortSignal;
    const items = this.#watched.get(signal);
    this.#forget(signal);
    if (items === undefined) return;
    for (const item of items instanceof Set ? items : [items]) this.#onAbort(item);
  }

  /** Starts to watch. */
  add(signal: AbortSignal, item: Item): void {
    const present = this.#watched.get(signal);
    if (present instanceof Set) present.add(item);
    else this.#watched.set(signal, present === undefined ? item : new Set([present, item]));
    if (present === undefined) signal.addEventListener('abort', this);
  }

  /** Stops to watch. The last one of a signal takes the listener away. */
  remove(signal: AbortSignal, item: Item): void {
    const present = this.#watched.get(signal);
    if (present instanceof Set) present.delete(item);
    if (present === item || (present instanceof Set && present.size === 0)) this.#forget(signal);
  }

  #forget(signal: AbortSignal): void {
    this.#watched.delete(signal);
    signal.removeEventListener('abort', this);
  }
}
