import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Mode } from '../../operation-caller.ts';
import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import type { Change } from '../vendor/collection.ts';
import { VendorProblem } from '../vendor/problem.ts';
import type { CompanyRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import { anyObject, idField } from './fields.ts';
import { sameId } from './same-id.ts';
import { shownWallet } from './wallets.ts';

const nameOfCompany = z.string().min(4).max(120);
const vatIdField = z.string().min(4).max(15);
const addressFields = z.strictObject({
  country: z.string().length(2),
  street: z.string().min(4).max(95),
  city: z.string().min(1).max(50),
  zipCode: z.string(),
});
const newCompany = z.strictObject({
  name: nameOfCompany,
  vatId: vatIdField,
  address: addressFields,
});
const companyChange = z.strictObject({
  id: idField,
  name: nameOfCompany.optional(),
  emails: z.array(z.string()).optional(),
  websites: z.array(z.string()).optional(),
  accreditations: z.array(z.string()).optional(),
  address: addressFields.partial().extend({ id: idField }).optional(),
});
const memberBody = z.strictObject({ member: z.email() });

/** Two letters of a country and what follows: which numbers exist, the emulator does not know. */
const vatIdForm = /^[A-Z]{2}[0-9A-Z]{2,13}$/;

/** Companies, their members, and what is known of companies by their VAT id. */
export const companyRoutes: readonly Route[] = [
  route('POST /companies', { scopes: ['companies:create_one'], body: newCompany }, (call) =>
    created(register(call)),
  ),
  route('GET /companies', { scopes: ['companies:read_many'] }, (call) =>
    ok(call.world.records.companies.all.filter(isVisibleTo(call))),
  ),
  route('GET /companies/countries', {}, () => ok({ AT: 'Austria', DE: 'Germany', FR: 'France' })),
  route(
    'GET /companies/validate',
    { scopes: ['companies:validate_one'], query: z.looseObject({ vatId: vatIdField }) },
    ({ query: { vatId } }) => {
      if (!vatIdForm.test(vatId)) throw new VendorProblem(400, 'The VAT id is not valid.');
      return ok({ name: `Company ${vatId}`, vatId, address: exampleAddress });
    },
  ),
  route('GET /companies/{id}', { scopes: ['companies:read_one'] }, (call) => ok(target(call))),
  route(
    'PATCH /companies/{id}',
    { scopes: ['companies:update_one'], body: companyChange },
    (call) => {
      const { name, emails, websites, accreditations, ...change } = sameId(call);
      const company = target(call);
      const address = { ...company.address, ...change.address } as CompanyRecord['address'];
      const fields = { name, emails, websites, accreditations, address };
      return ok(updated(call, company, fields));
    },
  ),
  route('DELETE /companies/{id}', { scopes: ['companies:delete_one'] }, (call) => {
    const company = target(call);
    announce(call, company, 'delete_one');
    call.world.records.companies.remove(company);
    return ok(company.id);
  }),
  route(
    'GET /companies/{id}/wallet',
    { scopes: ['companies:read_one'], needsMode: true },
    (call) => {
      const company = target(call);
      const wallet = call.world.records.wallets.all.find(
        ({ owner, mode }) => owner === company.id && mode === call.mode,
      );
      if (wallet === undefined) throw new VendorProblem(404, 'The company has no wallet.');
      return ok(shownWallet(wallet));
    },
  ),
  route(
    'PATCH /companies/{id}/member',
    { scopes: ['companies:update_one'], body: memberBody },
    (call) => {
      const company = target(call);
      const members = new Set(company.members).add(member(call));
      return ok(updated(call, company, { members: [...members] }));
    },
  ),
  route(
    'DELETE /companies/{id}/member',
    { scopes: ['companies:update_one'], body: memberBody },
    (call) => {
      const company = target(call);
      const leaving = member(call);
      const members = company.members.filter((id) => id !== leaving);
      return ok(updated(call, company, { members }));
    },
  ),
  // Nothing is public but the name of the scope. Verification is the vendor's, so it changes nothing.
  route(
    'POST /companies/{id}/confirm',
    { scopes: ['companies:confirm'], body: anyObject.optional() },
    (call) => created(target(call)),
  ),
];

const exampleAddress = { country: 'AT', street: 'Teststrasse 1', city: 'Wien', zipCode: '1030' };

function register(call: Call<z.output<typeof newCompany>, unknown>): CompanyRecord {
  const { name, vatId, address: place } = call.body;
  const { country, street, city, zipCode } = place;
  return call.world.records.companies.add({
    name,
    vatId,
    address: { id: randomUUID(), country, street, city, zipCode },
    emails: [],
    websites: [],
    accreditations: [],
    verified: false,
    owner: call.user.id,
    members: [],
  });
}

/** The token of an application knows its own company only. */
function isVisibleTo({ caller }: Call<unknown, unknown>): (company: CompanyRecord) => boolean {
  if (caller.kind === 'application') return ({ id }) => id === caller.company.id;
  return ({ owner, members }) => [owner, ...members].includes(caller.user.id);
}

function target(call: Call<unknown, unknown>): CompanyRecord {
  return call.world.records.companies.get(call.id, isVisibleTo(call));
}

function member({ world, body }: Call<{ member: string }, unknown>): string {
  const user = world.records.users.all.find(({ email }) => email === body.member);
  if (user === undefined) throw new VendorProblem(404, 'There is no such user.');
  return user.id;
}

function updated(
  call: Call<unknown, unknown>,
  company: CompanyRecord,
  change: Change<CompanyRecord>,
): CompanyRecord {
  const result = call.world.records.companies.update(company, change);
  announce(call, result, 'update_one');
  return result;
}

/** Companies have no mode; their events are told in the token's, or else the query's (assumed). */
function announce(call: Call<unknown, unknown>, company: CompanyRecord, action: string): void {
  const mode: Mode = call.modeIfKnown ?? 'live';
  const event = { resource: 'companies', action, payload: company };
  call.world.announcer.announce({ company, mode, ...event });
}
