import { refusedInput, type ClientDefaults, type ClientOptions } from '@vendorkit/core';
import { z } from 'zod';
import { baseUrlOf, type Environment } from './hosts.ts';
import { locale } from './method-call-options.ts';

/** The options of both SecuTix clients, beside those that every Vendorkit client has. */
export interface SecutixClientOptions extends ClientOptions {
  /** The institution's code, for instance `MOSA`. */
  institution: string;
  /** Which of the vendor's installations. Not needed with a `baseUrl`. */
  environment?: Environment | undefined;
  /**
   * The language of texts that come in one language only, as in `Accept-Language`.
   * @defaultValue the institution's language (SecuTix REST 5.5, SOAP 5.3)
   */
  locale?: string | undefined;
  /**
   * How long to wait before asking after an operation that is in progress, in milliseconds.
   * @defaultValue 30_000 (SecuTix REST 5.4, SOAP 5.2)
   */
  pollInterval?: number | undefined;
}

/**
 * How long an attempt and a call may take: 90 seconds, since the vendor says `in_progress` after 30,
 * and 15 minutes, which cover the polls.
 */
export const clientDefaults: ClientDefaults = { timeoutMs: 90_000, deadlineMs: 900_000 };

/** A text that somebody chose: a code, a user, a partner. */
export const shortText = z.string().min(1).max(500);

/** The schemas of {@link SecutixClientOptions}, by name. */
export const clientOptionSchemas = {
  institution: shortText,
  environment: z.enum(['production', 'preproduction', 'demo']).optional(),
  locale: locale.optional(),
  pollInterval: z.int().min(1).max(3_600_000).default(30_000),
};

/**
 * Where the institution is, unless the caller gives a `baseUrl`, which may stand for an institution
 * whose code is no host name. Then this is empty.
 *
 * @throws VendorError `CONFIGURATION` naming the field, if there is neither an environment nor a
 *   `baseUrl`, or if the code cannot be part of a host name.
 */
export function defaultBaseUrlOf({
  institution,
  environment,
  baseUrl,
}: {
  institution: string;
  environment: Environment | undefined;
  baseUrl: string | undefined;
}): string {
  if (baseUrl !== undefined) return '';
  if (environment !== undefined) return baseUrlOf(environment, institution);
  throw refusedInput('CONFIGURATION', 'environment', 'Give an `environment` or a `baseUrl`');
}
