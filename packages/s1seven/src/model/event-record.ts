import type { Entity, Open, Related } from './entity.ts';
import type { Hook } from './hook.ts';
import type { ScopeAction, ScopeResource } from './scope.ts';

/** An event that a hook was told of, and how that went (OpenAPI 0.3.0 of 2021). */
export interface EventRecord extends Entity {
  resource: Open<ScopeResource>;
  action: Open<ScopeAction>;
  /** What happened. Its form is not public. */
  payload: unknown;
  error?: unknown;
  /** Whether the hook's address accepted it. */
  delivered?: boolean;
  /** Why it did not. */
  deliveryError?: string;
  hook: Related<Hook>;
}

/** What of an event changes. Which fields can is not public. */
export type UpdateEvent = Readonly<Record<string, unknown>>;
