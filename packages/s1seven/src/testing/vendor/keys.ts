import { createHash, randomInt } from 'node:crypto';
import type { DerivationPath, WalletRecord } from './records.ts';

const words = [
  'anvil',
  'basin',
  'cedar',
  'delta',
  'ember',
  'flint',
  'grain',
  'hinge',
  'ingot',
  'joint',
  'kiln',
  'ladle',
  'metal',
  'nickel',
  'oxide',
  'plate',
  'quarry',
  'rivet',
  'steel',
  'torch',
  'union',
  'valve',
  'weld',
  'zinc',
] as const;

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Twelve words. They are not of BIP 39: the emulator's keys are good for nothing. */
export function newMnemonic(): string {
  return Array.from({ length: 12 }, () => words[randomInt(words.length)]).join(' ');
}

/** What stands for the seed of a wallet. */
export function seedOf(mnemonic: string): string {
  return createHash('sha512').update(mnemonic).digest('hex');
}

/** What stands for a public key: the same for the same wallet and path. */
export function addressOf(
  { mnemonic }: WalletRecord,
  { coinType, account, index, change }: DerivationPath,
): { readonly publicKey: string; readonly did: string } {
  const path = `m/44'/${coinType}'/${account}'/${change}/${index}`;
  const publicKey = toBase58(
    createHash('sha256')
      .update(`${seedOf(mnemonic)} ${path}`)
      .digest(),
  );
  return { publicKey, did: `did:key:z6Mk${publicKey}` };
}

function toBase58(bytes: Buffer): string {
  let left = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; left > 0n; left /= 58n) text = `${base58[Number(left % 58n)] ?? ''}${text}`;
  return text;
}
