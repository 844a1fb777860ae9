import type { Hooks, SecutixSoapOptions } from '@vendorkit/secutix-soap';
import {
  startSecutixSoapEmulator,
  type SecutixSoapEmulator,
} from '@vendorkit/secutix-soap/testing';

/** Whom the demo talks to over SOAP. */
export interface SoapVendor {
  readonly options: SecutixSoapOptions;
  /** Absent for the real vendor. */
  readonly emulator: SecutixSoapEmulator | undefined;
  close(): Promise<void>;
}

/**
 * The real vendor if `SECUTIX_USERNAME` and `SECUTIX_PASSWORD` are set beside what the REST part needs;
 * the emulator if that part has one; else nobody.
 */
export async function chooseSoapVendor(
  environment: NodeJS.ProcessEnv,
  isEmulated: boolean,
  hooks: Hooks,
): Promise<SoapVendor | undefined> {
  if (isEmulated) return startEmulated(hooks);
  const text = (name: string) => environment[`SECUTIX_${name}`];
  if (text('USERNAME') === undefined) return undefined;
  return {
    options: {
      institution: text('INSTITUTION') ?? '',
      username: text('USERNAME') ?? '',
      password: text('PASSWORD') ?? '',
      environment: text('ENVIRONMENT') as SecutixSoapOptions['environment'],
      baseUrl: text('BASE_URL'),
      hooks,
    },
    emulator: undefined,
    close: async () => {},
  };
}

async function startEmulated(hooks: Hooks): Promise<SoapVendor> {
  const emulator = await startSecutixSoapEmulator({
    longRunning: { polls: 2, operations: ['CatalogService.getCatalogDetailed'] },
  });
  return {
    options: { ...emulator.options, pollInterval: 300, hooks },
    emulator,
    close: () => emulator.close(),
  };
}
