import { isLoopback, refusedInput } from '@vendorkit/core';
import type { ServiceName } from './service.ts';

/** One of the vendor's installations. */
export type Environment = 'production' | 'staging' | 'development';

/**
 * How the vendor's services are addressed (S1SEVEN API information, "Requests"): all of them through
 * one proxy, `https://app.s1seven.com/api/users`, or each under a name of its own,
 * `https://user.s1seven.com/api/users`.
 */
export type UrlForm = 'proxy' | 'service';

/** S1SEVEN, "Environments". The pages of 2021 to 2023 had other domains: `baseUrl` overrides these. */
const domains: Readonly<Record<Environment, string>> = {
  production: 's1seven.com',
  staging: 'staging.s1seven.com',
  development: 'development.s1seven.com',
};

/** What stands for the name of a service in a base URL. */
const placeholder = '{service}';

/** Where the vendor is. */
export interface Addresses {
  /** The base URL of a service; the proxy has the same for all. */
  readonly baseUrlOf: (service: ServiceName) => string;
  /** The host under which the quota is counted, whichever way the vendor is addressed. */
  readonly quotaHost: string | undefined;
  /** Where the broker is, if that is known. */
  readonly brokerUrl: string | undefined;
}

/** The options that tell where the vendor is. */
export interface AddressOptions {
  readonly environment: Environment | undefined;
  readonly baseUrl: string | undefined;
  readonly brokerUrl: string | undefined;
  readonly urlForm: UrlForm | undefined;
}

/**
 * Finds the vendor's addresses. What is given explicitly wins over the environment's.
 *
 * @throws VendorError `CONFIGURATION` naming the field.
 */
export function addressesOf(options: AddressOptions): Addresses {
  const template = baseUrlTemplate(options);
  const proxy = template.replaceAll(placeholder, 'app');
  return {
    baseUrlOf: (service) => template.replaceAll(placeholder, service),
    quotaHost: URL.canParse(proxy) ? new URL(proxy).host : undefined,
    brokerUrl: brokerUrlOf(options),
  };
}

function baseUrlTemplate({ environment, baseUrl, urlForm }: AddressOptions): string {
  if (baseUrl !== undefined) {
    const form = baseUrl.includes(placeholder) ? 'service' : 'proxy';
    if (form === (urlForm ?? form)) return baseUrl;
    const problem =
      form === 'service'
        ? '`baseUrl` has `{service}` in it, which is the form `service`'
        : 'The form `service` needs `{service}` in `baseUrl`, or an `environment` instead of it';
    throw refusedInput('CONFIGURATION', 'urlForm', problem);
  }
  if (environment === undefined) {
    throw refusedInput('CONFIGURATION', 'environment', 'Give an `environment` or a `baseUrl`');
  }
  const host = urlForm === 'service' ? placeholder : 'app';
  return `https://${host}.${domains[environment]}/api`;
}

function brokerUrlOf({ environment, brokerUrl }: AddressOptions): string | undefined {
  if (brokerUrl !== undefined) return checkedBrokerUrl(brokerUrl);
  return environment && `mqtts://broker.${domains[environment]}:8883`;
}

/** The token travels to the broker as a password: it is encrypted, or stays on this computer. */
function checkedBrokerUrl(text: string): string {
  const problem = URL.canParse(text) ? problemOf(new URL(text)) : 'Expected an absolute URL';
  if (problem === undefined) return text;
  // The value is not quoted: it may hold a password.
  throw refusedInput('CONFIGURATION', 'brokerUrl', problem);
}

function problemOf({ protocol, hostname, username, password, hash }: URL): string | undefined {
  if (!['mqtts:', 'wss:', 'mqtt:', 'ws:'].includes(protocol)) return 'Expected mqtts or wss';
  if (hostname === '') return 'It has no host';
  if (username !== '' || password !== '') return 'Credentials do not belong in it';
  if (hash !== '') return 'It must have no fragment';
  const isPlain = protocol === 'mqtt:' || protocol === 'ws:';
  if (!isPlain || isLoopback(hostname)) return undefined;
  return 'mqtt and ws are allowed to this computer only (127.0.0.1, ::1, localhost)';
}
