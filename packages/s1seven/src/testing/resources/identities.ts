import { z } from 'zod';
import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import { addressOf } from '../vendor/keys.ts';
import { VendorProblem } from '../vendor/problem.ts';
import type { IdentityRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import { coinTypeField, levelField } from './fields.ts';

const newIdentity = z.strictObject({
  coinType: coinTypeField,
  account: levelField,
  change: z.number().int().min(0).max(1).optional(),
  wallet: z.string().min(1),
});
const number = z.coerce.number().optional();
const identityQuery = z.looseObject({
  coinType: number,
  account: number,
  index: number,
  status: z.enum(['valid', 'obsolete']).optional(),
});

const guarded = { needsCompany: true, needsMode: true, isGuardedWhenLive: true };

/** Identities, whose keys come from a wallet. */
export const identityRoutes: readonly Route[] = [
  route('POST /identities', { ...access('create_one'), body: newIdentity }, (call) => {
    const identity = make(call);
    const { company, mode } = call;
    const event = { resource: 'identities', action: 'create_one', payload: identity };
    call.world.announcer.announce({ company, mode, ...event });
    return created(identity);
  }),
  route('GET /identities', { ...access('read_many'), query: identityQuery }, (call) => {
    const identities = call.world.records.identities.all.filter(call.isOfCompanyAndMode);
    return ok(identities.filter((identity) => fits(identity, call.query)));
  }),
  route('GET /identities/{id}', access('read_one'), (call) => ok(target(call))),
  // No scope is documented for it.
  route('GET /identities/{id}/did', guarded, (call) => ok(didDocument(target(call)))),
];

function access(action: string) {
  return { ...guarded, scopes: [`identities:${action}`] };
}

function target(call: Call<unknown, unknown>): IdentityRecord {
  return call.world.records.identities.get(call.id, call.isOfCompanyAndMode);
}

/** Each has the next index of its wallet, coin type and account. */
function make(call: Call<z.output<typeof newIdentity>, unknown>): IdentityRecord {
  const { wallets, coinTypes, identities } = call.world.records;
  const { coinType, account, change = 0 } = call.body;
  const wallet = wallets.find(call.body.wallet);
  if (wallet === undefined || !call.isOfCompanyAndMode(wallet)) {
    throw new VendorProblem(400, 'There is no such wallet.');
  }
  if (!coinTypes.all.some(({ bip44Id, status }) => bip44Id === coinType && status === 'active')) {
    throw new VendorProblem(400, 'The coin type is not supported.');
  }
  const siblings = identities.all.filter(
    (one) => one.wallet === wallet.id && one.coinType === coinType && one.account === account,
  );
  const path = { coinType, account, index: siblings.length, change };
  return identities.add({
    ...path,
    ...addressOf(wallet, path),
    mode: call.mode,
    status: 'valid',
    wallet: wallet.id,
    owner: call.company.id,
  });
}

function fits(identity: IdentityRecord, query: z.output<typeof identityQuery>): boolean {
  return (['coinType', 'account', 'index', 'status'] as const).every(
    (name) => query[name] === undefined || query[name] === identity[name],
  );
}

function didDocument({ did, publicKey }: IdentityRecord): unknown {
  const key = `${did}#key`;
  return {
    '@context': ['https://w3id.org/did/v0.11'],
    id: did,
    publicKey: [
      {
        id: key,
        type: 'Ed25519VerificationKey2018',
        controller: publicKey,
        publicKeyBase58: publicKey,
      },
    ],
    authentication: [key],
    assertionMethod: [key],
    capabilityDelegation: [key],
    capabilityInvocation: [key],
    keyAgreement: [],
  };
}
