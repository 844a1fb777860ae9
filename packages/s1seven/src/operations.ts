import type { OperationDefinition } from './operation.ts';
import { certificateOperations } from './operations/certificate-operations.ts';
import { companyOperations } from './operations/company-operations.ts';
import { keyOperations } from './operations/key-operations.ts';
import { pipeOperations } from './operations/pipe-operations.ts';
import { transactionOperations } from './operations/transaction-operations.ts';
import { userOperations } from './operations/user-operations.ts';

/**
 * Everything that the vendor can be asked to do, by resource and method as the client names them.
 *
 * Scopes are those of S1SEVEN's API information of 2025 ("Requests") where it lists them, else of the
 * OpenAPI document 0.3.0 of 2021; which operation needs which is from the latter.
 */
export const operations = {
  ...userOperations,
  ...companyOperations,
  ...keyOperations,
  ...transactionOperations,
  ...certificateOperations,
  ...pipeOperations,
} as const satisfies Record<string, OperationDefinition>;

/** An operation's name: the client's resource and its method, for instance `certificates.notarize`. */
export type OperationName = keyof typeof operations;
