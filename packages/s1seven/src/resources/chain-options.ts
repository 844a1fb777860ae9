import { z } from 'zod';
import type { BigchainOptions, EthereumOptions } from '../model/transaction.ts';
import { requestObject } from './request-object.ts';

const texts = z.array(z.string());
/** The caller's own, which the vendor writes to the ledger. */
const object = z.looseObject({});
const recipients = z.array(requestObject({ publicKeys: texts, amount: z.string() }));

/** What a raw transaction of BigchainDB is made of (OpenAPI 0.3.0 of 2021). */
export const bigchainOptions: z.ZodType<BigchainOptions> = requestObject({
  operation: z.enum(['CREATE', 'TRANSFER']),
  createOptions: z
    .looseObject({ asset: object, metadata: object, recipients, issuers: texts })
    .optional(),
  transferOptions: z
    .looseObject({
      metadata: object,
      recipients,
      unspentOutputs: z.array(requestObject({ txId: z.string(), outputIndex: z.int().min(0) })),
    })
    .optional(),
});

/** What a raw transaction of Ethereum is made of (OpenAPI 0.3.0 of 2021). */
export const ethereumOptions: z.ZodType<EthereumOptions> = requestObject({
  from: z.string(),
  to: z.string(),
  value: z.string(),
  gas: z.number(),
  chainId: z.number(),
});
