import { validate } from '@vendorkit/core';
import { z } from 'zod';
import type { Mode } from '../operation-caller.ts';
import type { FilteredEvents } from './event-kinds.ts';

/**
 * Which events to receive. `+` stands for all resources, all actions or both modes; `#` is refused.
 * Resources and actions are typed as the vendor lists them; others are sent as they are.
 */
export type EventFilter = FilteredEvents & FilteredOwner;

/** Whose events, and in which mode. */
export interface FilteredOwner {
  /** @defaultValue the client's `mode`, else that of the token's application, else both (`+`) */
  mode?: Mode | '+' | undefined;
  /** @defaultValue the client's `companyId`, else the company that owns the token's application */
  company?: string | undefined;
  /** Receives a user's events instead of a company's. It takes a token of that user. */
  user?: string | undefined;
}

/** Whose events a topic is about. */
export interface TopicOwner {
  readonly kind: 'company' | 'user';
  readonly id: string;
}

/** The levels of a topic, or of a filter with `+`. */
export interface Topic {
  readonly owner: TopicOwner;
  /** `live` or `test`, as far as it is known; `+` in a filter. */
  readonly mode: string;
  readonly resource: string;
  readonly action: string;
}

/**
 * What a level of a topic may not hold: what separates or widens (MQTT 3.1.1, 4.7; `*` is a wildcard
 * to RabbitMQ), the colon, which separates the virtual host in a user name, blanks and whatever does
 * not print.
 */
const level = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\s\p{C}/+#*:]+$/u, 'Expected no blanks and none of / + # * :');

const filterSchema = z
  .strictObject({
    resource: z.union([z.literal('+'), level], 'Expected a resource, or + for all'),
    action: z.union([z.literal('+'), level], 'Expected an action, or + for all'),
    mode: z.enum(['live', 'test', '+']).optional(),
    company: level.optional(),
    user: level.optional(),
  })
  .refine(({ company, user }) => company === undefined || user === undefined, {
    path: ['user'],
    message: 'Expected either a company or a user',
  });

/**
 * Checks a filter.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readFilter(filter: unknown, root = 'filter'): EventFilter {
  return validate(filterSchema, filter, { code: 'INVALID_REQUEST', root }) as EventFilter;
}

/**
 * The topic of a filter that names its company or user: `company/<id>/<mode>/<resource>/<action>`
 * (S1SEVEN API information, "Events"). Without a mode it is about both.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 *
 * @example
 * ```ts
 * buildTopic({ company: 'c1', mode: 'live', resource: 'certificates', action: 'notarize_one' });
 * // 'company/c1/live/certificates/notarize_one'
 * ```
 */
export function buildTopic(filter: EventFilter): string {
  const { resource, action, mode = '+', company, user } = readFilter(filter);
  const id = validate(level, user ?? company, { code: 'INVALID_REQUEST', root: 'filter.company' });
  return writeTopic({
    owner: { kind: user === undefined ? 'company' : 'user', id },
    mode,
    resource,
    action,
  });
}

/** Joins the levels of a topic, which were checked. */
export function writeTopic({ owner, mode, resource, action }: Topic): string {
  return [owner.kind, owner.id, mode, resource, action].join('/');
}

/**
 * Splits a topic, or a filter, into its levels. It never throws.
 *
 * @returns `undefined` if it does not look like one of the vendor's.
 */
export function parseTopic(topic: string): Topic | undefined {
  const levels = topic.split('/');
  const [kind, id, mode, resource, action] = levels;
  if (levels.length !== 5 || (kind !== 'company' && kind !== 'user')) return undefined;
  if (!id || !mode || !resource || !action) return undefined;
  return { owner: { kind, id }, mode, resource, action };
}
