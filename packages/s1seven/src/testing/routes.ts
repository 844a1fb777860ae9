import { applicationRoutes } from './resources/applications.ts';
import { certificateRoutes } from './resources/certificates.ts';
import { coinTypeRoutes } from './resources/cointypes.ts';
import { companyRoutes } from './resources/companies.ts';
import { hookRoutes } from './resources/hooks.ts';
import { identityRoutes } from './resources/identities.ts';
import { mailhookRoutes } from './resources/mailhooks.ts';
import { nodeRoutes } from './resources/nodes.ts';
import { noticeRoutes } from './resources/notices.ts';
import { onboardingRoutes } from './resources/onboarding.ts';
import { tokenRoutes } from './resources/tokens.ts';
import { transactionRoutes } from './resources/transactions.ts';
import { userRoutes } from './resources/users.ts';
import { walletRoutes } from './resources/wallets.ts';
import type { Route } from './vendor/route.ts';

/**
 * Every address of the vendor.
 *
 * @param walletPath - Where wallets are: the vendor's texts have two spellings.
 */
export function routesWith(walletPath: '/wallets' | '/wallet'): readonly Route[] {
  return [
    ...userRoutes,
    ...onboardingRoutes,
    ...companyRoutes,
    ...applicationRoutes,
    ...tokenRoutes,
    ...coinTypeRoutes,
    ...nodeRoutes,
    ...walletRoutes(walletPath),
    ...identityRoutes,
    ...transactionRoutes,
    ...certificateRoutes,
    ...hookRoutes,
    ...noticeRoutes,
    ...mailhookRoutes,
  ];
}
