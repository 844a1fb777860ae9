import { z } from 'zod';
import { VendorProblem } from '../vendor/problem.ts';

const recipients = z.array(z.strictObject({ publicKeys: z.array(z.string()), amount: z.string() }));
const createOptions = z.strictObject({
  asset: z.looseObject({}),
  metadata: z.looseObject({}),
  recipients,
  issuers: z.array(z.string()),
});
const transferOptions = z.strictObject({
  metadata: z.looseObject({}),
  recipients,
  unspentOutputs: z.array(z.strictObject({ txId: z.string(), outputIndex: z.number() })),
});
const bigChain = z.strictObject({
  operation: z.enum(['CREATE', 'TRANSFER']),
  createOptions: createOptions.optional(),
  transferOptions: transferOptions.optional(),
});
const ethereum = z.strictObject({
  from: z.string(),
  to: z.string(),
  value: z.string(),
  gas: z.number(),
  chainId: z.number(),
});

/** What a transaction is made of. The document of 2021 gives the coin type as a text and as a number. */
export const newTransaction = z.strictObject({
  coinType: z.coerce.number().pipe(z.literal([822, 100_000_000])),
  bcdbOptions: bigChain.optional(),
  ethOptions: ethereum.optional(),
});

/** A transaction that is not signed yet, in the form of its chain. @throws VendorProblem 400 */
export function rawTransaction({
  coinType,
  bcdbOptions,
  ethOptions,
}: z.output<typeof newTransaction>): unknown {
  if (coinType === 822 && bcdbOptions !== undefined) return rawBigChain(bcdbOptions);
  if (coinType === 100_000_000 && ethOptions !== undefined) return rawEthereum(ethOptions);
  throw new VendorProblem(400, 'The options for this coin type are missing.');
}

function rawBigChain(options: z.output<typeof bigChain>): unknown {
  const { operation } = options;
  const made = operation === 'CREATE' ? options.createOptions : options.transferOptions;
  if (made === undefined) {
    throw new VendorProblem(400, 'The options for this operation are missing.');
  }
  return {
    inputs: [{ fulfillment: '', owners_before: options.createOptions?.issuers ?? [] }],
    outputs: made.recipients.map(({ publicKeys, amount }) => ({
      amount,
      condition: { details: { type: 'ed25519-sha-256' }, uri: 'ni:///sha-256;emulated' },
      public_keys: publicKeys,
    })),
    version: '2.0',
    metadata: made.metadata,
    asset: operation === 'CREATE' ? { data: options.createOptions?.asset } : {},
    operation,
  };
}

function rawEthereum({ to, value, gas, chainId }: z.output<typeof ethereum>): unknown {
  return {
    chain_id: chainId,
    data: '0x',
    gas_limit: gas,
    gas_price: 1,
    nonce: 0,
    to,
    tx_type: 0,
    value: Number(value),
  };
}
