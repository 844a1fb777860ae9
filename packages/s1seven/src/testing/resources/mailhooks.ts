import { z } from 'zod';
import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import type { MailhookRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import { idField, modeField, scopeListField, switchField } from './fields.ts';
import { sameId } from './same-id.ts';

const fields = {
  description: z.string().max(50).optional(),
  status: switchField,
  scopes: scopeListField,
  // The vendor's user interface of 2025 asks for one; what it does there is not public.
  mode: modeField.optional(),
};
const newMailhook = z.strictObject(fields);
const mailhookChange = z.strictObject({ id: idField, ...fields });

/** Mailhooks: mails instead of webhooks. Topics spell them `mail_hooks`. */
export const mailhookRoutes: readonly Route[] = [
  route('POST /mailhooks', { ...access('create_one'), body: newMailhook }, (call) => {
    const { description = '', status, scopes } = call.body;
    const owner = call.company.id;
    const mailhook = call.world.records.mailhooks.add({ description, status, scopes, owner });
    announce(call, mailhook, 'create_one');
    return created(mailhook);
  }),
  route('GET /mailhooks', access('read_many'), (call) =>
    ok(call.world.records.mailhooks.all.filter(call.isOfCompany)),
  ),
  route('GET /mailhooks/{id}', access('read_one'), (call) => ok(target(call))),
  route('PATCH /mailhooks/{id}', { ...access('update_one'), body: mailhookChange }, (call) => {
    const { description, status, scopes } = sameId(call);
    const change = { description, status, scopes };
    const mailhook = call.world.records.mailhooks.update(target(call), change);
    announce(call, mailhook, 'update_one');
    return ok(mailhook);
  }),
  route('DELETE /mailhooks/{id}', access('delete_one'), (call) => {
    const mailhook = target(call);
    call.world.records.mailhooks.remove(mailhook);
    announce(call, mailhook, 'delete_one');
    return ok({ id: mailhook.id });
  }),
];

function access(action: string) {
  return { scopes: [`mailhooks:${action}`], needsCompany: true };
}

function target(call: Call<unknown, unknown>): MailhookRecord {
  return call.world.records.mailhooks.get(call.id, call.isOfCompany);
}

/** Mailhooks have no mode; their events are told in the token's, or else in live mode (assumed). */
function announce(call: Call<unknown, unknown>, mailhook: MailhookRecord, action: string): void {
  const { company, modeIfKnown: mode = 'live', world } = call;
  world.announcer.announce({ company, mode, resource: 'mail_hooks', action, payload: mailhook });
}
