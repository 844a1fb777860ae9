import type { EmulatorAnswer } from '@vendorkit/core/testing';
import type { z } from 'zod';
import type { Call } from './call.ts';

/** What a route asks of its callers. */
export interface Access<Body = unknown, Query = unknown> {
  /** Whether calls without a token are served as well. A wrong token is refused nevertheless. */
  readonly isOpen?: boolean;
  /** Scopes, `resource:action`, of which the token of an application needs one. */
  readonly scopes?: readonly string[];
  /** Whether the header `company` must be there. */
  readonly needsCompany?: boolean;
  /** Whether the query parameter `mode` must be there. */
  readonly needsMode?: boolean;
  /**
   * Whether live mode is closed until the company is verified and its user has set up MFA (S1SEVEN API
   * information, "Authorization").
   */
  readonly isGuardedWhenLive?: boolean;
  /** The JSON body; absent if the route reads none. */
  readonly body?: z.ZodType<Body>;
  /** The query, `mode` excepted. */
  readonly query?: z.ZodType<Query>;
}

/** One address, and what happens there. */
export interface Route {
  readonly method: string;
  /** The path after `/api`, with its variables in braces. */
  readonly template: string;
  readonly access: Access;
  readonly handle: (call: Call<unknown, unknown>) => EmulatorAnswer | Promise<EmulatorAnswer>;
}

/** @param address - Method and path, for instance `GET /companies/{id}`. */
export function route<Body, Query>(
  address: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`,
  access: Access<Body, Query>,
  handle: (call: Call<Body, Query>) => EmulatorAnswer | Promise<EmulatorAnswer>,
): Route {
  const [method = '', template = ''] = address.split(' ');
  // The router hands over a body and a query only after they have passed the route's own schemas.
  return { method, template, access, handle } as Route;
}
