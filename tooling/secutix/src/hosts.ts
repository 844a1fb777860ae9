import { VendorError } from '@vendorkit/core';

/** Where an institution's web services run. */
export type Environment = 'production' | 'preproduction' | 'demo';

/**
 * The last part of the host name by environment. `ws` and `demo-ws` stand in the vendor's own
 * examples (SecuTix REST 4.3, SOAP 4.3); `pp-ws` was seen in public clients only.
 */
const domains: Readonly<Record<Environment, string>> = {
  production: 'ws.secutix.com',
  preproduction: 'pp-ws.secutix.com',
  demo: 'demo-ws.secutix.com',
};

/** One label of a host name (RFC 1123). Anything else could lead to another host. */
const hostLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The address of an institution's web services, without a path.
 *
 * @param environment - Which of the vendor's installations.
 * @param institution - The institution's code, for instance `MOSA`. It is lower-cased, since the
 *   codes are written in capitals and the hosts are not.
 * @throws `VendorError` `CONFIGURATION` when the code cannot be part of a host name.
 *
 * @example
 * ```ts
 * baseUrlOf('demo', 'MOSA'); // 'https://mosa.demo-ws.secutix.com'
 * ```
 */
export function baseUrlOf(environment: Environment, institution: string): string {
  const label = institution.toLowerCase();
  if (!hostLabel.test(label)) {
    throw refused('institution', 'It cannot be part of a host name. Give `baseUrl` instead.');
  }
  if (!Object.hasOwn(domains, environment)) {
    throw refused('environment', 'Expected `production`, `preproduction` or `demo`.');
  }
  return `https://${label}.${domains[environment]}`;
}

function refused(field: string, problem: string): VendorError {
  return new VendorError(`\`${field}\` was refused. ${problem}`, {
    code: 'CONFIGURATION',
    field,
    outcome: 'not-sent',
  });
}
