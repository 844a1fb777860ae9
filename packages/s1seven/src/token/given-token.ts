import type { AccessTokens, TokenContext } from '../token.ts';
import { checkToken } from './check-token.ts';
import { readClaims } from './claims.ts';

/**
 * One token that the caller has. When it ends there is no other: the vendor's 401 stands.
 *
 * @throws VendorError `CONFIGURATION` if it cannot be one.
 */
export function givenToken(
  accessToken: string,
  { addSecret }: Pick<TokenContext, 'addSecret'>,
): AccessTokens {
  const token = checkToken(accessToken);
  addSecret(token);
  const held = () => ({ token, ...readClaims(token) });
  const get: AccessTokens['get'] = async (deadline) => {
    deadline.check();
    return held();
  };
  return {
    get,
    getRenewed: get,
    held,
    refuse: () => false,
    refusal: () => undefined,
    forget: async () => {},
    close: async () => {},
  };
}
