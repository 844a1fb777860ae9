import type { EmulatorRequest } from '@vendorkit/core/testing';
import { acceptedLanguages } from './accepted-languages.ts';

/** What a method knows of the call beside its parameters. */
export interface CallContext {
  /** The languages of `Accept-Language`, the best first, then the institution's own. */
  readonly languages: readonly [string, ...string[]];
  /** The emulator's wall clock, in milliseconds since the Unix epoch. */
  readonly nowMs: number;
}

/** The language that the museum falls back to. */
const museumLanguage = 'fr';

/** The context of the call that a request makes. */
export function callContextOf(
  request: Pick<EmulatorRequest, 'headers' | 'receivedAt'>,
): CallContext {
  const [best = museumLanguage, ...others] = acceptedLanguages(request.headers['accept-language']);
  return { languages: [best, ...others, museumLanguage], nowMs: request.receivedAt };
}
