import type { VendorProfile } from '@vendorkit/core';
import {
  defaultQuota,
  monthlyByteAllowance,
  monthlyCallAllowance,
  quotaScopes,
} from '@vendorkit/secutix-shared';
import type { SecutixSettings } from './options.ts';
import type { Secret } from './secret.ts';

const rateLimitHint =
  'SecuTix allows a limited number of calls a minute; its support sells higher limits. ' +
  'Another client of the same institution may be using the quota.';

/** What the engine is told of SecuTix and of one client's account. The quota is the institution's. */
export function vendorProfile(
  { institution, defaultBaseUrl }: SecutixSettings,
  secret: Secret,
): VendorProfile {
  return {
    vendor: 'secutix',
    baseUrl: defaultBaseUrl,
    account: institution.toLowerCase(),
    scopes: quotaScopes,
    rules: defaultQuota,
    monthly: { calls: monthlyCallAllowance, bytes: monthlyByteAllowance },
    rateLimitHint,
    secrets: [
      secret.text,
      ...(['utf8', 'base64', 'hex'] as const).map((encoding) => secret.bytes.toString(encoding)),
    ],
  };
}
