import type { Mode } from '../operation-caller.ts';
import type { Company } from './company.ts';
import type { Entity, Open, Related } from './entity.ts';
import type { EventRecord } from './event-record.ts';
import type { HookScope, WatchedScope } from './scope.ts';

/** An address that the vendor tells of events (OpenAPI 0.3.0 of 2021). */
export interface Hook extends Entity {
  /** What its requests are signed with. */
  secret?: string;
  description?: string;
  connectionUrl: string;
  contentType: Open<HookContentType>;
  status: Open<HookStatus>;
  enableSSL: boolean;
  scopes: WatchedScope[];
  owner: Related<Company>;
  events?: Related<EventRecord>[];
}

/** How a hook's requests are written. */
export type HookContentType = 'application/json' | 'application/x-www-form-urlencoded';

export type HookStatus = 'enabled' | 'disabled';

/** A hook to be. */
export interface CreateHook {
  /** What its requests are signed with: 128 characters at most. */
  readonly secret?: string | undefined;
  /** 50 characters at most. */
  readonly description?: string | undefined;
  readonly connectionUrl: string;
  readonly contentType: HookContentType;
  readonly status: HookStatus;
  /**
   * Whether the vendor checks the certificate of the address.
   * @defaultValue true
   */
  readonly enableSSL?: boolean | undefined;
  readonly scopes: readonly HookScope[];
  /** Asked for by the vendor's user interface of 2025; the document of 2021 does not know it. */
  readonly mode?: Mode | undefined;
}

/**
 * A hook's new state. The fields that {@link CreateHook} needs are needed again, and `enableSSL`, so
 * that none is changed by being left out.
 */
export interface UpdateHook extends CreateHook {
  readonly enableSSL: boolean;
}

/** What was deleted. */
export interface DeletedHook {
  id?: string;
  [field: string]: unknown;
}
