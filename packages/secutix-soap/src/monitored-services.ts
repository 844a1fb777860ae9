import { refusedInput, validate } from '@vendorkit/core';
import { parseVersion } from '@vendorkit/secutix-shared';
import { z } from 'zod';
import type { MonitorOptions } from './monitor.ts';
import { targetShape, type ServiceOptions, type ServiceTarget } from './options.ts';

/** A service to watch. A text is its name, and means the newest version that is publicly known. */
export type MonitoredService =
  | string
  | ({ readonly service: string } & Readonly<
      Pick<ServiceOptions, 'version' | 'module' | 'package' | 'wsdl' | 'locale'>
    >);

/** A service to watch, after validation. */
export interface MonitoredTarget {
  readonly service: string;
  readonly target: ServiceTarget;
  readonly locale: string | undefined;
  /** What it is called in errors. */
  readonly field: string;
}

const services = z
  .array(
    z.union(
      [z.string(), z.strictObject({ service: z.string(), ...targetShape })],
      'Expected the name of a service, or an object with `service` and perhaps `version`',
    ),
  )
  .min(1, 'Expected at least one service');

const options = z
  .strictObject({ interval: z.number().positive().default(300_000) })
  .default({ interval: 300_000 });

/**
 * Checks what is to be watched.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readMonitored(input: unknown): MonitoredTarget[] {
  const read = validate(services, input, { code: 'INVALID_REQUEST', root: 'services' });
  return read.map((entry, index) => {
    const field = `services[${index}]`;
    if (typeof entry === 'string') return { service: entry, target: {}, locale: undefined, field };
    const { service, locale, ...given } = entry;
    if (given.version !== undefined) parseVersion(given.version, `${field}.version`);
    const target = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    return { service, target, locale, field };
  });
}

/**
 * Checks the options of a monitor.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readMonitorOptions(input: MonitorOptions | undefined): { intervalMs: number } {
  const { interval } = validate(options, input, { code: 'INVALID_REQUEST', root: 'options' });
  return { intervalMs: interval };
}

/**
 * Refuses a list that names one service twice: its probes would overlap.
 *
 * @param keys - What tells the services apart, in the order of the list.
 */
export function refuseDuplicates(keys: readonly string[]): void {
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice === -1) return;
  throw refusedInput('INVALID_REQUEST', `services[${twice}]`, 'It is in the list already');
}
