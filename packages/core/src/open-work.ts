import { clientClosed } from './errors/closed.ts';
import { AbortWatch } from './limiter/abort-watch.ts';

/** Something that is under way, and how it is ended. */
interface Work {
  readonly caller: AbortSignal | undefined;
  readonly controller: AbortController;
}

/** What is under way in a client, and ends with it. */
export class OpenWork {
  readonly #live = new Map<Work, Promise<unknown>>();
  readonly #callers = new AbortWatch<Work>(({ caller, controller }) => {
    controller.abort(caller?.reason);
  });
  #isClosed = false;

  /** Whether {@link OpenWork.close} was called. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Does work whose signal is aborted by the caller's and by {@link OpenWork.close}. A deadline that
   * has this signal then throws `ABORTED` or `CLOSED`.
   */
  async run<Result>(
    caller: AbortSignal | undefined,
    task: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const controller = new AbortController();
    const work = { caller, controller };
    if (this.#isClosed) controller.abort(clientClosed);
    if (caller?.aborted === true) controller.abort(caller.reason);
    else if (caller) this.#callers.add(caller, work);
    const running = task(controller.signal);
    this.#live.set(work, running);
    try {
      return await running;
    } finally {
      this.#live.delete(work);
      if (caller) this.#callers.remove(caller, work);
    }
  }

  /** Ends all work, and waits for it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const live = [...this.#live];
    for (const [{ controller }] of live) controller.abort(clientClosed);
    await Promise.allSettled(live.map(([, running]) => running));
  }
}
