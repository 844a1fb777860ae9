import type { WebMethodResult } from '@vendorkit/secutix-shared';
import type { Method, MethodParameters } from './method.ts';

/**
 * `ContactAuthenticationPublicService` (module `tnco`, version 2.21): the logins of contacts. It can
 * check a login and change a password; the exact names of these methods are not public, so use `call`
 * with the names that your institution was given.
 */
export interface ContactAuthenticationPublicService {
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isContactAuthenticationPublicServiceAlive: Method<MethodParameters, WebMethodResult>;
}
