import type { VendorProfile } from '@vendorkit/core';
import { defaultQuota, monthlyByteAllowance, monthlyCallAllowance, quotaScopes } from './quota.ts';

const rateLimitHint =
  'SecuTix allows a limited number of calls a minute; its support sells higher limits. ' +
  'Another client of the same institution may be using the quota.';

/**
 * What the engine is told of SecuTix and of one client's account. The quota is the institution's,
 * whichever way it is called.
 */
export function vendorProfile({
  institution,
  defaultBaseUrl,
  secrets,
}: {
  institution: string;
  defaultBaseUrl: string;
  /** Texts that must appear nowhere. */
  secrets: readonly string[];
}): VendorProfile {
  return {
    vendor: 'secutix',
    baseUrl: defaultBaseUrl,
    account: institution.toLowerCase(),
    scopes: quotaScopes,
    rules: defaultQuota,
    monthly: { calls: monthlyCallAllowance, bytes: monthlyByteAllowance },
    rateLimitHint,
    secrets,
  };
}
