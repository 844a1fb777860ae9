import { isPlainObject } from '@vendorkit/core';

/**
 * What a success must look like at least. What is not asked for here is the vendor's to add, to leave
 * out or to change.
 */
export interface AnswerShape {
  /** What it is, for the error of an answer that is something else: `a list`. */
  readonly expected: string;
  /** Whether a JSON value is of this shape. */
  fits(value: unknown): boolean;
}

/** For answers that are not public, or of which nothing is needed. */
export const anything: AnswerShape = { expected: 'anything', fits: () => true };

export const anObject: AnswerShape = { expected: 'an object', fits: isPlainObject };

export const aList: AnswerShape = {
  expected: 'a list',
  fits: (value) => Array.isArray(value),
};

/** `HashResponseDto` (OpenAPI 0.3.0 of 2021). */
export const aHash: AnswerShape = {
  expected: 'an object with a hash as its `value`',
  fits: isHash,
};

/** The certificate itself (OpenAPI 0.3.0 of 2021). Its members are not checked, but for a plain no. */
export const aValidCertificate: AnswerShape = {
  expected: 'a certificate',
  fits: (value) => isPlainObject(value) && value['isValid'] !== false,
};

/** `NotarizationDto` (OpenAPI 0.3.0 of 2021): without any of the three, nothing tells that it began. */
export const aNotarization: AnswerShape = {
  expected: 'an object with a `hash`, a `jobId` or a `transactionId`',
  fits: (value) =>
    isPlainObject(value) &&
    (isHash(value['hash']) || isReference(value['jobId']) || isReference(value['transactionId'])),
};

/** `VerificationDto` (OpenAPI 0.3.0 of 2021). */
export const aVerification: AnswerShape = {
  expected: 'an object with a boolean `isValid`',
  fits: (value) => isPlainObject(value) && typeof value['isValid'] === 'boolean',
};

/** `SignedTransactionDto` (OpenAPI 0.3.0 of 2021), where it is a list. */
export const aSignedTransaction: AnswerShape = {
  expected: 'an object with a `signedTx`',
  fits: (value) => isPlainObject(value) && isObjectOrList(value['signedTx']),
};

/** As the vendor's Node-RED client reads it, or as RFC 6749, 5.1 names it. */
export const aToken: AnswerShape = {
  expected: 'an object with an `accessToken`',
  fits: (value) => isPlainObject(value) && isText(value['accessToken'] ?? value['access_token']),
};

function isHash(value: unknown): boolean {
  return isPlainObject(value) && isText(value['value']);
}

function isReference(value: unknown): boolean {
  return isText(value) || typeof value === 'number' || typeof value === 'bigint';
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isObjectOrList(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
