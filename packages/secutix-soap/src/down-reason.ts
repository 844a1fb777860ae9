import type { VendorErrorCode } from '@vendorkit/core';

/**
 * Where the cause lies: on the way to the vendor, in the credentials, in the quota, at the vendor, or
 * in what this program asks for.
 */
export type DownReason = 'network' | 'credentials' | 'quota' | 'vendor' | 'configuration';

const reasons: Readonly<Partial<Record<VendorErrorCode, DownReason>>> = {
  CONNECTION: 'network',
  TIMEOUT: 'network',
  DEADLINE_EXCEEDED: 'network',
  CERTIFICATE: 'network',
  UNAUTHENTICATED: 'credentials',
  FORBIDDEN: 'credentials',
  RATE_LIMITED: 'quota',
  QUOTA_WAIT_EXCEEDED: 'quota',
  CONFIGURATION: 'configuration',
  INVALID_REQUEST: 'configuration',
  CLOSED: 'configuration',
};

/** Where the cause of a failed probe lies. Whatever else the vendor answers is its own doing. */
export function downReason(code: VendorErrorCode): DownReason {
  return reasons[code] ?? 'vendor';
}
