import { performance } from 'node:perf_hooks';

/** How long the event loop is held at a time. */
const sliceMs = 8;
/** What is shorter takes about a millisecond. */
const shortBytes = 64 * 1024;

/** Says when a long piece of work should let others have their turn. */
export class Pacer {
  readonly #pause: () => Promise<void>;
  readonly #isLong: boolean;
  #start = performance.now();

  /**
   * @param pause - Resolves when others have had their turn; rejects if the work is not wanted any more.
   * @param bytes - The length of the answer.
   */
  constructor(pause: () => Promise<void>, bytes: number) {
    this.#pause = pause;
    this.#isLong = bytes >= shortBytes;
  }

  /** Whether it is time for {@link Pacer.rest}. */
  get isDue(): boolean {
    return this.#isLong && performance.now() - this.#start >= sliceMs;
  }

  /** Gives others their turn. */
  async rest(): Promise<void> {
    await this.#pause();
    this.#start = performance.now();
  }
}
