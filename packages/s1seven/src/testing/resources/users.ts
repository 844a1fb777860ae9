import { randomUUID } from 'node:crypto';
import type { EmulatorAnswer } from '@vendorkit/core/testing';
import { z } from 'zod';
import { created, ok, redirect } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import { VendorProblem } from '../vendor/problem.ts';
import type { UserRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import type { Records } from '../vendor/world.ts';
import { idField, nameField, statusField } from './fields.ts';
import { sameId } from './same-id.ts';
import { without } from '../vendor/without.ts';

const newUser = z.strictObject({
  username: nameField,
  email: z.email(),
  password: z.string(),
});
const userChange = z.strictObject({
  id: idField,
  username: nameField.optional(),
  email: z.email().optional(),
  status: statusField.optional(),
  onBoarded: z.boolean().optional(),
});
const newPassword = z.strictObject({ password: z.string() });
const emailToken = z.looseObject({ token: z.string() });

/** Users, their e-mail addresses and their passwords. */
export const userRoutes: readonly Route[] = [
  route('POST /users', { isOpen: true, body: newUser }, (call) =>
    created(shown(register(call), call)),
  ),
  route('GET /users', { scopes: ['users:read_many'] }, (call) =>
    ok(call.world.records.users.all.map((user) => shown(user, call))),
  ),
  route('GET /users/me', { scopes: ['users:read_one'] }, (call) => ok(shown(call.user, call))),
  route('GET /users/{id}', { scopes: ['users:read_one'] }, (call) => ok(shown(target(call), call))),
  route('PATCH /users/{id}', { scopes: ['users:update_one'], body: userChange }, (call) => {
    const { username, email, status, onBoarded } = sameId(call);
    const change = { username, email, status, onBoarded };
    return ok(shown(call.world.records.users.update(target(call), change), call));
  }),
  route('DELETE /users/{id}', { scopes: ['users:delete_one'] }, (call) => {
    const user = target(call);
    call.world.records.users.remove(user);
    call.world.tokens.revoke(user.id);
    return ok(user.id);
  }),
  route('GET /users/{id}/companies', { scopes: ['users:read_one'] }, (call) => {
    const { id } = target(call);
    const companies = call.world.records.companies.all.filter(
      ({ owner, members }) => owner === id || members.includes(id),
    );
    return ok(companies);
  }),
  route('PUT /users/{id}/password', { scopes: ['users:reset'], body: newPassword }, (call) => {
    const password = acceptable(call.body.password);
    return ok(shown(call.world.records.users.update(target(call), { password }), call));
  }),
  route('GET /users/verify-email/{email}', { isOpen: true }, sendLink),
  route('GET /users/reset-password/{email}', { isOpen: true }, sendLink),
  route('GET /users/confirm-email', { isOpen: true, query: emailToken }, (call) => {
    const { users, emailTokens } = call.world.records;
    const user = ofToken(call);
    users.update(user, { emailConfirmed: true, status: 'active' });
    emailTokens.delete(user.email);
    return redirect('https://app.s1seven.example/login');
  }),
  route('GET /users/reset', { isOpen: true, query: emailToken }, (call) => {
    ofToken(call);
    return redirect('https://app.s1seven.example/reset-password');
  }),
  route(
    'POST /users/reset-password',
    { isOpen: true, query: emailToken, body: newPassword },
    (call) => {
      const { users, emailTokens } = call.world.records;
      const user = ofToken(call);
      const password = acceptable(call.body.password);
      emailTokens.delete(user.email);
      return ok(shown(users.update(user, { password }), call));
    },
  ),
];

function register({ body, world }: Call<z.output<typeof newUser>, unknown>): UserRecord {
  const { users, emailTokens } = world.records;
  const isTaken = users.all.some(
    ({ username, email }) => username === body.username || email === body.email,
  );
  if (isTaken) throw new VendorProblem(409, 'The user exists already.');
  emailTokens.set(body.email, randomUUID());
  return users.add({
    username: body.username,
    email: body.email,
    password: acceptable(body.password),
    role: 'USER',
    status: 'inactive',
    emailConfirmed: false,
    onBoarded: false,
  });
}

/** No mail leaves the emulator: its `state` shows the token that stands in the link. */
function sendLink(call: Call<unknown, unknown>): EmulatorAnswer {
  const { users, emailTokens } = call.world.records;
  const email = call.variable('email');
  if (!users.all.some((user) => user.email === email)) {
    throw new VendorProblem(404, 'There is no such user.');
  }
  emailTokens.set(email, randomUUID());
  return ok({ message: `An e-mail was sent to ${email}.` });
}

function target(call: Call<unknown, unknown>): UserRecord {
  return call.world.records.users.get(call.id);
}

/** The user to whom the link with a token was sent. */
function ofToken({ world, query }: Call<unknown, { token: string }>): UserRecord {
  const { users, emailTokens } = world.records;
  const user = users.all.find(({ email }) => emailTokens.get(email) === query.token);
  if (user === undefined) throw new VendorProblem(401, 'The token is wrong.');
  return user;
}

/** A password has eight characters (OpenAPI 0.3.0 of 2021, where a wrong one is 406). */
function acceptable(password: string): string {
  if (password.length >= 8) return password;
  throw new VendorProblem(406, 'The password is not acceptable.');
}

function shown(user: UserRecord, call: Call<unknown, unknown>): unknown {
  return { ...without(user, 'password'), ...companiesOf(user.id, call.world.records) };
}

function companiesOf(userId: string, { companies }: Records) {
  const owned = companies.all.filter(({ owner }) => owner === userId);
  const assigned = companies.all.filter(({ members }) => members.includes(userId));
  return { companies: owned, assignedCompanies: assigned.map(({ id }) => id) };
}
