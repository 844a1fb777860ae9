import { z } from 'zod';
import type { ApplicationScopes, HookScope, ScopeAction, ScopeResource } from '../model/scope.ts';
import { scopeActions } from '../scope-actions.ts';
import { requestObject } from './request-object.ts';

/** The scopes of applications. */
export const applicationScopes: z.ZodType<ApplicationScopes> = requestObject(
  Object.fromEntries(
    Object.entries(scopeActions).map(([resource, actions]) => [
      resource,
      requestObject({ actions: z.array(z.enum(actions)) }).optional(),
    ]),
  ),
);

const resources = Object.keys(scopeActions) as ScopeResource[];
const actions: ScopeAction[] = Object.values(scopeActions).flat();

/** The scopes of hooks and mailhooks. */
export const hookScopes: z.ZodType<readonly HookScope[]> = z.array(
  requestObject({ resource: z.enum(resources), actions: z.array(z.enum(actions)) }),
);
