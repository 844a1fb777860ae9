import { z } from 'zod';
import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import { VendorProblem } from '../vendor/problem.ts';
import type { CoinTypeRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import { coinTypeField } from './fields.ts';

/** What the body of a new coin type holds is not public: its number is assumed. */
const newCoinType = z.looseObject({
  bip44Id: coinTypeField.optional(),
  coinType: coinTypeField.optional(),
});

/** The chains that identities can be made for. Their key is the number of SLIP-0044. */
export const coinTypeRoutes: readonly Route[] = [
  route(
    'POST /cointypes',
    { scopes: ['cointypes:create_one'], body: newCoinType },
    ({ world, body }) => {
      const bip44Id = body.bip44Id ?? body.coinType;
      if (bip44Id === undefined)
        throw new VendorProblem(400, 'The number of the coin type is missing.');
      const isKnown = world.records.coinTypes.all.some((one) => one.bip44Id === bip44Id);
      if (isKnown) throw new VendorProblem(400, 'The coin type exists already.');
      return created(world.records.coinTypes.add({ bip44Id, status: 'active' }));
    },
  ),
  route('GET /cointypes', { scopes: ['cointypes:read_many'] }, ({ world }) =>
    ok(world.records.coinTypes.all.map(({ bip44Id }) => bip44Id)),
  ),
  route('GET /cointypes/{coinType}', { scopes: ['cointypes:read_one'] }, (call) =>
    ok(target(call)),
  ),
  route('PATCH /cointypes/{coinType}', { scopes: ['cointypes:update_one'] }, (call) => {
    const coinType = target(call);
    const status = coinType.status === 'active' ? 'inactive' : 'active';
    return ok(call.world.records.coinTypes.update(coinType, { status }));
  }),
  route('DELETE /cointypes/{coinType}', { scopes: ['cointypes:delete_one'] }, (call) => {
    const coinType = target(call);
    call.world.records.coinTypes.remove(coinType);
    return ok(coinType.bip44Id);
  }),
];

function target(call: Call<unknown, unknown>): CoinTypeRecord {
  const key = call.variable('coinType');
  const coinType = call.world.records.coinTypes.all.find(({ bip44Id }) => String(bip44Id) === key);
  if (coinType === undefined) throw new VendorProblem(404, 'There is no such coin type.');
  return coinType;
}
