/** A listener of one kind of events. It is called at once; what it returns is not waited for. */
export type Listener<Told> = (told: Told) => unknown;

/**
 * Listeners by the name of what they listen to. One that throws harms neither the others nor whoever
 * tells.
 */
export class StreamListeners<Events extends object> {
  readonly #byName = new Map<keyof Events, Set<Listener<never>>>();
  readonly #onFailure: (name: keyof Events) => void;

  /** @param onFailure - Is told the name when a listener throws. */
  constructor(onFailure: (name: keyof Events) => void) {
    this.#onFailure = onFailure;
  }

  add<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): void {
    const listeners = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, listeners.add(listener));
  }

  remove<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): void {
    this.#byName.get(name)?.delete(listener);
  }

  /** @returns Whether anybody listens. */
  tell<Name extends keyof Events>(name: Name, told: Events[Name]): boolean {
    const listeners = [...(this.#byName.get(name) ?? [])] as Listener<Events[Name]>[];
    for (const listener of listeners) {
      void this.#call(name, () => listener(told));
    }
    return listeners.length > 0;
  }

  async #call(name: keyof Events, run: () => unknown): Promise<void> {
    try {
      // A listener may be an async function, whose rejection nobody else would see.
      await run();
    } catch {
      this.#onFailure(name);
    }
  }
}
