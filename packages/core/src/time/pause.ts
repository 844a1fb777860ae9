import type { Deadline } from './deadline.ts';

/**
 * How a long piece of a call's work gives others their turn.
 *
 * @returns A function that resolves in a later turn of the event loop. It rejects with `ABORTED` or
 *   `DEADLINE_EXCEEDED` if the call is over.
 */
export function pauseOf(deadline: Deadline): () => Promise<void> {
  return async () => {
    deadline.check();
    await new Promise((resume) => setImmediate(resume));
    deadline.check();
  };
}
