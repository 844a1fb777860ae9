import type { QuotaRule } from '@vendorkit/core';
import { serviceKey } from './services.ts';

/**
 * What a quota rule of SecuTix can speak of: all calls of an institution, those to one service, or
 * those to one method. Versions and protocols of a service share its quota.
 */
export const quotaScopes = ['institution', 'service', 'method'] as const;

/** One of {@link quotaScopes}. */
export type QuotaScope = (typeof quotaScopes)[number];

/** A quota rule of SecuTix. */
export interface SecutixQuotaRule extends QuotaRule {
  readonly key: QuotaScope;
}

/**
 * The quota that holds unless an institution's contract says otherwise.
 *
 * - 180 calls a minute for an institution, over all its services: the newest text of the vendor's
 *   page "API rate limits".
 * - 60 calls a minute for an institution and service: the older text of that page, the terms page
 *   and SecuTix REST 3 ("60 requets per minutes on all APIs of a given institution for a given
 *   endpoint"). An endpoint is a published service. It is kept beside the first rule because no text
 *   takes it back.
 * - One `getCatalogDetailed` in ten minutes: the vendor's page "API rate limits". That a repetition
 *   which carries a `requestId` is not counted by this rule is an assumption, without which a long
 *   catalogue could not be had at all.
 */
export const defaultQuota: readonly SecutixQuotaRule[] = [
  { key: 'institution', limit: 180, windowMs: 60_000 },
  { key: 'service', limit: 60, windowMs: 60_000 },
  {
    key: 'method',
    value: 'catalogService.getCatalogDetailed',
    limit: 1,
    windowMs: 600_000,
    polls: false,
  },
];

/**
 * How many calls a standard contract includes in a month. Source: the contract's text of 31 January
 * 2025. Calls above it are paid for, not refused.
 */
export const monthlyCallAllowance = 10_000;

/**
 * How many bytes a standard contract includes in a month: 1 GB, from the same text. The text does not
 * say which gigabyte; this is the smaller. It is why answers are asked for compressed.
 */
export const monthlyByteAllowance = 1_000_000_000;

/**
 * The values of the scopes for one call. A service counts as the same in either of its names, so that
 * both ways to call it use one quota.
 */
export function quotaScopesOf(call: {
  institution: string;
  service: string;
  method: string;
}): Record<QuotaScope, string> {
  const service = serviceKey(call.service);
  return {
    institution: call.institution.toLowerCase(),
    service,
    method: `${service}.${call.method}`,
  };
}
