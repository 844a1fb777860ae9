import { ok } from '../vendor/answers.ts';
import { route, type Route } from '../vendor/route.ts';

/**
 * The state of a user's onboarding. Only the name of the action is public: the address follows from
 * those of other resources, and the answer is assumed.
 */
export const onboardingRoutes: readonly Route[] = [
  route('GET /user-onboarding/{id}', { scopes: ['user_onboarding:read_one'] }, (call) => {
    const { id, onBoarded, emailConfirmed } = call.world.records.users.get(call.id);
    return ok({ id, user: id, onBoarded, emailConfirmed });
  }),
  // In the vendor's set-up guide of 2024.
  route('GET /health', { isOpen: true }, () => ok({ status: 'ok' })),
];
