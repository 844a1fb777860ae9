import { z } from 'zod';
import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import type { NodeRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import { coinTypeField, nameField, statusField, urlField } from './fields.ts';

const newNode = z.strictObject({
  name: nameField,
  coinType: coinTypeField,
  connectionUrl: urlField,
});
const nodeChange = z.strictObject({
  name: nameField,
  connectionUrl: urlField,
  status: statusField,
});
const nodeQuery = z.looseObject({ coinType: z.coerce.number().optional() });

/** The nodes of the chains, each of one mode. */
export const nodeRoutes: readonly Route[] = [
  route('POST /nodes', { ...access('create_one'), body: newNode }, ({ world, body, mode }) => {
    const { name, coinType, connectionUrl } = body;
    return created(
      world.records.nodes.add({ name, coinType, connectionUrl, status: 'active', mode }),
    );
  }),
  route('GET /nodes', { ...access('read_many'), query: nodeQuery }, ({ world, query, mode }) =>
    ok(
      world.records.nodes.all.filter(
        (node) => node.mode === mode && [undefined, node.coinType].includes(query.coinType),
      ),
    ),
  ),
  // Listed as an action, but without a public path.
  route('GET /nodes/{id}', access('read_one'), (call) => ok(target(call))),
  route('PUT /nodes/{id}', { ...access('update_one'), body: nodeChange }, (call) => {
    const { name, connectionUrl, status } = call.body;
    return ok(call.world.records.nodes.update(target(call), { name, connectionUrl, status }));
  }),
  route('DELETE /nodes/{id}', access('delete_one'), (call) => {
    const node = target(call);
    call.world.records.nodes.remove(node);
    return ok(node.id);
  }),
];

function access(action: string) {
  return { scopes: [`nodes:${action}`], needsMode: true };
}

function target({ world, id, mode }: Call<unknown, unknown>): NodeRecord {
  return world.records.nodes.get(id, (node) => node.mode === mode);
}
