import { z } from 'zod';
import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import { addressOf, newMnemonic, seedOf } from '../vendor/keys.ts';
import type { Change } from '../vendor/collection.ts';
import { VendorProblem } from '../vendor/problem.ts';
import type { WalletRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import { coinTypeField, idField, levelField, nameField } from './fields.ts';
import { sameId } from './same-id.ts';
import { without } from '../vendor/without.ts';

const language = z.string().min(3).max(20).optional();
const password = z.string().optional();
const newWallet = z.strictObject({
  name: nameField,
  options: z.strictObject({ language, password }),
});
const walletChange = z.strictObject({ id: idField, name: nameField.optional() });
const recovery = z.strictObject({ mnemonic: z.string().min(32).max(512), language, password });
const derivation = {
  coinType: coinTypeField,
  account: levelField,
  index: levelField,
  change: z.number().int().min(0).max(1).default(0),
};
// An identity is given with all that it has.
const ofIdentity = z.strictObject({ identity: z.looseObject(derivation) });
const addressOptions = z.union([
  z.strictObject(derivation),
  ofIdentity.transform(({ identity }) => identity),
]);

/**
 * Wallets. A name is there once in a company and mode: what the documented 409 of creation is for is
 * assumed.
 *
 * @param base - `/wallets` as the vendor's pages of documentation write it, or `/wallet` as in 2021.
 */
export function walletRoutes(base: '/wallets' | '/wallet'): readonly Route[] {
  return [
    route(`POST ${base}`, { ...access('create_one'), body: newWallet }, (call) => {
      const wallet = make(call);
      announce(call, wallet, 'create_one');
      return created(withMasterKey(wallet));
    }),
    route(`GET ${base}/{id}`, access('read_one'), (call) => ok(shownWallet(target(call)))),
    route(`PATCH ${base}/{id}`, { ...access('update_one'), body: walletChange }, (call) => {
      const { name } = sameId(call);
      return ok(shownWallet(updated(call, { name })));
    }),
    route(`DELETE ${base}/{id}`, access('delete_one'), (call) => {
      const wallet = target(call);
      const { wallets, identities } = call.world.records;
      for (const identity of identities.all.filter((one) => one.wallet === wallet.id)) {
        identities.update(identity, { status: 'obsolete' });
      }
      wallets.remove(wallet);
      announce(call, wallet, 'delete_one');
      return ok(shownWallet(wallet));
    }),
    route(`GET ${base}/{id}/identities`, access('read_one'), (call) => {
      const wallet = target(call);
      const { all } = call.world.records.identities;
      return ok(all.filter((identity) => identity.wallet === wallet.id));
    }),
    route(`PATCH ${base}/{id}/address`, { ...access('read_one'), body: addressOptions }, (call) =>
      ok(addressOf(target(call), call.body)),
    ),
    route(`PATCH ${base}/{id}/backup`, access('update_one'), (call) =>
      ok(withMasterKey(updated(call, { backedUp: true }))),
    ),
    route(`PATCH ${base}/{id}/recover`, { ...access('update_one'), body: recovery }, (call) => {
      const { mnemonic } = call.body;
      return ok(withMasterKey(updated(call, { mnemonic, status: 'enabled' })));
    }),
  ];
}

/** A wallet as answers show it: the words are shown by creation, backup and recovery only. */
export function shownWallet(wallet: WalletRecord): unknown {
  return without(wallet, 'mnemonic');
}

function access(action: string) {
  return {
    scopes: [`wallets:${action}`],
    needsCompany: true,
    needsMode: true,
    isGuardedWhenLive: true,
  };
}

function target(call: Call<unknown, unknown>): WalletRecord {
  return call.world.records.wallets.get(call.id, call.isOfCompanyAndMode);
}

function make(call: Call<z.output<typeof newWallet>, unknown>): WalletRecord {
  const { wallets } = call.world.records;
  const { name, options } = call.body;
  if (wallets.all.some((wallet) => wallet.name === name && call.isOfCompanyAndMode(wallet))) {
    throw new VendorProblem(409, 'The company has a wallet of this name.');
  }
  return wallets.add({
    name,
    connectionUrl: 'https://wallet.s1seven.example',
    backedUp: false,
    status: 'enabled',
    mode: call.mode,
    language: options.language ?? 'english',
    mnemonic: newMnemonic(),
    owner: call.company.id,
  });
}

function withMasterKey(wallet: WalletRecord): unknown {
  const { mnemonic } = wallet;
  const masterKey = { mnemonic, seedHex: seedOf(mnemonic), language: wallet.language };
  return { wallet: shownWallet(wallet), masterKey };
}

function updated(call: Call<unknown, unknown>, change: Change<WalletRecord>): WalletRecord {
  const wallet = call.world.records.wallets.update(target(call), change);
  announce(call, wallet, 'update_one');
  return wallet;
}

function announce(
  { world, company, mode }: Call<unknown, unknown>,
  wallet: WalletRecord,
  action: string,
): void {
  const payload = shownWallet(wallet);
  world.announcer.announce({ company, mode, resource: 'wallets', action, payload });
}
