import type { Mode } from '../operation-caller.ts';
import type { Entity, Open } from './entity.ts';

/** A server of a ledger (OpenAPI 0.3.0 of 2021). */
export interface LedgerNode extends Entity {
  name: string;
  /** Which ledger: its number in SLIP-0044. */
  coinType: number;
  connectionUrl: string;
  status: Open<'active' | 'inactive'>;
  mode: Open<Mode>;
}

/** A node to be. */
export interface CreateNode {
  /** 4 to 64 characters. */
  readonly name: string;
  /** Which ledger: its number in SLIP-0044, 0 to 608589380. */
  readonly coinType: number;
  readonly connectionUrl: string;
}

/** A node's new state. All fields are needed. */
export interface UpdateNode {
  /** 4 to 64 characters. */
  readonly name: string;
  readonly connectionUrl: string;
  readonly status: 'active' | 'inactive';
}

/** Which nodes are listed. */
export interface NodeQuery {
  /** Those of one ledger: its number in SLIP-0044. */
  readonly coinType?: number | undefined;
}
