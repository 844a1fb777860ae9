import { afterEach, expect, test } from '@jest/globals';
import { scopesFor } from '../src/index.ts';
import type { OperationDefinition } from '../src/operation.ts';
import { operations, type OperationName } from '../src/operations.ts';
import { clientOf, closeAll, lastOf, startVendor, thrown } from './harness.ts';

afterEach(closeAll);

const allEvents = { resource: '+', action: '+' } as const;

test('calls and topics need scopes, each once, in their order', () => {
  expect(
    scopesFor([
      'certificates.validate',
      'certificates.validateFile',
      { resource: 'certificates', action: 'notarize_one' },
      'companies.get',
      'certificates.schemas',
    ]),
  ).toEqual({
    certificates: { actions: ['validate_one', 'notarize_one'] },
    companies: { actions: ['read_one'] },
  });
});

test('wallets and mail hooks are called in scopes as the vendor’s example calls them', () => {
  expect(
    scopesFor([
      'wallets.get',
      { resource: 'wallets', action: 'create_one' },
      { resource: 'mail_hooks', action: 'update_one' },
    ]),
  ).toEqual({
    wallet: { actions: ['read_one', 'create_one'] },
    mailhooks: { actions: ['update_one'] },
  });
});

test('a wildcard stands for all that produces events', () => {
  expect(scopesFor([{ resource: 'certificates', action: '+' }])).toEqual({
    certificates: { actions: ['notarize_one', 'receive_one'] },
  });
  const all = scopesFor([{ resource: '+', action: '+' }]);
  expect(Object.keys(all)).toHaveLength(8);
  expect(scopesFor([{ resource: '+', action: 'send' }])).toEqual({
    transactions: { actions: ['send'] },
  });
});

test('every operation is known', () => {
  for (const name of Object.keys(operations) as OperationName[]) {
    const { scope }: OperationDefinition = operations[name];
    expect(Object.values(scopesFor([name]))).toEqual(
      scope === undefined ? [] : [{ actions: [scope.action] }],
    );
  }
});

test('they are what applications.create takes', async () => {
  const vendor = await startVendor();
  const everything = [...(Object.keys(operations) as OperationName[]), allEvents];
  const all = clientOf(vendor, { companyId: 'c' });
  await all.applications.create({ mode: 'test', scopes: scopesFor(everything) });
  const scopes = scopesFor(['companies.get']);
  const s1 = clientOf(vendor, { companyId: 'c' });
  await s1.applications.create({ description: 'test application', mode: 'test', scopes });
  expect(JSON.parse(lastOf(vendor).text)).toMatchObject({
    scopes: { companies: { actions: ['read_one'] } },
  });
});

test.each([
  ['needs[1]', ['users.me', 'users.neverHeardOf']],
  ['needs[0]', ['constructor']],
  ['needs[0]', [5]],
  ['needs[0]', [null]],
  ['needs[0].resource', [{ resource: 'users', action: 'create_one' }]],
  ['needs[0].resource', [{ action: 'create_one' }]],
  ['needs[0].action', [{ resource: 'certificates', action: 'sign' }]],
  ['needs[0].action', [{ resource: 'certificates' }]],
  ['needs', 'users.me'],
  ['needs', undefined],
])('%s is refused in %j', async (field, needs) => {
  const error = await thrown(() => scopesFor(needs as never));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', field });
});
