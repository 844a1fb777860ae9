import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import type { HookRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import { idField, modeField, scopeListField, switchField, urlField } from './fields.ts';
import { sameId } from './same-id.ts';
import { without } from '../vendor/without.ts';

const hookFields = {
  secret: z.string().max(128).optional(),
  description: z.string().max(50).optional(),
  connectionUrl: urlField,
  contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']),
  status: switchField,
  enableSSL: z.boolean().default(true),
  scopes: scopeListField,
  // The vendor's user interface of 2025 asks for one; what it does there is not public.
  mode: modeField.optional(),
};
const newHook = z.strictObject(hookFields);
const hookChange = z.strictObject({ id: idField, ...hookFields });

/** Webhooks. The secret is the caller's, or is made and shown by the answer of creation. */
export const hookRoutes: readonly Route[] = [
  route('POST /hooks', { ...access('create_one'), body: newHook }, (call) => {
    const { secret = '', description = '', ...rest } = call.body;
    const { connectionUrl, contentType, status, enableSSL, scopes } = rest;
    const hook = call.world.records.hooks.add({
      secret: secret === '' ? randomBytes(32).toString('base64url') : secret,
      description,
      connectionUrl,
      contentType,
      status,
      enableSSL,
      scopes,
      owner: call.company.id,
    });
    announce(call, hook, 'create_one');
    return created({ ...shown(hook), secret: hook.secret });
  }),
  route('GET /hooks', access('read_many'), (call) =>
    ok(call.world.records.hooks.all.filter(call.isOfCompany).map(shown)),
  ),
  route('GET /hooks/{id}', access('read_one'), (call) => ok(shown(target(call)))),
  route('PATCH /hooks/{id}', { ...access('update_one'), body: hookChange }, (call) => {
    const { secret, description, connectionUrl, contentType, status, enableSSL, scopes } =
      sameId(call);
    const change = { secret, description, connectionUrl, contentType, status, enableSSL, scopes };
    const hook = call.world.records.hooks.update(target(call), change);
    announce(call, hook, 'update_one');
    return ok(shown(hook));
  }),
  route('DELETE /hooks/{id}', access('delete_one'), (call) => {
    const hook = target(call);
    call.world.records.hooks.remove(hook);
    announce(call, hook, 'delete_one');
    return ok({ id: hook.id });
  }),
];

function access(action: string) {
  return { scopes: [`hooks:${action}`], needsCompany: true };
}

function target(call: Call<unknown, unknown>): HookRecord {
  return call.world.records.hooks.get(call.id, call.isOfCompany);
}

function shown(hook: HookRecord) {
  return without(hook, 'secret');
}

/** Hooks have no mode; their events are told in the token's, or else in live mode (assumed). */
function announce(call: Call<unknown, unknown>, hook: HookRecord, action: string): void {
  const { company, modeIfKnown: mode = 'live', world } = call;
  world.announcer.announce({ company, mode, resource: 'hooks', action, payload: shown(hook) });
}
