import type { Entity, Open } from './entity.ts';

/** A ledger that the vendor supports (OpenAPI 0.3.0 of 2021). */
export interface CoinType extends Entity {
  /** Its number in SLIP-0044: 822 for BigchainDB, for instance. It is the key, too. */
  bip44Id: number;
  status: Open<'active' | 'inactive'>;
}

/** A ledger to be supported. Its fields are not public. */
export type CreateCoinType = Readonly<Record<string, unknown>>;
