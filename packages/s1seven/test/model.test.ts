import { afterEach, expect, test } from '@jest/globals';
import type {
  ApplicationScopes,
  CertificateInput,
  Company,
  CreateHook,
  CreateUser,
  EventFilter,
  HookScope,
  Identity,
  Related,
  S1SevenEvent,
  Wallet,
} from '../src/index.ts';
import { clientOf, closeAll, json, startVendor } from './harness.ts';

afterEach(closeAll);

const identity = {
  id: 'i1',
  coinType: 822,
  account: 0,
  index: 3,
  mode: 'test',
  did: 'did:key:z6Mk',
  publicKey: '2QXw',
  status: 'retired',
  wallet: 'w1',
  colour: { of: 'ink' },
};

test('an answer keeps what this package does not know', async () => {
  const server = await startVendor(() => json(identity));
  const s1 = clientOf(server, { companyId: 'c1', mode: 'test' });
  const answer: Identity = await s1.identities.get('i1');
  expect(answer).toEqual(identity);
  const { status, coinType, colour } = answer;
  expect([status, coinType, colour]).toEqual(['retired', 822, { of: 'ink' }]);
});

test('a relation is the thing or its id', async () => {
  const wallet = { id: 'w1', name: 'keys' };
  const server = await startVendor(({ path }) =>
    json(path.endsWith('i1') ? identity : { ...identity, wallet }),
  );
  const s1 = clientOf(server, { companyId: 'c1', mode: 'test' });
  const idOf = (related: Related<Wallet>) => (typeof related === 'string' ? related : related.id);
  const found = await Promise.all([s1.identities.get('i1'), s1.identities.get('i2')]);
  expect(found.map((one) => idOf(one.wallet))).toEqual(['w1', 'w1']);
});

test('an integer that a number cannot hold stays exact', async () => {
  const server = await startVendor(() => ({
    status: 200,
    body: '{"id":"c1","n":9007199254740993}',
  }));
  const company: Company = await clientOf(server).companies.get('c1');
  expect(company['n']).toBe(9_007_199_254_740_993n);
});

test('the compiler tells what a request lacks, and what is misspelt in it', () => {
  // @ts-expect-error The password is missing.
  const user: CreateUser = { username: 'jane', email: 'jane@example.com' };
  const hook: CreateHook = {
    connectionUrl: 'https://example.com',
    contentType: 'application/json',
    status: 'enabled',
    scopes: [],
    // @ts-expect-error It is called `description`.
    descripton: 'ERP',
  };
  expect([Object.keys(user), Object.keys(hook)].flat()).toHaveLength(7);
});

test('the compiler tells which scopes and events there are', () => {
  const scopes: ApplicationScopes[] = [
    { certificates: { actions: ['notarize_one', 'receive_one'] }, identities: { actions: ['*'] } },
    // @ts-expect-error There is no such resource.
    { certificate: { actions: ['notarize_one'] } },
    // @ts-expect-error Certificates are not signed.
    { hooks: { actions: ['sign'] } },
  ];
  const hookScopes: HookScope[] = [
    { resource: 'certificates', actions: ['*'] },
    // @ts-expect-error It is spelt with a z.
    { resource: 'certificates', actions: ['notarise_one'] },
  ];
  const filters: EventFilter[] = [
    { resource: 'certificates', action: 'notarize_one' },
    { resource: 'certificates', action: '+', mode: '+' },
    { resource: '+', action: 'update_one', company: 'c1' },
    // @ts-expect-error Certificates are not updated.
    { resource: 'certificates', action: 'update_one' },
    // @ts-expect-error Users produce no events.
    { resource: 'users', action: '+' },
  ];
  expect([scopes, hookScopes, filters].map(({ length }) => length)).toEqual([3, 2, 5]);
});

test('an event may be one that the vendor added since', () => {
  const isNew = ({ resource, action }: Pick<S1SevenEvent, 'resource' | 'action'>) =>
    resource === 'invoices' || action === 'paid';
  expect(isNew({ resource: 'certificates', action: 'paid' })).toBe(true);
});

interface SteelCertificate {
  RefSchemaUrl: string;
  Certificate: { Standard: string };
}

test('a certificate may have a type of its own', async () => {
  const server = await startVendor();
  const s1 = clientOf(server, { companyId: 'c1', mode: 'test' });
  const own: SteelCertificate = { RefSchemaUrl: 'x', Certificate: { Standard: 'EN 10168' } };
  await s1.certificates.validate(own);
  const inputs: CertificateInput[] = [
    { RefSchemaUrl: 'x', Certificate: {} },
    own,
    // @ts-expect-error A certificate names its schema.
    { Certificate: {} },
  ];
  expect(inputs).toHaveLength(3);
});
