import type { Mode } from '../operation-caller.ts';
import type { Entity, Open, Related } from './entity.ts';
import type { Company } from './company.ts';
import type { ApplicationScopes, GrantedScopes } from './scope.ts';

/**
 * Something that acts for a company without a person: it has credentials of its own. Its fields are
 * described in S1SEVEN's API information of 2025 ("M2M access token"); there is no public schema.
 */
export interface Application extends Entity {
  /** What tokens are asked for with, and not the client id of MQTT. */
  clientId?: string;
  /** Told when the application is made and when its secret is rotated (assumed: only then). */
  clientSecret?: string;
  description?: string;
  /** What its tokens are restricted to. */
  mode?: Open<Mode>;
  scopes?: GrantedScopes;
  /** The company that it acts for. */
  owner?: Related<Company>;
}

/** An application to be. A company may have six (S1SEVEN API information, "M2M access token"). */
export interface CreateApplication {
  readonly description?: string | undefined;
  readonly mode: Mode;
  /** What its tokens may do. */
  readonly scopes: ApplicationScopes;
}

/** What of an application changes. Which fields can is not public. */
export interface UpdateApplication {
  readonly description?: string | undefined;
  readonly mode?: Mode | undefined;
  readonly scopes?: ApplicationScopes | undefined;
}

/** What a token is asked for with. */
export interface CreateToken {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A token and what it is for (seen in the vendor's Node-RED client of 2023). */
export interface TokenResponse {
  /** The token, valid for a day. One can be had for an application and day. */
  accessToken: string;
  /** The application; its owner is the company. */
  application?: {
    mode?: Open<Mode>;
    owner?: Related<{ id: string; [field: string]: unknown }>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}
