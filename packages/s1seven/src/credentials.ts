import { createHash, randomUUID } from 'node:crypto';
import type { CredentialsKind } from './hints.ts';
import type { Credentials } from './token.ts';

/** Where the client's tokens come from, if it has any. */
export function kindOf(credentials: Credentials | undefined): CredentialsKind {
  if (credentials === undefined) return 'none';
  return 'clientId' in credentials ? 'application' : 'given';
}

/** The texts that must appear nowhere. */
export function secretsOf(credentials: Credentials | undefined): string[] {
  if (credentials === undefined) return [];
  if ('clientId' in credentials) return [credentials.clientSecret];
  return typeof credentials.accessToken === 'string' ? [credentials.accessToken] : [];
}

/**
 * Whose quota is used, as a hash. Of a function nothing is known before it is called: each client that
 * has one counts for itself.
 */
export function accountOf(credentials: Credentials | undefined): string {
  if (credentials === undefined) return 'anonymous';
  if ('clientId' in credentials) return hash('application', credentials.clientId);
  const { accessToken } = credentials;
  return typeof accessToken === 'string' ? hash('token', accessToken) : randomUUID();
}

function hash(kind: string, text: string): string {
  return createHash('sha256').update(`${kind} ${text}`).digest('base64url');
}
