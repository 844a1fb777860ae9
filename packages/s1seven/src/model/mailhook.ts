import type { Mode } from '../operation-caller.ts';
import type { Company } from './company.ts';
import type { Entity, Open, Related } from './entity.ts';
import type { HookStatus } from './hook.ts';
import type { Mail } from './mail.ts';
import type { HookScope, WatchedScope } from './scope.ts';

/** Events that the vendor tells of by mail (OpenAPI 0.3.0 of 2021). */
export interface Mailhook extends Entity {
  description?: string;
  status: Open<HookStatus>;
  scopes: WatchedScope[];
  owner: Related<Company>;
  mails?: Related<Mail>[];
}

/** A mailhook to be. */
export interface CreateMailhook {
  /** 50 characters at most. */
  readonly description?: string | undefined;
  readonly status: HookStatus;
  readonly scopes: readonly HookScope[];
  /** Assumed, as hooks have it: the document of 2021 does not know it. */
  readonly mode?: Mode | undefined;
}

/** A mailhook's new state. The fields that {@link CreateMailhook} needs are needed again. */
export type UpdateMailhook = CreateMailhook;
