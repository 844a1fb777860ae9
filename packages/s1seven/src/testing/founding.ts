import { allScopes } from './vendor/scopes.ts';
import { addressOf, newMnemonic } from './vendor/keys.ts';
import type {
  ApplicationRecord,
  CompanyRecord,
  IdentityRecord,
  UserRecord,
} from './vendor/records.ts';
import type { Records } from './vendor/world.ts';
import type { EmulatorSettings } from './emulator-options.ts';

/** What is there from the start. */
export interface Founded {
  readonly user: UserRecord;
  readonly company: CompanyRecord;
  readonly application: ApplicationRecord;
  /** Of the application's mode, from a wallet of its own. */
  readonly identity: IdentityRecord;
}

/** Makes a user with a company, an application, a wallet and an identity. */
export function found(records: Records, settings: EmulatorSettings): Founded {
  const user = foundUser(records);
  const company = foundCompany(records, settings, user);
  const application = records.applications.add({
    description: 'Emulated application',
    mode: settings.mode,
    scopes: settings.scopes ?? allScopes,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    owner: company.id,
  });
  for (const bip44Id of [822, 100_000_000]) records.coinTypes.add({ bip44Id, status: 'active' });
  return { user, company, application, identity: foundIdentity(records, settings, company) };
}

function foundUser({ users }: Records): UserRecord {
  return users.add({
    username: 'emulated-user',
    email: 'user@company.example',
    password: 'not-a-password',
    role: 'USER',
    status: 'active',
    emailConfirmed: true,
    onBoarded: true,
  });
}

function foundCompany(
  { companies }: Records,
  { companyId, verified }: EmulatorSettings,
  owner: UserRecord,
): CompanyRecord {
  const fields = {
    name: 'Emulated Steel GmbH',
    vatId: 'ATU74488404',
    address: {
      id: 'emulated-address',
      country: 'AT',
      street: 'Teststrasse 1',
      city: 'Wien',
      zipCode: '1030',
    },
    emails: ['quality@company.example'],
    websites: [],
    accreditations: [],
    verified,
    owner: owner.id,
    members: [],
  };
  return companies.add(fields, companyId);
}

function foundIdentity(
  { wallets, identities }: Records,
  { mode }: EmulatorSettings,
  { id: owner }: CompanyRecord,
): IdentityRecord {
  const wallet = wallets.add({
    name: 'Emulated wallet',
    connectionUrl: 'https://wallet.s1seven.example',
    backedUp: false,
    status: 'enabled',
    mode,
    language: 'english',
    mnemonic: newMnemonic(),
    owner,
  });
  const path = { coinType: 822, account: 0, index: 0, change: 0 };
  const keys = addressOf(wallet, path);
  return identities.add({ ...path, ...keys, mode, status: 'valid', wallet: wallet.id, owner });
}
