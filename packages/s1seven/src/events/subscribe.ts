import { refusedInput, startDeadline, validate } from '@vendorkit/core';
import { z } from 'zod';
import { checkClientId, randomClientId } from './client-id.ts';
import { EventStream } from './event-stream.ts';
import type { EventsHost } from './events-host.ts';
import { defaultTiming, type EventsTiming } from './events-timing.ts';
import type { EventHandler } from './handling.ts';
import {
  readSubscribeOptions,
  type SubscribeOptions,
  type SubscribeSettings,
} from './subscribe-options.ts';
import { readFilter, writeTopic, type EventFilter, type TopicOwner } from './topic.ts';

const handlerSchema = z
  .custom<EventHandler>((value) => typeof value === 'function', 'Expected a function')
  .optional();

/**
 * Receives the vendor's events over MQTT, each at least once: it is acknowledged when it was handled,
 * and the broker keeps what was not for 30 minutes after a disconnect (S1SEVEN API information,
 * "Persistence"). It resolves when the broker has granted all topics.
 *
 * @param filters - Which events; several filters share one connection, and so have one owner.
 * @param handler - Handles an event. Without one the stream is iterated over.
 * @param timing - For tests.
 * @throws VendorError as a rejection. `INVALID_REQUEST` names what is wrong with the arguments;
 * `UNAUTHENTICATED`, `FORBIDDEN` and `CERTIFICATE` tell what the broker or we refused; `CONNECTION` or
 * `TIMEOUT` tell why there was no connection within the deadline.
 */
export async function subscribe(
  host: EventsHost,
  filters: EventFilter | readonly EventFilter[],
  handler?: EventHandler,
  options?: SubscribeOptions,
  timing: Partial<EventsTiming> = {},
): Promise<EventStream> {
  const read = readFilters(filters);
  validate(handlerSchema, handler, { code: 'INVALID_REQUEST', root: 'handler' });
  const settings = readSubscribeOptions(options);
  const { owner, topics } = await host.whileOpen(settings.signal, (signal) =>
    resolveTopics(host, read, signal),
  );
  const clientId = resolveClientId(host, settings, owner);
  // The library takes time to load, and only those who use events have to wait for it.
  const { MqttClient: Client } = await import('mqtt');
  const stream = new EventStream({
    Client,
    host,
    owner,
    clientId,
    topics,
    timing: { ...defaultTiming, ...timing },
    handler,
    settings,
  });
  await stream.ready();
  return stream;
}

function readFilters(filters: unknown): EventFilter[] {
  if (!Array.isArray(filters)) return [readFilter(filters)];
  if (filters.length === 0) {
    throw refusedInput('INVALID_REQUEST', 'filter', 'Expected at least one filter');
  }
  return filters.map((filter, index) => readFilter(filter, `filter[${index}]`));
}

/** Fills in what the filters leave to the client and its token. */
async function resolveTopics(
  host: EventsHost,
  filters: readonly EventFilter[],
  signal: AbortSignal,
): Promise<{ owner: TopicOwner; topics: string[] }> {
  const known = await resolveDefaults(host, filters, signal);
  const resolved = filters.map(({ resource, action, mode = known.mode ?? '+', company, user }) => {
    const owner = ownerOf(user, company ?? known.company);
    return { owner, mode, resource, action };
  });
  const [first] = resolved;
  if (first === undefined) throw new TypeError('There is at least one filter.');
  const { owner } = first;
  if (resolved.some((other) => other.owner.kind !== owner.kind || other.owner.id !== owner.id)) {
    const problem = 'All filters of a stream must be about the same company, or the same user';
    throw refusedInput('INVALID_REQUEST', 'filter', problem);
  }
  return { owner, topics: [...new Set(resolved.map(writeTopic))] };
}

/** The token is asked only if something is left open. */
async function resolveDefaults(
  host: EventsHost,
  filters: readonly EventFilter[],
  signal: AbortSignal,
): Promise<{ company: string | undefined; mode: EventFilter['mode'] }> {
  const { companyId, mode, clock, deadlineMs, tokens } = host;
  const lacksCompany =
    companyId === undefined &&
    filters.some(({ company, user }) => company === undefined && user === undefined);
  const lacksMode = mode === undefined && filters.some((filter) => filter.mode === undefined);
  if (!lacksCompany && !lacksMode) return { company: companyId, mode };
  const deadline = startDeadline({ clock, deadlineMs, signal });
  const token = await deadline.until(tokens.get(deadline));
  return { company: companyId ?? token.companyId, mode: mode ?? token.mode };
}

function ownerOf(user: string | undefined, company: string | undefined): TopicOwner {
  if (user !== undefined) return { kind: 'user', id: user };
  if (company !== undefined) return { kind: 'company', id: company };
  const problem =
    'The token does not tell its company: name it here, or as `companyId` of the client';
  throw refusedInput('INVALID_REQUEST', 'filter.company', problem);
}

function resolveClientId(
  host: EventsHost,
  { clientId }: SubscribeSettings,
  owner: TopicOwner,
): string {
  if (clientId !== undefined) {
    checkClientId(clientId, owner);
    return clientId;
  }
  const text =
    'Without a `clientId` the broker keeps nothing for the next run: events that come while nobody is connected are lost.';
  host.warn('events-session-not-kept', text);
  return randomClientId(owner);
}
