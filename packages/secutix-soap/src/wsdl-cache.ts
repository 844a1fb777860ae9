import { startDeadline, systemClock, VendorError, type Deadline } from '@vendorkit/core';
import type { ModelKey, ModelStore } from './wsdl/model-store.ts';
import type { ServiceModel } from './wsdl/model.ts';

/** What keeps models on disk. Nothing of it rejects. */
export type Store = Pick<ModelStore, 'read' | 'write'>;

/** The warnings of a cache. */
export type CacheWarning = 'wsdl-cache-not-read' | 'wsdl-cache-not-written';

/** What a cache needs. */
export interface WsdlCacheParts {
  /** The models that are young enough. */
  readonly fresh: Store;
  /** The models of any age. */
  readonly old: Store;
  readonly warn: (warning: CacheWarning, message: string) => void;
}

/** How long the file system may take, in milliseconds. */
const longestMs = 1000;

const silent = 'The folder of the WSDL cache does not answer.';

/**
 * Compiled WSDLs on disk, as far as the file system answers: what takes longer than a second counts as
 * not there, and as not written.
 */
export class WsdlCache {
  readonly #parts: WsdlCacheParts;
  #unanswered = 0;

  constructor(parts: WsdlCacheParts) {
    this.#parts = parts;
  }

  /** A model that is young enough, if there is one. @throws VendorError if the caller's call ends. */
  async read(key: ModelKey, deadline: Deadline): Promise<ServiceModel | undefined> {
    const work = async () => ({ model: await this.#parts.fresh.read(key) });
    const answer = await this.#ask(work, deadline, deadline.remainingMs());
    if (answer !== undefined) return answer.model;
    deadline.check();
    this.#parts.warn('wsdl-cache-not-read', silent);
    return undefined;
  }

  /**
   * A model of any age, if there is one: it is better than none even where the time of the call was
   * spent on waiting for the vendor.
   *
   * @throws VendorError if the caller's signal ends the call.
   */
  async readOld(key: ModelKey, deadline: Deadline): Promise<ServiceModel | undefined> {
    const work = async () => ({ model: await this.#parts.old.read(key) });
    const leftMs = deadline.remainingMs();
    const answer = await this.#ask(work, deadline, leftMs > 0 ? leftMs : longestMs);
    return answer?.model;
  }

  /** Keeps a model. @throws VendorError if the caller's signal ends the call. */
  async write(key: ModelKey, model: ServiceModel, deadline: Deadline): Promise<void> {
    const work = async () => ({ problem: await this.#parts.fresh.write(key, model) });
    const answer = await this.#ask(work, deadline, deadline.remainingMs());
    const { problem } = answer ?? { problem: silent };
    if (problem !== undefined) this.#parts.warn('wsdl-cache-not-written', problem);
  }

  /** What the file system answers; `undefined` if it does not, or has not answered before. */
  async #ask<Answer>(
    work: () => Promise<Answer>,
    { signal }: Deadline,
    leftMs: number,
  ): Promise<Answer | undefined> {
    // Each question that is not answered keeps one of the few threads of the process.
    if (this.#unanswered > 0) return undefined;
    // A file system lives in real time: the minutes of a virtual clock would be over before it answers.
    const deadlineMs = Math.min(longestMs, Math.max(1, leftMs));
    const limit = startDeadline({ clock: systemClock, deadlineMs, signal });
    const asked = work();
    try {
      return await limit.until(asked);
    } catch (error) {
      this.#unanswered += 1;
      const settle = () => {
        this.#unanswered -= 1;
      };
      asked.then(settle, settle);
      if (VendorError.is(error) && error.code === 'DEADLINE_EXCEEDED') return undefined;
      throw error;
    }
  }
}
