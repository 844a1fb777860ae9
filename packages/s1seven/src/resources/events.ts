import type { CallPromise } from '@vendorkit/core';
import type { ListQuery } from '../model/entity.ts';
import type { EventRecord, UpdateEvent } from '../model/event-record.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { anyObject, anyQuery, jsonBody, readQuery } from './input.ts';

/** What hooks were told of. To be told of events as they happen, use `subscribe`. */
export class Events {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * An event.
   *
   * `GET /events/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `events:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<EventRecord> {
    return this.#caller.call('events.get', { path: { id } }, options);
  }

  /**
   * The events that hooks were told of.
   *
   * `GET /events`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `events:read_many`.
   */
  list(query?: ListQuery, options?: S1SevenCallOptions): CallPromise<EventRecord[]> {
    return this.#caller.call('events.list', () => ({ query: readQuery(anyQuery, query) }), options);
  }

  /**
   * Changes an event. Which fields can be changed is not public. Its id goes into the body, too, as in the
   * vendor's other updates (assumed).
   *
   * `PATCH /events/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `events:update_one`.
   */
  update(id: string, body: UpdateEvent, options?: S1SevenCallOptions): CallPromise<EventRecord> {
    return this.#caller.call(
      'events.update',
      () => ({ path: { id }, body: jsonBody(anyObject, body, { id }) }),
      options,
    );
  }

  /**
   * Has an event sent to its hook's address again. What the vendor answers is not public.
   *
   * `POST /events/{id}/retry`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `events:retry_one`.
   */
  retry(id: string, options?: S1SevenCallOptions): CallPromise<unknown> {
    return this.#caller.call('events.retry', { path: { id } }, options);
  }
}
