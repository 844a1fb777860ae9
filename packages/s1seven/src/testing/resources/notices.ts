import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import type { EventRecord, MailRecord } from '../vendor/records.ts';
import { route, type Route } from '../vendor/route.ts';
import { anyObject } from './fields.ts';
import { without } from '../vendor/without.ts';

/**
 * What hooks and mailhooks have sent. Only the names of the actions are public: the addresses follow from
 * those of other resources, and what an update may change is assumed to be anything but the id.
 */
export const noticeRoutes: readonly Route[] = [
  route('GET /events', access('events', 'read_many'), (call) =>
    ok(call.world.records.events.all.filter(call.isOfCompany)),
  ),
  route('GET /events/{id}', access('events', 'read_one'), (call) => ok(event(call))),
  route('PATCH /events/{id}', { ...access('events', 'update_one'), body: anyObject }, (call) =>
    ok(call.world.records.events.update(event(call), without(call.body, 'id'))),
  ),
  route('POST /events/{id}/retry', access('events', 'retry_one'), (call) => {
    const { records, announcer } = call.world;
    const found = event(call);
    announcer.deliver(found, records.hooks.get(found.hook));
    return created(found);
  }),
  route('GET /mails', access('mails', 'read_many'), (call) =>
    ok(call.world.records.mails.all.filter(call.isOfCompany)),
  ),
  route('GET /mails/{id}', access('mails', 'read_one'), (call) => ok(mail(call))),
  route('PATCH /mails/{id}', { ...access('mails', 'update_one'), body: anyObject }, (call) =>
    ok(call.world.records.mails.update(mail(call), without(call.body, 'id'))),
  ),
  route('POST /mails/{id}/retry', access('mails', 'retry_one'), (call) =>
    created(call.world.records.mails.update(mail(call), { delivered: true })),
  ),
];

function access(resource: string, action: string) {
  return { scopes: [`${resource}:${action}`] };
}

function event(call: Call<unknown, unknown>): EventRecord {
  return call.world.records.events.get(call.id, call.isOfCompany);
}

function mail(call: Call<unknown, unknown>): MailRecord {
  return call.world.records.mails.get(call.id, call.isOfCompany);
}
