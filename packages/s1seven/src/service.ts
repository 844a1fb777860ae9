/** The vendor's services (S1SEVEN API information, "Requests"), as they are written in host names. */
export const serviceNames = ['user', 'km', 'certificate', 'pipe'] as const;

/** One of the vendor's services: users and companies, key management, certificates, notices. */
export type ServiceName = (typeof serviceNames)[number];

/**
 * Which service has a resource (S1SEVEN API information, "Requests"). Resources are written in many
 * ways (`coinTypes`, `cointypes`, `user_onboarding`, `user-onboarding`), so that only letters count.
 */
const services: Readonly<Record<string, ServiceName>> = {
  users: 'user',
  useronboarding: 'user',
  companies: 'user',
  applications: 'user',
  tokens: 'user',
  cointypes: 'km',
  nodes: 'km',
  wallet: 'km',
  wallets: 'km',
  identities: 'km',
  transactions: 'km',
  certificates: 'certificate',
  hooks: 'pipe',
  events: 'pipe',
  mailhooks: 'pipe',
  mails: 'pipe',
};

/** The service that has a resource; `undefined` if the vendor's list does not name it. */
export function serviceOf(resource: string): ServiceName | undefined {
  const letters = resource.replaceAll(/[^A-Za-z]/g, '').toLowerCase();
  return Object.hasOwn(services, letters) ? services[letters] : undefined;
}
