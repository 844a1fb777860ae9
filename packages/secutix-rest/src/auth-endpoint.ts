import {
  answerJson,
  invalidResponse,
  isSuccess,
  statusError,
  TokenCache,
  type Answer,
  type CallRequest,
  type Clock,
  type Deadline,
  type Engine,
  type Reading,
} from '@vendorkit/core';
import type { CredentialSource } from './credentials.ts';
import { readClaims } from './explain-token.ts';
import { commonHeaders } from './method-request.ts';
import type { SecutixSettings } from './options.ts';

/**
 * Credentials from the vendor's `auth` endpoint, as an alternative to forging them.
 *
 * The endpoint's address, body and answer were seen in public clients only (SecuTix REST 4.1.1 names
 * "the auth endpoint" without describing it). How long its tokens live is unknown: `exp` is believed,
 * and a token without one is used until the vendor refuses it, which costs one more attempt.
 */
export function endpointCredentials(options: {
  engine: Engine;
  clock: Clock;
  settings: SecutixSettings;
  secret: string;
}): CredentialSource {
  const { engine, clock, settings } = options;
  const cache = new TokenCache({
    clock,
    key: `${settings.institution}/${settings.operator}/${settings.partner}`,
    fetch: async (deadline) => {
      const token = await fetchToken(options, engine, deadline);
      engine.redactor.add(token);
      return readToken(token, clock);
    },
  });
  return () => {
    let used = '';
    return {
      authorise: async (deadline) => {
        used = await cache.get(deadline);
        return { authorization: `Bearer ${used}` };
      },
      recover: () => {
        cache.invalidate(used);
        return true;
      },
    };
  };
}

/** A number of seconds since 1970 has ten digits until 2286, one of milliseconds has thirteen. */
const leastMilliseconds = 1e11;

/** Believes how long a token says that it lives. `exp` alone is compared with the local clock. */
function readToken(token: string, clock: Clock): { token: string; expiresAtMs?: number } {
  const { iat, exp } = readClaims(token) ?? {};
  if (typeof exp !== 'number') return { token };
  const scale = exp < leastMilliseconds ? 1000 : 1;
  const expiresAtMs = typeof iat === 'number' ? clock.now() + (exp - iat) * scale : exp * scale;
  return { token, expiresAtMs };
}

async function fetchToken(
  { settings, secret }: { settings: SecutixSettings; secret: string },
  engine: Engine,
  deadline: Deadline,
): Promise<string> {
  const { operator, partner } = settings;
  const request: CallRequest<string> = {
    operation: 'auth',
    method: 'POST',
    path: '/tnai/backend-apis/v1/auth',
    headers: { ...commonHeaders(undefined), 'content-type': 'application/json' },
    body: JSON.stringify({ operator, partner, secret }),
    // Calls that hold a place in the quota wait for this token: if it waited for a place, nobody moved.
    scopes: {},
    repeatable: 'always',
    read: readAuthAnswer,
  };
  const limits = {
    deadline: Math.max(1, Math.floor(deadline.remainingMs())),
    signal: deadline.signal,
  };
  return engine.call(() => ({ request, options: limits }));
}

function readAuthAnswer(answer: Answer): Reading<string> {
  const { status } = answer;
  if (!isSuccess(status)) return { state: 'failed', error: statusError(status) };
  const { token } = (answerJson(answer) ?? {}) as { token?: unknown };
  if (typeof token === 'string' && token !== '') return { state: 'done', result: token };
  return {
    state: 'failed',
    error: invalidResponse('The auth endpoint gave no `token`.', { status }),
  };
}
