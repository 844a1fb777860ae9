import { z } from 'zod';

/** What the vendor says of single fields (OpenAPI 0.3.0 of 2021). */

export const text = (minimum: number, maximum: number): z.ZodString =>
  z.string().min(minimum).max(maximum);

export const id: z.ZodType<string> = z.string().min(1);

/** No more than an e-mail address must have, so that none is refused that the vendor would take. */
export const email: z.ZodType<string> = z
  .string()
  .regex(/^[^\s@]+@[^\s@]+$/, 'Expected an e-mail address');

export const url: z.ZodType<string> = z
  .string()
  .refine((address) => URL.canParse(address), 'Expected an absolute address');

/** A ledger's number in SLIP-0044. */
export const coinType: z.ZodType<number> = z.int().min(0).max(608_589_380);

/** A number in the path to a key (BIP-0044). */
export const pathNumber: z.ZodType<number> = z.int().min(0);

export const change: z.ZodType<0 | 1> = z.literal([0, 1]);

export const enabledOrDisabled: z.ZodType<'enabled' | 'disabled'> = z.enum(['enabled', 'disabled']);

export const activeOrInactive: z.ZodType<'active' | 'inactive'> = z.enum(['active', 'inactive']);
