import { z } from 'zod';
import { ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import { hashContent } from '../vendor/canonical.ts';
import { VendorProblem } from '../vendor/problem.ts';
import type { IdentityRecord, TransactionRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import { anyObject } from './fields.ts';
import { newTransaction, rawTransaction } from './raw-transaction.ts';
import { without } from '../vendor/without.ts';

const chain = z.coerce.number().pipe(z.literal([822, 100_000_000]));
const signQuery = z.looseObject({
  identity: z.string().min(1),
  type: z.enum(['transparent', 'opaque', 'stealth']),
});
const sendQuery = z.looseObject({ coinType: chain });
const ledgerQuery = z.looseObject({
  query: z.string().min(1),
  key: z.string().optional(),
  limit: z.coerce.number().int().positive().optional(),
  coinType: chain,
});

/** Transactions: made raw, signed by an identity, then sent. All three answer 200. */
export const transactionRoutes: readonly Route[] = [
  route('POST /transactions', { ...access('create_one'), body: newTransaction }, ({ body }) =>
    ok(rawTransaction(body)),
  ),
  route('GET /transactions', access('read_many'), (call) => ok(visible(call).map(shown))),
  route('GET /transactions/ledger', { ...access('read_many'), query: ledgerQuery }, (call) => {
    const { query, limit, coinType } = call.query;
    const found = visible(call).filter(
      (one) => one.sent && one.coinType === coinType && JSON.stringify(one.content).includes(query),
    );
    return ok(found.slice(0, limit).map(({ content }) => content));
  }),
  route('GET /transactions/{id}', access('read_one'), (call) => {
    const { transactions } = call.world.records;
    return ok(shown(transactions.get(call.id, call.isOfCompanyAndMode)));
  }),
  route(
    'POST /transactions/sign',
    { ...access('sign'), query: signQuery, body: anyObject },
    (call) => ok(sign(call, 'sign')),
  ),
  // A scope, and no more, is public. That it works as signing does is assumed.
  route(
    'POST /transactions/partial-sign',
    { ...access('partial_sign'), query: signQuery, body: anyObject },
    (call) => ok(sign(call, undefined)),
  ),
  route(
    'POST /transactions/send',
    { ...access('send'), query: sendQuery, body: anyObject },
    (call) => ok(send(call)),
  ),
];

function access(action: string) {
  return {
    scopes: [`transactions:${action}`],
    needsCompany: true,
    needsMode: true,
    isGuardedWhenLive: true,
  };
}

type Unsigned = Readonly<Record<string, unknown>>;

function visible(call: Call<unknown, unknown>): readonly TransactionRecord[] {
  return call.world.records.transactions.all.filter(call.isOfCompanyAndMode);
}

function shown(transaction: TransactionRecord): unknown {
  return { ...without(transaction, 'content'), signed: true };
}

function sign(
  call: Call<Unsigned, z.output<typeof signQuery>>,
  action: 'sign' | undefined,
): unknown {
  const { coinType, id } = signer(call);
  if (isEthereum(call.body) !== (coinType === 100_000_000)) {
    throw new VendorProblem(400, 'The transaction is not one of the identity’s chain.');
  }
  const transactionId = hashContent(call.body).value;
  const transaction = call.world.records.transactions.add({
    coinType,
    type: call.query.type,
    transactionId,
    sent: false,
    mode: call.mode,
    identities: [id],
    owner: call.company.id,
    content: { ...call.body, id: transactionId },
  });
  return announced(call, transaction, action);
}

/** Only what was signed here, and not changed since, is sent. */
function send(call: Call<Unsigned, z.output<typeof sendQuery>>): unknown {
  const { value } = hashContent(call.body);
  const signed = visible(call).find(({ content }) => hashContent(content).value === value);
  if (signed === undefined) throw new VendorProblem(400, 'The transaction is not signed.');
  if (signed.coinType !== call.query.coinType) {
    throw new VendorProblem(400, 'The transaction is not one of this chain.');
  }
  return announced(call, call.world.records.transactions.update(signed, { sent: true }), 'send');
}

function announced(
  { company, mode, world }: Call<unknown, unknown>,
  transaction: TransactionRecord,
  action: 'sign' | 'send' | undefined,
): unknown {
  const { coinType, content } = transaction;
  const payload = { transaction: shown(transaction), signedTx: [content], coinType };
  if (action !== undefined) {
    world.announcer.announce({ company, mode, resource: 'transactions', action, payload });
  }
  return payload;
}

function signer(call: Call<unknown, z.output<typeof signQuery>>): IdentityRecord {
  const identity = call.world.records.identities.get(call.query.identity, call.isOfCompanyAndMode);
  if (identity.status === 'valid') return identity;
  throw new VendorProblem(406, 'The identity is obsolete.');
}

function isEthereum(transaction: Unsigned): boolean {
  return 'chain_id' in transaction;
}
