import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { created } from '../vendor/answers.ts';
import { VendorProblem } from '../vendor/problem.ts';
import { route, type Route } from '../vendor/route.ts';
import { shownApplication } from './applications.ts';

const credentials = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
});

/**
 * Tokens of applications. The members of the answer are those that the vendor's Node-RED client reads:
 * `accessToken`, `application.mode`, `application.owner.id`.
 */
export const tokenRoutes: readonly Route[] = [
  route('POST /tokens', { isOpen: true, body: credentials }, ({ world, body }) => {
    const { applications, companies } = world.records;
    const application = applications.all.find(({ clientId }) => clientId === body.clientId);
    if (application === undefined || !sameText(application.clientSecret, body.clientSecret)) {
      throw new VendorProblem(401, 'The client id or the client secret is wrong.');
    }
    const company = companies.get(application.owner);
    const accessToken = world.tokens.issueToApplication(application, company);
    return created({ accessToken, application: shownApplication(application) });
  }),
];

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
