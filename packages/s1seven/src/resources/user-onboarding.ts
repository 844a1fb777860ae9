import type { CallPromise } from '@vendorkit/core';
import type { UserOnboardingRecord } from '../model/user.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';

/** How far users got with their first steps. */
export class UserOnboarding {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * How far a user got. What the id is one of, a user or an entry, is not known.
   *
   * `GET /user-onboarding/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `user_onboarding:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<UserOnboardingRecord> {
    return this.#caller.call('userOnboarding.get', { path: { id } }, options);
  }
}
