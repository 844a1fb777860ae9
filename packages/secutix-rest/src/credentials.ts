import type { CallRequest } from '@vendorkit/core';

/** How requests are signed, and what to do when the vendor refuses the signature. */
export type Credentials = Pick<CallRequest<unknown>, 'authorise' | 'sign' | 'recover'>;

/** Makes the credentials of one request. They are kept apart so that a 401 is judged by its own. */
export type CredentialSource = () => Credentials;
