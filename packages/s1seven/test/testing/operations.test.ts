import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries, canary } from '../../../../tooling/canary/canary.ts';
import { S1Seven } from '../../src/index.ts';
import { operations, type OperationName } from '../../src/operations.ts';
import { startS1SevenEmulator, type S1SevenEmulator } from '../../src/testing/index.ts';
import { certificate } from './hand-written-client.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

/** What an operation needs: a client of an application, one of its user, and the emulator's ids. */
interface Scene {
  readonly s1: S1Seven;
  readonly owner: S1Seven;
  readonly emulator: S1SevenEmulator;
  readonly identity: string;
  readonly wallet: string;
}

async function scene(): Promise<Scene> {
  const emulator = await startS1SevenEmulator({ clientSecret: canaries.clientSecret });
  open.push(emulator);
  const common = { logger: canary.logger(), quota: [], retry: { attempts: 1 } };
  const s1 = new S1Seven({ ...emulator.options, ...common });
  const { baseUrl, companyId, mode } = emulator.options;
  const accessToken = emulator.userToken();
  const owner = new S1Seven({ baseUrl, companyId, mode, accessToken, ...common });
  open.push(s1, owner);
  const wallet = emulator.state.wallets[0]?.id ?? '';
  return { s1, owner, emulator, identity: emulator.identityId, wallet };
}

const address = { country: 'AT', street: 'Teststrasse 1', city: 'Wien', zipCode: '1030' };
const email = 'jane+x@company.example';
const jane = { username: 'jane', email, password: canaries.password };
const hook = {
  connectionUrl: 'http://127.0.0.1:1/hook',
  contentType: 'application/json',
  status: 'enabled',
  enableSSL: true,
  scopes: [{ resource: 'certificates', actions: ['receive_one'] }],
} as const;
const mailhook = { status: 'enabled', scopes: hook.scopes } as const;
const node = { name: 'Node 1', coinType: 822, connectionUrl: 'https://node.example' };
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
const file = Buffer.from(JSON.stringify(certificate));

/** The id of something that was made, or is listed. */
function idOf(made: unknown): string {
  const first: unknown = Array.isArray(made) ? made[0] : made;
  const { id } = (first ?? {}) as { id?: unknown };
  if (typeof id !== 'string') throw new Error('It has no id.');
  return id;
}

async function signUp({ s1, emulator }: Scene): Promise<{ id: string; token: string }> {
  const id = idOf(await s1.users.create(jane));
  return { id, token: emulator.state.emailToken(email) ?? '' };
}

async function signed({ s1, identity }: Scene, action: 'sign' | 'partialSign' = 'sign') {
  const raw = await s1.transactions.create(asset);
  return s1.transactions[action](raw, { identity, type: 'transparent' });
}

async function announced(kind: 'events' | 'mails', { s1, emulator }: Scene): Promise<string> {
  await (kind === 'events' ? s1.hooks.create(hook) : s1.mailhooks.create(mailhook));
  emulator.announce({ resource: 'certificates', action: 'receive_one', payload: certificate });
  return idOf(await s1[kind].list());
}

/** A call of each operation on a fresh emulator, and a part of what it must answer with. */
const calls: Record<OperationName, (scene: Scene) => Promise<readonly [unknown, unknown]>> = {
  'users.me': async ({ s1 }) => [await s1.users.me(), { email: 'user@company.example' }],
  'users.list': async ({ s1, emulator }) => [await s1.users.list(), [{ id: emulator.userId }]],
  'users.get': async ({ s1, emulator }) => [
    await s1.users.get(emulator.userId),
    { id: emulator.userId, role: 'USER' },
  ],
  'users.create': async ({ s1 }) => [await s1.users.create(jane), { username: 'jane' }],
  'users.update': async (scene) => {
    const { id } = await signUp(scene);
    return [await scene.s1.users.update(id, { onBoarded: true }), { id, onBoarded: true }];
  },
  'users.delete': async (scene) => {
    const { id } = await signUp(scene);
    return [await scene.s1.users.delete(id), id];
  },
  'users.companies': async ({ s1, emulator }) => [
    await s1.users.companies(emulator.userId),
    [{ id: emulator.options.companyId }],
  ],
  'users.confirm': async (scene) => {
    const { token } = await signUp(scene);
    await scene.s1.users.confirm(token);
    return [scene.emulator.state.users.at(-1), { emailConfirmed: true }];
  },
  'users.resendVerification': async (scene) => {
    const { token } = await signUp(scene);
    await scene.s1.users.resendVerification(email);
    return [scene.emulator.state.emailToken(email) === token, false];
  },
  'users.resetPassword': async (scene) => {
    const { token } = await signUp(scene);
    await scene.s1.users.resetPassword(email);
    return [scene.emulator.state.emailToken(email) === token, false];
  },
  'users.setPassword': async (scene) => {
    const { id, token } = await signUp(scene);
    return [await scene.s1.users.setPassword({ token, password: canaries.password }), { id }];
  },
  'users.changePassword': async (scene) => {
    const { id } = await signUp(scene);
    return [await scene.s1.users.changePassword(id, canaries.password), { id }];
  },
  'userOnboarding.get': async ({ s1, emulator }) => [
    await s1.userOnboarding.get(emulator.userId),
    { onBoarded: true },
  ],
  'companies.list': async ({ s1, emulator }) => [
    await s1.companies.list(),
    [{ id: emulator.options.companyId }],
  ],
  'companies.get': async ({ s1, emulator }) => [
    await s1.companies.get(emulator.options.companyId),
    { verified: true, owner: emulator.userId },
  ],
  'companies.create': async ({ owner }) => [
    await owner.companies.create({ name: 'Second Mill', vatId: 'DE123456789', address }),
    { name: 'Second Mill', verified: false },
  ],
  'companies.update': async ({ s1, emulator }) => [
    await s1.companies.update(emulator.options.companyId, { websites: ['https://mill.example'] }),
    { websites: ['https://mill.example'] },
  ],
  'companies.delete': async ({ owner, emulator }) => [
    await owner.companies.delete(emulator.options.companyId),
    emulator.options.companyId,
  ],
  'companies.validate': async ({ s1 }) => [
    await s1.companies.validate({ vatId: 'ATU74488404' }),
    { vatId: 'ATU74488404' },
  ],
  'companies.confirm': async ({ s1, emulator }) => [
    await s1.companies.confirm(emulator.options.companyId),
    { id: emulator.options.companyId },
  ],
  'companies.countries': async ({ s1 }) => [await s1.companies.countries(), { AT: 'Austria' }],
  'companies.wallet': async ({ s1, emulator, wallet }) => [
    await s1.companies.wallet(emulator.options.companyId),
    { id: wallet },
  ],
  'companies.addMember': async (scene) => {
    const { id } = await signUp(scene);
    const { companyId } = scene.emulator.options;
    return [await scene.s1.companies.addMember(companyId, email), { members: [id] }];
  },
  'companies.removeMember': async (scene) => {
    await signUp(scene);
    const { companyId } = scene.emulator.options;
    await scene.s1.companies.addMember(companyId, email);
    return [await scene.s1.companies.removeMember(companyId, email), { members: [] }];
  },
  'applications.create': async ({ owner }) => {
    const scopes = { certificates: { actions: ['notarize_one'] } } as const;
    const made = await owner.applications.create({ description: 'One', mode: 'test', scopes });
    return [made, { scopes, clientId: expect.any(String), clientSecret: expect.any(String) }];
  },
  'applications.list': async ({ s1, emulator }) => [
    await s1.applications.list(),
    [{ id: emulator.applicationId }],
  ],
  'applications.get': async ({ s1, emulator }) => [
    await s1.applications.get(emulator.applicationId),
    { clientId: 'emulated-client' },
  ],
  'applications.update': async ({ s1, emulator }) => [
    await s1.applications.update(emulator.applicationId, { description: 'Other' }),
    { description: 'Other' },
  ],
  'applications.delete': async ({ s1, emulator }) => [
    await s1.applications.delete(emulator.applicationId),
    { id: emulator.applicationId },
  ],
  'applications.rotateSecret': async ({ s1, emulator }) => [
    await s1.applications.rotateSecret(emulator.applicationId),
    { clientId: 'emulated-client', clientSecret: expect.any(String) },
  ],
  'tokens.create': async ({ s1, emulator }) => {
    const { clientId, clientSecret } = emulator.options;
    const given = await s1.tokens.create({ clientId, clientSecret });
    return [given, { accessToken: expect.any(String), application: { mode: 'test' } }];
  },
  'coinTypes.list': async ({ s1 }) => [await s1.coinTypes.list(), [822, 100_000_000]],
  'coinTypes.get': async ({ s1 }) => [await s1.coinTypes.get(822), { status: 'active' }],
  'coinTypes.create': async ({ s1 }) => [
    await s1.coinTypes.create({ bip44Id: 60 }),
    { bip44Id: 60 },
  ],
  'coinTypes.update': async ({ s1 }) => [await s1.coinTypes.update(822), { status: 'inactive' }],
  'coinTypes.delete': async ({ s1 }) => [await s1.coinTypes.delete(822), 822],
  'nodes.create': async ({ s1 }) => [await s1.nodes.create(node), { ...node, mode: 'test' }],
  'nodes.list': async ({ s1 }) => {
    await s1.nodes.create(node);
    return [await s1.nodes.list({ coinType: 822 }), [node]];
  },
  'nodes.get': async ({ s1 }) => [await s1.nodes.get(idOf(await s1.nodes.create(node))), node],
  'nodes.update': async ({ s1 }) => {
    const id = idOf(await s1.nodes.create(node));
    const { name, connectionUrl } = node;
    const change = { name, connectionUrl, status: 'inactive' } as const;
    return [await s1.nodes.update(id, change), { id, status: 'inactive' }];
  },
  'nodes.delete': async ({ s1 }) => {
    const id = idOf(await s1.nodes.create(node));
    return [await s1.nodes.delete(id), id];
  },
  'wallets.create': async ({ s1 }) => [
    await s1.wallets.create({ name: 'Second', options: { language: 'german' } }),
    { wallet: { language: 'german' }, masterKey: { mnemonic: expect.any(String) } },
  ],
  'wallets.get': async ({ s1, wallet }) => [await s1.wallets.get(wallet), { id: wallet }],
  'wallets.update': async ({ s1, wallet }) => [
    await s1.wallets.update(wallet, { name: 'Renamed' }),
    { id: wallet, name: 'Renamed' },
  ],
  'wallets.delete': async ({ s1, wallet }) => [await s1.wallets.delete(wallet), { id: wallet }],
  'wallets.identities': async ({ s1, wallet, identity }) => [
    await s1.wallets.identities(wallet),
    [{ id: identity }],
  ],
  'wallets.createAddress': async ({ s1, wallet, identity }) => {
    const { did, publicKey } = await s1.identities.get(identity);
    const path = { coinType: 822, account: 0, index: 0 };
    return [await s1.wallets.createAddress(wallet, path), { did, publicKey }];
  },
  'wallets.backup': async ({ s1, wallet }) => [
    await s1.wallets.backup(wallet),
    { wallet: { backedUp: true } },
  ],
  'wallets.recover': async ({ s1, wallet }) => {
    const { masterKey } = await s1.wallets.backup(wallet);
    const { mnemonic } = masterKey;
    return [await s1.wallets.recover(wallet, { mnemonic }), { masterKey }];
  },
  'identities.create': async ({ s1, wallet }) => [
    await s1.identities.create({ coinType: 822, account: 0, wallet }),
    { index: 1, wallet },
  ],
  'identities.list': async ({ s1, identity }) => [
    await s1.identities.list({ coinType: 822, account: 0, status: 'valid' }),
    [{ id: identity }],
  ],
  'identities.get': async ({ s1, identity }) => [
    await s1.identities.get(identity),
    { id: identity, status: 'valid' },
  ],
  'identities.did': async ({ s1, identity }) => {
    const { did } = await s1.identities.get(identity);
    return [await s1.identities.did(identity), { id: did }];
  },
  'transactions.create': async ({ s1 }) => [
    await s1.transactions.create(asset),
    { operation: 'CREATE', version: '2.0' },
  ],
  'transactions.list': async (scene) => {
    const { transaction } = await signed(scene);
    return [await scene.s1.transactions.list(), [transaction]];
  },
  'transactions.get': async (scene) => {
    const id = idOf((await signed(scene)).transaction);
    return [await scene.s1.transactions.get(id), { id, sent: false }];
  },
  'transactions.ledger': async (scene) => {
    const { signedTx } = await signed(scene);
    const [transaction] = signedTx;
    if (transaction === undefined) throw new Error('Nothing was signed.');
    await scene.s1.transactions.send(transaction, { coinType: 822 });
    const query = { query: 'CREATE', coinType: 822, limit: 5 } as const;
    return [await scene.s1.transactions.ledger(query), [transaction]];
  },
  'transactions.sign': async (scene) => [
    await signed(scene),
    { coinType: 822, transaction: { identities: [scene.identity], signed: true } },
  ],
  'transactions.partialSign': async (scene) => [
    await signed(scene, 'partialSign'),
    { transaction: { identities: [scene.identity] } },
  ],
  'transactions.send': async (scene) => {
    const [transaction] = (await signed(scene)).signedTx;
    if (transaction === undefined) throw new Error('Nothing was signed.');
    const sent = await scene.s1.transactions.send(transaction, { coinType: 822 });
    return [sent, { transaction: { sent: true } }];
  },
  'certificates.create': async ({ s1 }) => [
    await s1.certificates.create(certificate),
    { content: certificate },
  ],
  'certificates.get': async ({ s1 }) => {
    const id = idOf(await s1.certificates.create(certificate));
    return [await s1.certificates.get(id), { id, content: certificate }];
  },
  'certificates.schemas': async ({ s1 }) => [
    await s1.certificates.schemas(),
    { 'en10168-schemas': ['0.4.1'] },
  ],
  'certificates.hash': async ({ s1 }) => [
    await s1.certificates.hash({ algorithm: 'sha3-256', encoding: 'base64', source: certificate }),
    { algorithm: 'sha3-256', encoding: 'base64', value: expect.stringMatching(/^[\w+/]{43}=$/) },
  ],
  'certificates.hashFile': async ({ s1 }) => {
    const { value } = await s1.certificates.hash({ algorithm: 'sha256', source: certificate });
    return [await s1.certificates.hashFile(file, { algorithm: 'sha256' }), { value }];
  },
  'certificates.validate': async ({ s1 }) => [
    await s1.certificates.validate(certificate),
    certificate,
  ],
  'certificates.validateFile': async ({ s1 }) => [
    await s1.certificates.validateFile(file),
    certificate,
  ],
  'certificates.notarize': async ({ s1, identity }) => [
    await s1.certificates.notarize(certificate, { identity }),
    { isNewInstance: true, jobId: expect.any(String) },
  ],
  'certificates.notarizeFile': async ({ s1, identity }) => [
    await s1.certificates.notarizeFile(file, { identity }),
    { isNewInstance: true, jobId: expect.any(String) },
  ],
  'certificates.verify': async ({ s1 }) => [
    await s1.certificates.verify(certificate),
    { isValid: false },
  ],
  'certificates.verifyFile': async ({ s1 }) => [
    await s1.certificates.verifyFile(file),
    { isValid: false },
  ],
  'certificates.render': async ({ s1 }) => [
    (await s1.certificates.render(certificate, { type: 'pdf' })).subarray(0, 5).toString(),
    '%PDF-',
  ],
  'certificates.renderFile': async ({ s1 }) => [
    (await s1.certificates.renderFile(file, { type: 'html' })).subarray(0, 9).toString(),
    '<!DOCTYPE',
  ],
  'hooks.create': async ({ s1 }) => [
    await s1.hooks.create({ ...hook, secret: canaries.webhookSecret }),
    { ...hook, secret: canaries.webhookSecret },
  ],
  'hooks.list': async ({ s1 }) => [[await s1.hooks.create(hook), await s1.hooks.list()][1], [hook]],
  'hooks.get': async ({ s1 }) => [await s1.hooks.get(idOf(await s1.hooks.create(hook))), hook],
  'hooks.update': async ({ s1 }) => {
    const id = idOf(await s1.hooks.create(hook));
    return [await s1.hooks.update(id, { ...hook, status: 'disabled' }), { status: 'disabled' }];
  },
  'hooks.delete': async ({ s1 }) => {
    const id = idOf(await s1.hooks.create(hook));
    return [await s1.hooks.delete(id), { id }];
  },
  'events.list': async (scene) => {
    const id = await announced('events', scene);
    return [await scene.s1.events.list(), [{ id, payload: certificate }]];
  },
  'events.get': async (scene) => {
    const id = await announced('events', scene);
    return [await scene.s1.events.get(id), { id, resource: 'certificates' }];
  },
  'events.update': async (scene) => {
    const id = await announced('events', scene);
    return [await scene.s1.events.update(id, { delivered: true }), { id, delivered: true }];
  },
  'events.retry': async (scene) => {
    await scene.s1.events.retry(await announced('events', scene));
    return [scene.emulator.deliveries.length, 2];
  },
  'mailhooks.create': async ({ s1 }) => [await s1.mailhooks.create(mailhook), mailhook],
  'mailhooks.list': async ({ s1 }) => {
    await s1.mailhooks.create(mailhook);
    return [await s1.mailhooks.list(), [mailhook]];
  },
  'mailhooks.get': async ({ s1 }) => [
    await s1.mailhooks.get(idOf(await s1.mailhooks.create(mailhook))),
    mailhook,
  ],
  'mailhooks.update': async ({ s1 }) => {
    const id = idOf(await s1.mailhooks.create(mailhook));
    const change = { ...mailhook, description: 'Other' };
    return [await s1.mailhooks.update(id, change), { description: 'Other' }];
  },
  'mailhooks.delete': async ({ s1 }) => {
    const id = idOf(await s1.mailhooks.create(mailhook));
    return [await s1.mailhooks.delete(id), { id }];
  },
  'mails.list': async (scene) => {
    const id = await announced('mails', scene);
    return [await scene.s1.mails.list(), [{ id, resource: 'certificates' }]];
  },
  'mails.get': async (scene) => {
    const id = await announced('mails', scene);
    return [await scene.s1.mails.get(id), { id, delivered: true }];
  },
  'mails.update': async (scene) => {
    const id = await announced('mails', scene);
    return [await scene.s1.mails.update(id, { subject: 'Other' }), { id, subject: 'Other' }];
  },
  'mails.retry': async (scene) => {
    const id = await announced('mails', scene);
    return [await scene.s1.mails.retry(id), { id, delivered: true }];
  },
};

describe('against the emulator', () => {
  test.each(Object.entries(calls))('%s works', async (_, call) => {
    const [answer, expected] = await call(await scene());
    if (typeof expected === 'object') expect(answer).toMatchObject(expected ?? {});
    else expect(answer).toBe(expected);
  });

  test('there is a call of every operation', () => {
    expect(Object.keys(calls).toSorted()).toEqual(Object.keys(operations).toSorted());
  });
});
