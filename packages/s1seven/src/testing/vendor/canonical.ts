import { createHash } from 'node:crypto';

/**
 * JSON whose members stand in the order of their names, so that equal content has equal text. How the
 * vendor makes a hash independent of the writing is not public.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(
      Object.entries(member).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  });
}

/** A hash as the vendor's answers give it. */
export interface ContentHash {
  readonly algorithm: string;
  readonly encoding: 'hex' | 'base64';
  readonly value: string;
}

/** The hash of a content, whatever the order of its members. */
export function hashContent(
  content: unknown,
  algorithm = 'sha256',
  encoding: 'hex' | 'base64' = 'hex',
): ContentHash {
  return hashBytes(canonicalJson(content), algorithm, encoding);
}

/** The hash of a file. */
export function hashBytes(
  content: string | Buffer,
  algorithm: string,
  encoding: 'hex' | 'base64',
): ContentHash {
  return { algorithm, encoding, value: createHash(algorithm).update(content).digest(encoding) };
}
