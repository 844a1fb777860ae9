import type { Open } from './entity.ts';

/**
 * A certificate as JSON: of any family and version, named by the address of its schema. It is sent as
 * it is given, since its hash depends on its content.
 */
export type Certificate = { readonly RefSchemaUrl: string } & Readonly<Record<string, unknown>>;

/**
 * A certificate, of a type of your own too, or its text. A text is sent byte for byte: whoever has a
 * file should pass its bytes, so that numbers and the order of fields stay as they were hashed. It is
 * JSON in UTF-8 without a byte order mark.
 */
export type CertificateInput =
  | Certificate
  | { readonly RefSchemaUrl: string }
  | string
  | Uint8Array;

/** A file to be sent: its bytes, or its bytes with a name. No `Blob`: read it first. */
export type FileInput = Uint8Array | NamedFile;

/** A file with a name. */
export interface NamedFile {
  readonly content: Uint8Array | string;
  /** @defaultValue 'certificate.json' */
  readonly filename?: string | undefined;
  /**
   * Its media type.
   * @defaultValue 'application/json'
   */
  readonly contentType?: string | undefined;
}

/** How a hash is made. The last two are listed in the vendor's user interface of 2025 only. */
export type HashAlgorithm =
  | 'sha256'
  | 'sha512'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'
  | 'md5'
  | 'sha1';

/** How a hash is written. */
export type HashEncoding = 'hex' | 'base64';

/** A hash. */
export interface HashResult {
  algorithm: Open<HashAlgorithm>;
  encoding?: Open<HashEncoding>;
  value: string;
  [field: string]: unknown;
}

/** What is hashed, and how. */
export interface HashRequest {
  readonly algorithm: HashAlgorithm;
  readonly encoding?: HashEncoding | undefined;
  /** The JSON to hash. */
  readonly source: object;
}

/**
 * What a notarization begins with. The vendor goes on by itself: the end comes as an event, as a
 * webhook, or shows in a verification.
 */
export interface Notarization {
  /** Whether it is the first of this certificate (inferred from the name). */
  isNewInstance: boolean;
  /** When the transaction or the job was made. */
  timestamp: string;
  hash: HashResult;
  /** The transaction, if the certificate was notarized before. */
  transactionId?: string;
  /** The job, if it was not. */
  jobId?: string | number;
  [field: string]: unknown;
}

/** Whether a certificate is what was notarized. */
export interface Verification {
  /** Whether it is valid, and notarized. */
  isValid: boolean;
  hash: HashResult;
  timestamp?: string;
  transactionId?: string;
  /** Whose key signed (seen in the vendor's public verification page of 2025). */
  identity?: { id?: string; publicKey?: string; [field: string]: unknown };
  /** Who notarized (seen in the vendor's public verification page of 2025). */
  company?: { name?: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** The versions of schemas that the vendor knows, by family, for instance `en10168-schemas`. */
export type CertificateSchemas = Record<string, string[]>;
