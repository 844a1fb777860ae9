import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { checkLive } from '../vendor/admission.ts';
import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import { VendorProblem } from '../vendor/problem.ts';
import type { ApplicationRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import type { Mode } from '../../operation-caller.ts';
import { anyObject, applicationScopesField, idField, modeField } from './fields.ts';
import { without } from '../vendor/without.ts';

const newApplication = z.strictObject({
  description: z.string().max(50).optional(),
  mode: modeField,
  scopes: applicationScopesField,
});
const applicationChange = z.strictObject({
  id: idField.optional(),
  description: z.string().max(50).optional(),
  mode: modeField.optional(),
  scopes: applicationScopesField.optional(),
});

/** So many applications may a company have (S1SEVEN API information, "M2M access token"). */
const mostApplications = 6;

/** Applications, whose credentials give tokens. Who calls with one of them may make others (assumed). */
export const applicationRoutes: readonly Route[] = [
  route('POST /applications', { ...access('create_one'), body: newApplication }, (call) => {
    checkMode(call, call.body.mode);
    const application = register(call);
    announce(call, application, 'create_one');
    return created(withSecret(application));
  }),
  route('GET /applications', { ...access('read_many'), isGuardedWhenLive: true }, (call) => {
    const { all } = call.world.records.applications;
    return ok(all.filter(call.isOfCompany).map(shownApplication));
  }),
  route('GET /applications/{id}', access('read_one'), (call) => ok(shownApplication(target(call)))),
  route(
    'PATCH /applications/{id}',
    { ...access('update_one'), body: applicationChange },
    (call) => {
      const { description, scopes: allowed } = call.body;
      const change = { description, scopes: allowed };
      const application = call.world.records.applications.update(target(call), change);
      announce(call, application, 'update_one');
      return ok(shownApplication(application));
    },
  ),
  route('DELETE /applications/{id}', access('delete_one'), (call) => {
    const application = target(call);
    announce(call, application, 'delete_one');
    call.world.records.applications.remove(application);
    call.world.tokens.revoke(application.id);
    return ok({ id: application.id });
  }),
  route(
    'POST /applications/{id}/rotate-secret',
    { scopes: ['applications_secrets:rotate'], needsCompany: true, body: anyObject },
    (call) => {
      const application = target(call);
      call.world.tokens.revoke(application.id);
      const clientSecret = newSecret();
      return created(
        withSecret(call.world.records.applications.update(application, { clientSecret })),
      );
    },
  ),
];

/** An application as answers show it, without its secret. */
export function shownApplication(application: ApplicationRecord) {
  return { ...without(application, 'clientSecret'), owner: { id: application.owner } };
}

function withSecret(application: ApplicationRecord): unknown {
  return { ...shownApplication(application), clientSecret: application.clientSecret };
}

function access(action: string) {
  return { scopes: [`applications:${action}`], needsCompany: true };
}

function target(call: Call<unknown, unknown>): ApplicationRecord {
  const application = call.world.records.applications.get(call.id, call.isOfCompany);
  checkMode(call, application.mode);
  return application;
}

/** The mode that counts is the application's own. */
function checkMode({ world, company }: Call<unknown, unknown>, mode: Mode): void {
  if (mode === 'live') checkLive(company, world.hasMfa);
}

/** What the vendor answers to the seventh is not public. */
function register(call: Call<z.output<typeof newApplication>, unknown>): ApplicationRecord {
  const { applications } = call.world.records;
  if (applications.all.filter(call.isOfCompany).length >= mostApplications) {
    throw new VendorProblem(403, 'A company can have up to 6 applications.');
  }
  const { description = '', mode, scopes: allowed } = call.body;
  return applications.add({
    description,
    mode,
    scopes: allowed,
    clientId: randomBytes(16).toString('hex'),
    clientSecret: newSecret(),
    owner: call.company.id,
  });
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function announce(
  { world, company }: Call<unknown, unknown>,
  application: ApplicationRecord,
  action: string,
): void {
  const { mode } = application;
  const payload = shownApplication(application);
  world.announcer.announce({ company, mode, resource: 'applications', action, payload });
}
