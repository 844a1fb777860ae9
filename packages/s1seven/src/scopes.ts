import { isPlainObject, refusedInput } from '@vendorkit/core';
import { eventActions, type FilteredEvents } from './events/event-kinds.ts';
import type { ApplicationScopes } from './model/scope.ts';
import type { OperationDefinition } from './operation.ts';
import { operations, type OperationName } from './operations.ts';

/** What a scope is asked for: a call, by the operation's name, or the events of a topic. */
export type ScopeNeed = OperationName | FilteredEvents;

/**
 * How resources are called in scopes, where that differs. The vendor's resource list says `wallets`,
 * its example of scopes and its OpenAPI document `wallet`: the example is followed. Topics say
 * `mail_hooks`, scopes `mailhooks` (S1SEVEN API information, "Requests", "Create" and "Events").
 */
const scopeKeys: Readonly<Record<string, string>> = { wallets: 'wallet', mail_hooks: 'mailhooks' };

/** How a resource is called in scopes. */
export function scopeKeyOf(resource: string): string {
  return Object.hasOwn(scopeKeys, resource) ? (scopeKeys[resource] ?? resource) : resource;
}

/**
 * The scopes that an application needs for these calls and events, as
 * `applications.create({ scopes })` takes them. Which operation needs which scope is known from the
 * vendor's OpenAPI document of 2021; operations for which none is known add none.
 *
 * @example
 * ```ts
 * scopesFor(['certificates.validate', { resource: 'certificates', action: 'notarize_one' }]);
 * // { certificates: { actions: ['validate_one', 'notarize_one'] } }
 * ```
 *
 * @throws VendorError `INVALID_REQUEST` naming the item that is neither an operation nor a topic.
 */
export function scopesFor(needs: readonly ScopeNeed[]): ApplicationScopes {
  if (!Array.isArray(needs)) throw refused('needs', 'Expected an array');
  const actions = new Map<string, Set<string>>();
  for (const [index, need] of needs.entries()) {
    for (const { resource, action } of scopesOf(need, `needs[${index}]`)) {
      const key = scopeKeyOf(resource);
      actions.set(key, (actions.get(key) ?? new Set()).add(action));
    }
  }
  const entries = [...actions].map(([key, names]) => [key, { actions: [...names] }]);
  return Object.fromEntries(entries) as ApplicationScopes;
}

interface Scope {
  readonly resource: string;
  readonly action: string;
}

function scopesOf(need: unknown, field: string): readonly Scope[] {
  if (typeof need === 'string') return scopesOfOperation(need, field);
  if (isPlainObject(need)) return scopesOfTopic(need, field);
  throw refused(field, 'Expected the name of an operation, or a resource and an action of events');
}

function scopesOfOperation(name: string, field: string): readonly Scope[] {
  if (!Object.hasOwn(operations, name)) throw refused(field, 'Not the name of an operation');
  const { scope }: OperationDefinition = operations[name as OperationName];
  return scope === undefined ? [] : [scope];
}

/** A topic needs the scope of the same name (S1SEVEN API information, "Authorization" of events). */
function scopesOfTopic({ resource, action }: Readonly<Record<string, unknown>>, field: string) {
  const resources = Object.entries(eventActions).filter(
    ([name]) => resource === '+' || name === resource,
  );
  if (resources.length === 0) {
    throw refused(`${field}.resource`, 'Not a resource that produces events');
  }
  const found = resources.flatMap(([name, actions]) =>
    actions
      .filter((candidate) => action === '+' || candidate === action)
      .map((candidate) => ({ resource: name, action: candidate })),
  );
  if (found.length === 0) throw refused(`${field}.action`, 'Not an action that produces events');
  return found;
}

function refused(field: string, problem: string): Error {
  return refusedInput('INVALID_REQUEST', field, problem);
}
