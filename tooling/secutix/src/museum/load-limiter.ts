import type { Clock } from '@vendorkit/core';
import { QuotaMeter, type EmulatorAnswer } from '@vendorkit/core/testing';
import type { QuotaScope } from '../quota.ts';

/** A limit that the emulator keeps. */
export interface EmulatedQuota {
  /** Which calls share the limit: all, those to a service, or those to a method. */
  readonly key: QuotaScope;
  /** Only this service or method, for instance `catalogService.getCatalogDetailed`. */
  readonly value?: string;
  /** How many calls. */
  readonly limit: number;
  /** In how long, in milliseconds. */
  readonly windowMs: number;
  /**
   * How the vendor counts. Which it is, is not public.
   *
   * @defaultValue 'sliding'
   */
  readonly kind?: 'fixed' | 'sliding' | 'sliding-counting-refusals' | 'token-bucket';
  /**
   * The HTTP status of a refusal: 509 today; the vendor means to change it to 429.
   *
   * @defaultValue 509
   */
  readonly status?: 509 | 429;
  /**
   * Whether calls that continue a call in progress are counted.
   *
   * @defaultValue true
   */
  readonly polls?: boolean;
}

/** Counts calls, and refuses those over a limit. */
export class LoadLimiter {
  readonly #rules: ReadonlyArray<{ quota: EmulatedQuota; meter: QuotaMeter }>;
  #refusals = 0;

  constructor(quotas: readonly EmulatedQuota[], clock: Clock) {
    this.#rules = quotas.map((quota) => {
      const { limit, windowMs, kind = 'sliding' } = quota;
      return { quota, meter: new QuotaMeter({ kind, limit, windowMs, clock }) };
    });
  }

  /** How many calls were refused. */
  get refusals(): number {
    return this.#refusals;
  }

  /** Counts a call. Gives the refusal if it is one too many, else `undefined`. */
  refusal(
    scopes: Partial<Record<QuotaScope, string>>,
    isPoll: boolean,
  ): EmulatorAnswer | undefined {
    for (const { quota, meter } of this.#rules) {
      const value = scopes[quota.key];
      const concerned =
        value !== undefined &&
        (quota.value === undefined || quota.value === value) &&
        (!isPoll || quota.polls !== false);
      if (concerned && !meter.admit(value).accepted) {
        this.#refusals += 1;
        return bandwidthLimitExceeded(quota.status ?? 509);
      }
    }
    return undefined;
  }
}

/** The refusal as a web server in front of the services writes it: HTML, and no hint when to return. */
function bandwidthLimitExceeded(status: 509 | 429): EmulatorAnswer {
  const title = status === 509 ? '509 Bandwidth Limit Exceeded' : '429 Too Many Requests';
  const body = `<!DOCTYPE HTML>\n<html><head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<hr>\n</body></html>\n`;
  return { status, headers: { 'content-type': 'text/html; charset=iso-8859-1' }, body };
}
