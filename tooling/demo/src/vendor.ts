import type { Hooks, QuotaRule, SecutixRestOptions } from '@vendorkit/secutix-rest';
import {
  startSecutixRestEmulator,
  type SecutixRestEmulator,
} from '@vendorkit/secutix-rest/testing';

/** Whom the demo talks to: the emulator, or the real vendor with the account in the environment. */
export interface Vendor {
  readonly name: string;
  readonly options: SecutixRestOptions;
  readonly emulator: SecutixRestEmulator | undefined;
  /** The rule that decides how long the contacts take. */
  readonly contactRule: QuotaRule;
  /** The numbers of the contacts to fetch. */
  readonly contactNumbers: readonly string[];
  close(): Promise<void>;
}

/** The vendor's minute, made shorter so that a night fits into a minute. */
const windowMs = 6_000;

const scaledQuota: readonly (QuotaRule & { key: 'institution' | 'service' })[] = [
  { key: 'institution', limit: 180, windowMs },
  { key: 'service', limit: 60, windowMs },
];

/** Chooses the real vendor if `SECUTIX_SECRET` is set, else starts the emulator. */
export async function chooseVendor(environment: NodeJS.ProcessEnv, hooks: Hooks): Promise<Vendor> {
  return environment['SECUTIX_SECRET'] === undefined
    ? startEmulated(hooks)
    : realVendor(environment, hooks);
}

async function startEmulated(hooks: Hooks): Promise<Vendor> {
  const emulator = await startSecutixRestEmulator({
    quota: scaledQuota,
    longRunning: { polls: 2, operations: ['catalogService.getCatalogDetailed'] },
    latencyMs: () => 20 + Math.random() * 180,
  });
  return {
    name: `the emulator at ${emulator.url} (a vendor's minute lasts ${windowMs / 1000} s here)`,
    options: { ...emulator.options, quota: scaledQuota, pollInterval: 1_500, hooks },
    emulator,
    contactRule: { key: 'service', limit: 60, windowMs },
    contactNumbers: Array.from({ length: 150 }, (_, index) => String(301 + index)),
    close: () => emulator.close(),
  };
}

/**
 * The real vendor: `SECUTIX_INSTITUTION`, `SECUTIX_ENVIRONMENT` or `SECUTIX_BASE_URL`,
 * `SECUTIX_OPERATOR`, `SECUTIX_PARTNER`, `SECUTIX_SECRET`, and `SECUTIX_CONTACTS` with contact numbers
 * separated by commas. Only what reads is called.
 */
function realVendor(environment: NodeJS.ProcessEnv, hooks: Hooks): Vendor {
  const text = (name: string) => environment[`SECUTIX_${name}`];
  const contactNumbers = (text('CONTACTS') ?? '').split(',').filter((number) => number !== '');
  return {
    name: `the real vendor, institution ${text('INSTITUTION') ?? '?'}: reads only`,
    // Whatever is missing or wrong here, the client says which field it is.
    options: {
      institution: text('INSTITUTION') ?? '',
      operator: text('OPERATOR') ?? '',
      partner: text('PARTNER') ?? '',
      secret: text('SECRET') ?? '',
      environment: text('ENVIRONMENT') as SecutixRestOptions['environment'],
      baseUrl: text('BASE_URL'),
      hooks,
    },
    emulator: undefined,
    contactRule: { key: 'service', limit: 60, windowMs: 60_000 },
    contactNumbers,
    close: async () => {},
  };
}
