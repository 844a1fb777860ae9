import { systemClock, type Clock } from '@vendorkit/core';
import type { EmulatorAnswer } from '@vendorkit/core/testing';
import { defaultQuota, quotaScopesOf } from '../quota.ts';
import type { CallContext } from './call-context.ts';
import { Contacts } from './contacts.ts';
import type { SecutixEmulatorOptions } from './emulator-options.ts';
import { observe, type SecutixEmulatorState } from './emulator-state.ts';
import { LoadLimiter } from './load-limiter.ts';
import { LongRunning } from './long-running.ts';
import {
  refused,
  toResult,
  type MethodHandler,
  type MethodResult,
  type MethodTable,
} from './method-result.ts';
import { museumMethods } from './museum-methods.ts';
import { Orders } from './orders.ts';
import type { CallParameters } from './parameters.ts';
import { Stock } from './stock.ts';

/** The institution that all emulators play: what it has, what it can be asked for, and how often. */
export class Museum {
  /** The institution's code. */
  readonly institution: string;
  /** The operations that the emulator's user added or replaced. */
  readonly added: ReadonlySet<string>;
  /** What has happened so far. */
  readonly state: SecutixEmulatorState;
  readonly #limiter: LoadLimiter;
  readonly #longRunning: LongRunning;
  readonly #methods: MethodTable;

  /** @param vendorClock - The vendor's own clock. The limits go by the one in the options. */
  constructor(options: SecutixEmulatorOptions, vendorClock: Clock) {
    const { institution = 'MOSA', methods = {}, clock = systemClock } = options;
    const stock = new Stock(vendorClock.now());
    const contacts = new Contacts(options.contacts ?? 160);
    const orders = new Orders(stock, contacts);
    this.institution = institution;
    this.added = new Set(Object.keys(methods));
    this.#limiter = new LoadLimiter(options.quota ?? defaultQuota, clock);
    this.#longRunning = new LongRunning(options.longRunning ?? { polls: 0 });
    this.#methods = { ...museumMethods({ stock, contacts, orders }), ...methods };
    const [limiter, longRunning] = [this.#limiter, this.#longRunning];
    this.state = observe({ orders, contacts, longRunning, limiter });
  }

  /**
   * Counts a call. Gives the refusal if it is one too many, else `undefined`.
   *
   * @param target - The service, by either of its names, and the method; `undefined` for a call that
   *   leads nowhere, which counts for the institution only.
   * @param isPoll - Whether it continues a call in progress.
   */
  overLimit(
    target: { readonly service: string; readonly method: string } | undefined,
    isPoll: boolean,
  ): EmulatorAnswer | undefined {
    const { service = '', method = '' } = target ?? {};
    const scopes = quotaScopesOf({ institution: this.institution, service, method });
    const counted = target === undefined ? { institution: scopes.institution } : scopes;
    return this.#limiter.refusal(counted, isPoll);
  }

  /**
   * Performs a call, or says that it is in progress. What a handler throws is thrown.
   *
   * @param operation - For instance `catalogService.getCatalog`.
   * @throws MalformedRequest when the parameters are not what the method takes.
   */
  call(operation: string, parameters: CallParameters, context: CallContext): MethodResult {
    const run = () => toResult(this.#methodOf(operation)(parameters, context));
    return this.#longRunning.call(operation, parameters, run);
  }

  #methodOf(operation: string): MethodHandler {
    const method = Object.hasOwn(this.#methods, operation) ? this.#methods[operation] : undefined;
    const explanation = `The emulator does not imitate \`${operation}\`. Give it in \`methods\`.`;
    return method ?? (() => refused('error.emulator.unsupported', explanation));
  }
}
