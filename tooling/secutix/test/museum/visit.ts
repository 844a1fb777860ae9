import { VirtualClock } from '@vendorkit/core/testing';
import {
  callContextOf,
  Museum,
  type CallParameters,
  type MethodResult,
  type SecutixEmulatorOptions,
} from '../../src/museum/index.ts';

/** A museum without limits, unless the test says otherwise, and how it is asked. */
export interface Visit {
  readonly museum: Museum;
  readonly clock: VirtualClock;
  /** Calls a method, as a client that wants this language. */
  readonly ask: (operation: string, parameters?: CallParameters, language?: string) => MethodResult;
}

export function visit(options: SecutixEmulatorOptions = {}): Visit {
  const clock = new VirtualClock(new Date('2026-03-01T12:00:00.500Z'));
  const museum = new Museum({ clock, quota: [], ...options }, clock);
  return {
    museum,
    clock,
    ask: (operation, parameters = {}, language = '') => {
      const headers = { 'accept-language': language };
      return museum.call(
        operation,
        parameters,
        callContextOf({ headers, receivedAt: clock.now() }),
      );
    },
  };
}

/** The one performance of the night at the museum: twelve tickets, 30 francs each. */
export const night = 9_007_199_254_760_001n;

/** An order of tickets for the night at the museum. */
export function nightOrder(quantity: number, more: CallParameters = {}): CallParameters {
  return {
    pointOfSalesId: 10_228_505_161_000n,
    orderType: 'SALE',
    purchasersInfo: { contactReference: '333' },
    singleEntryAttributionOperations: [
      {
        operationAttributions: [
          { performanceId: night, audienceSubCategoryId: 306_159_078n, quantity },
        ],
      },
    ],
    ...more,
  };
}
