import { canaries } from '../../../tooling/canary/canary.ts';
import type { S1Seven } from '../src/index.ts';
import type { OperationName } from '../src/operations.ts';

export const address = { country: 'AT', street: '110th Street', city: 'Vienna', zipCode: '1030' };
const scopes = [{ resource: 'certificates', actions: ['notarize_one'] }] as const;
export const certificate = {
  RefSchemaUrl: 'https://schemas.s1seven.com/x/schema.json',
  Certificate: {},
};
export const mailhook = { status: 'enabled', scopes } as const;
export const hook = {
  ...mailhook,
  connectionUrl: 'https://example.com/hook',
  contentType: 'application/json',
  enableSSL: true,
} as const;
/** A transaction of Ethereum, as a node wants it. */
const raw = {
  chain_id: 1,
  data: '0x',
  gas_limit: 21_000,
  gas_price: 1,
  nonce: 0,
  to: '0x00',
  tx_type: 0,
  value: 1,
};
const asset = {
  coinType: 822,
  bcdbOptions: {
    operation: 'CREATE',
    createOptions: {
      asset: { data: {} },
      metadata: {},
      recipients: [{ publicKeys: ['k1'], amount: '1' }],
      issuers: ['k1'],
    },
  },
} as const;
export const file = Buffer.from('{"RefSchemaUrl":"x"}');

/** A call, and the request that the vendor's documents want for it, written by hand. */
export interface ExpectedRequest {
  readonly call: (s1: S1Seven) => Promise<unknown>;
  readonly line: string;
  readonly body?: unknown;
  /** The fields of a form. */
  readonly form?: readonly string[];
}

export const expectedRequests: Record<OperationName, ExpectedRequest> = {
  'users.me': { call: ({ users }) => users.me(), line: 'GET /users/me' },
  'users.get': { call: ({ users }) => users.get('u1'), line: 'GET /users/u1' },
  'users.list': { call: ({ users }) => users.list(), line: 'GET /users' },
  'users.create': {
    call: ({ users }) =>
      users.create({ username: 'jane', email: 'jane@example.com', password: canaries.password }),
    line: 'POST /users',
    body: { username: 'jane', email: 'jane@example.com', password: canaries.password },
  },
  'users.update': {
    call: ({ users }) => users.update('u1', { status: 'inactive', onBoarded: true }),
    line: 'PATCH /users/u1',
    body: { id: 'u1', status: 'inactive', onBoarded: true },
  },
  'users.delete': { call: ({ users }) => users.delete('u1'), line: 'DELETE /users/u1' },
  'users.companies': {
    call: ({ users }) => users.companies('u1'),
    line: 'GET /users/u1/companies',
  },
  'users.confirm': {
    call: ({ users }) => users.confirm('t1'),
    line: 'GET /users/confirm-email?token=t1',
  },
  'users.resendVerification': {
    call: ({ users }) => users.resendVerification('jane+x@example.com'),
    line: 'GET /users/verify-email/jane%2Bx%40example.com',
  },
  'users.resetPassword': {
    call: ({ users }) => users.resetPassword('jane@example.com'),
    line: 'GET /users/reset-password/jane%40example.com',
  },
  'users.setPassword': {
    call: ({ users }) => users.setPassword({ token: 't1', password: canaries.password }),
    line: 'POST /users/reset-password?token=t1',
    body: { password: canaries.password },
  },
  'users.changePassword': {
    call: ({ users }) => users.changePassword('u1', canaries.password),
    line: 'PUT /users/u1/password',
    body: { password: canaries.password },
  },
  'userOnboarding.get': {
    call: ({ userOnboarding }) => userOnboarding.get('o1'),
    line: 'GET /user-onboarding/o1',
  },
  'companies.get': { call: ({ companies }) => companies.get('c1'), line: 'GET /companies/c1' },
  'companies.list': { call: ({ companies }) => companies.list(), line: 'GET /companies' },
  'companies.create': {
    call: ({ companies }) => companies.create({ name: 'Steel', vatId: 'ATU74488404', address }),
    line: 'POST /companies',
    body: { name: 'Steel', vatId: 'ATU74488404', address },
  },
  'companies.update': {
    call: ({ companies }) =>
      companies.update('c1', { emails: ['a@example.com'], address: { id: 'a1', city: 'Graz' } }),
    line: 'PATCH /companies/c1',
    body: { id: 'c1', emails: ['a@example.com'], address: { id: 'a1', city: 'Graz' } },
  },
  'companies.delete': {
    call: ({ companies }) => companies.delete('c1'),
    line: 'DELETE /companies/c1',
  },
  'companies.validate': {
    call: ({ companies }) => companies.validate({ vatId: 'ATU74488404' }),
    line: 'GET /companies/validate?vatId=ATU74488404',
  },
  'companies.confirm': {
    call: ({ companies }) => companies.confirm('c1', { code: '1' }),
    line: 'POST /companies/c1/confirm',
    body: { code: '1' },
  },
  'companies.countries': {
    call: ({ companies }) => companies.countries(),
    line: 'GET /companies/countries',
  },
  'companies.wallet': {
    call: ({ companies }) => companies.wallet('c1'),
    line: 'GET /companies/c1/wallet?mode=test',
  },
  'companies.addMember': {
    call: ({ companies }) => companies.addMember('c1', 'jane@example.com'),
    line: 'PATCH /companies/c1/member',
    body: { member: 'jane@example.com' },
  },
  'companies.removeMember': {
    call: ({ companies }) => companies.removeMember('c1', 'jane@example.com'),
    line: 'DELETE /companies/c1/member',
    body: { member: 'jane@example.com' },
  },
  'applications.get': {
    call: ({ applications }) => applications.get('a1'),
    line: 'GET /applications/a1',
  },
  'applications.list': {
    call: ({ applications }) => applications.list(),
    line: 'GET /applications',
  },
  'applications.create': {
    call: ({ applications }) =>
      applications.create({
        description: 'SAP',
        mode: 'test',
        scopes: { companies: { actions: ['read_one'] } },
      }),
    line: 'POST /applications',
    body: { description: 'SAP', mode: 'test', scopes: { companies: { actions: ['read_one'] } } },
  },
  'applications.update': {
    call: ({ applications }) => applications.update('a1', { description: 'SAP' }),
    line: 'PATCH /applications/a1',
    body: { id: 'a1', description: 'SAP' },
  },
  'applications.delete': {
    call: ({ applications }) => applications.delete('a1'),
    line: 'DELETE /applications/a1',
  },
  'applications.rotateSecret': {
    call: ({ applications }) => applications.rotateSecret('a1'),
    line: 'POST /applications/a1/rotate-secret',
    body: {},
  },
  'tokens.create': {
    call: ({ tokens }) =>
      tokens.create({ clientId: 'client', clientSecret: canaries.clientSecret }),
    line: 'POST /tokens',
    body: { clientId: 'client', clientSecret: canaries.clientSecret },
  },
  'coinTypes.get': { call: ({ coinTypes }) => coinTypes.get(822), line: 'GET /cointypes/822' },
  'coinTypes.list': { call: ({ coinTypes }) => coinTypes.list(), line: 'GET /cointypes' },
  'coinTypes.create': {
    call: ({ coinTypes }) => coinTypes.create({ bip44Id: 822 }),
    line: 'POST /cointypes',
    body: { bip44Id: 822 },
  },
  'coinTypes.update': {
    call: ({ coinTypes }) => coinTypes.update(822),
    line: 'PATCH /cointypes/822',
  },
  'coinTypes.delete': {
    call: ({ coinTypes }) => coinTypes.delete(822),
    line: 'DELETE /cointypes/822',
  },
  'nodes.get': { call: ({ nodes }) => nodes.get('n1'), line: 'GET /nodes/n1?mode=test' },
  'nodes.list': {
    call: ({ nodes }) => nodes.list({ coinType: 822 }),
    line: 'GET /nodes?coinType=822&mode=test',
  },
  'nodes.create': {
    call: ({ nodes }) =>
      nodes.create({ name: 'node', coinType: 822, connectionUrl: 'https://node.example.com' }),
    line: 'POST /nodes?mode=test',
    body: { name: 'node', coinType: 822, connectionUrl: 'https://node.example.com' },
  },
  'nodes.update': {
    call: ({ nodes }) =>
      nodes.update('n1', {
        name: 'node',
        connectionUrl: 'https://node.example.com',
        status: 'active',
      }),
    line: 'PUT /nodes/n1?mode=test',
    body: { name: 'node', connectionUrl: 'https://node.example.com', status: 'active' },
  },
  'nodes.delete': { call: ({ nodes }) => nodes.delete('n1'), line: 'DELETE /nodes/n1?mode=test' },
  'wallets.get': { call: ({ wallets }) => wallets.get('w1'), line: 'GET /wallets/w1?mode=test' },
  'wallets.create': {
    call: ({ wallets }) => wallets.create({ name: 'keys', options: { language: 'english' } }),
    line: 'POST /wallets?mode=test',
    body: { name: 'keys', options: { language: 'english' } },
  },
  'wallets.update': {
    call: ({ wallets }) => wallets.update('w1', { name: 'keys' }),
    line: 'PATCH /wallets/w1?mode=test',
    body: { id: 'w1', name: 'keys' },
  },
  'wallets.delete': {
    call: ({ wallets }) => wallets.delete('w1'),
    line: 'DELETE /wallets/w1?mode=test',
  },
  'wallets.identities': {
    call: ({ wallets }) => wallets.identities('w1'),
    line: 'GET /wallets/w1/identities?mode=test',
  },
  'wallets.createAddress': {
    call: ({ wallets }) => wallets.createAddress('w1', { coinType: 822, account: 0, index: 1 }),
    line: 'PATCH /wallets/w1/address?mode=test',
    body: { coinType: 822, account: 0, index: 1 },
  },
  'wallets.backup': {
    call: ({ wallets }) => wallets.backup('w1'),
    line: 'PATCH /wallets/w1/backup?mode=test',
  },
  'wallets.recover': {
    call: ({ wallets }) => wallets.recover('w1', { mnemonic: 'word '.repeat(12) }),
    line: 'PATCH /wallets/w1/recover?mode=test',
    body: { mnemonic: 'word '.repeat(12) },
  },
  'identities.get': {
    call: ({ identities }) => identities.get('i1'),
    line: 'GET /identities/i1?mode=test',
  },
  'identities.list': {
    call: ({ identities }) =>
      identities.list({ coinType: 822, account: 0, index: 1, status: 'valid' }),
    line: 'GET /identities?coinType=822&account=0&index=1&status=valid&mode=test',
  },
  'identities.create': {
    call: ({ identities }) => identities.create({ coinType: 822, account: 0, wallet: 'w1' }),
    line: 'POST /identities?mode=test',
    body: { coinType: 822, account: 0, wallet: 'w1' },
  },
  'identities.did': {
    call: ({ identities }) => identities.did('i1'),
    line: 'GET /identities/i1/did?mode=test',
  },
  'transactions.get': {
    call: ({ transactions }) => transactions.get('x1'),
    line: 'GET /transactions/x1?mode=test',
  },
  'transactions.list': {
    call: ({ transactions }) => transactions.list(),
    line: 'GET /transactions?mode=test',
  },
  'transactions.ledger': {
    call: ({ transactions }) => transactions.ledger({ coinType: 822, query: 'steel', limit: 5 }),
    line: 'GET /transactions/ledger?coinType=822&query=steel&limit=5&mode=test',
  },
  'transactions.create': {
    call: ({ transactions }) => transactions.create(asset),
    line: 'POST /transactions?mode=test',
    body: asset,
  },
  'transactions.sign': {
    call: ({ transactions }) => transactions.sign(raw, { identity: 'i1', type: 'transparent' }),
    line: 'POST /transactions/sign?identity=i1&type=transparent&mode=test',
    body: raw,
  },
  'transactions.partialSign': {
    call: ({ transactions }) => transactions.partialSign(raw, { identity: 'i1', type: 'opaque' }),
    line: 'POST /transactions/partial-sign?identity=i1&type=opaque&mode=test',
    body: raw,
  },
  'transactions.send': {
    call: ({ transactions }) => transactions.send(raw, { coinType: 822 }),
    line: 'POST /transactions/send?coinType=822&mode=test',
    body: raw,
  },
  'certificates.get': {
    call: ({ certificates }) => certificates.get('z1'),
    line: 'GET /certificates/z1?mode=test',
  },
  'certificates.create': {
    call: ({ certificates }) => certificates.create(certificate),
    line: 'POST /certificates?mode=test',
    body: certificate,
  },
  'certificates.schemas': {
    call: ({ certificates }) => certificates.schemas(),
    line: 'GET /certificates/schemas',
  },
  'certificates.hash': {
    call: ({ certificates }) =>
      certificates.hash({ algorithm: 'sha256', encoding: 'hex', source: certificate }),
    line: 'POST /certificates/hash',
    body: { algorithm: 'sha256', encoding: 'hex', source: certificate },
  },
  'certificates.hashFile': {
    call: ({ certificates }) => certificates.hashFile(file, { algorithm: 'sha256' }),
    line: 'POST /certificates/hash-file',
    form: ['algorithm', 'contentType', 'file'],
  },
  'certificates.validate': {
    call: ({ certificates }) => certificates.validate(certificate),
    line: 'POST /certificates/validate',
    body: certificate,
  },
  'certificates.validateFile': {
    call: ({ certificates }) => certificates.validateFile(file),
    line: 'POST /certificates/validate-file',
    form: ['file'],
  },
  'certificates.notarize': {
    call: ({ certificates }) => certificates.notarize(certificate, { identity: 'i1' }),
    line: 'POST /certificates/notarize?identity=i1&mode=test',
    body: certificate,
  },
  'certificates.notarizeFile': {
    call: ({ certificates }) => certificates.notarizeFile(file, { identity: 'i1' }),
    line: 'POST /certificates/notarize-file?identity=i1&mode=test',
    form: ['file'],
  },
  'certificates.verify': {
    call: ({ certificates }) => certificates.verify(certificate),
    line: 'POST /certificates/verify?mode=test',
    body: certificate,
  },
  'certificates.verifyFile': {
    call: ({ certificates }) => certificates.verifyFile(file),
    line: 'POST /certificates/verify-file?mode=test',
    form: ['file'],
  },
  'certificates.render': {
    call: ({ certificates }) => certificates.render(certificate, { type: 'pdf' }),
    line: 'POST /certificates/render?type=pdf',
    body: certificate,
  },
  'certificates.renderFile': {
    call: ({ certificates }) => certificates.renderFile(file, { type: 'html' }),
    line: 'POST /certificates/render-file?type=html',
    form: ['file'],
  },
  'hooks.get': { call: ({ hooks }) => hooks.get('h1'), line: 'GET /hooks/h1' },
  'hooks.list': { call: ({ hooks }) => hooks.list(), line: 'GET /hooks' },
  'hooks.create': {
    call: ({ hooks }) => hooks.create({ ...hook, secret: canaries.webhookSecret }),
    line: 'POST /hooks',
    body: { ...hook, secret: canaries.webhookSecret },
  },
  'hooks.update': {
    call: ({ hooks }) => hooks.update('h1', { ...hook, description: 'ERP' }),
    line: 'PATCH /hooks/h1',
    body: { ...hook, description: 'ERP', id: 'h1' },
  },
  'hooks.delete': { call: ({ hooks }) => hooks.delete('h1'), line: 'DELETE /hooks/h1' },
  'events.get': { call: ({ events }) => events.get('e1'), line: 'GET /events/e1' },
  'events.list': {
    call: ({ events }) => events.list({ hook: 'h1' }),
    line: 'GET /events?hook=h1',
  },
  'events.update': {
    call: ({ events }) => events.update('e1', { delivered: true }),
    line: 'PATCH /events/e1',
    body: { id: 'e1', delivered: true },
  },
  'events.retry': { call: ({ events }) => events.retry('e1'), line: 'POST /events/e1/retry' },
  'mailhooks.get': { call: ({ mailhooks }) => mailhooks.get('h1'), line: 'GET /mailhooks/h1' },
  'mailhooks.list': { call: ({ mailhooks }) => mailhooks.list(), line: 'GET /mailhooks' },
  'mailhooks.create': {
    call: ({ mailhooks }) => mailhooks.create(mailhook),
    line: 'POST /mailhooks',
    body: mailhook,
  },
  'mailhooks.update': {
    call: ({ mailhooks }) => mailhooks.update('h1', mailhook),
    line: 'PATCH /mailhooks/h1',
    body: { ...mailhook, id: 'h1' },
  },
  'mailhooks.delete': {
    call: ({ mailhooks }) => mailhooks.delete('h1'),
    line: 'DELETE /mailhooks/h1',
  },
  'mails.get': { call: ({ mails }) => mails.get('m1'), line: 'GET /mails/m1' },
  'mails.list': { call: ({ mails }) => mails.list(), line: 'GET /mails' },
  'mails.update': {
    call: ({ mails }) => mails.update('m1', { to: ['a@example.com'] }),
    line: 'PATCH /mails/m1',
    body: { id: 'm1', to: ['a@example.com'] },
  },
  'mails.retry': { call: ({ mails }) => mails.retry('m1'), line: 'POST /mails/m1/retry' },
};
