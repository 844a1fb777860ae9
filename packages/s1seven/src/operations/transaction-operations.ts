import { aSignedTransaction } from '../answer-shape.ts';
import type { OperationDefinition } from '../operation.ts';
import { companyAndMode, create, list, read } from './kinds.ts';

/** The operations of the vendor's key management service on transactions. */
export const transactionOperations = {
  'transactions.create': {
    ...create,
    ...companyAndMode,
    path: '/transactions',
    evidence: 'openapi-2021',
    scope: { resource: 'transactions', action: 'create_one' },
  },
  'transactions.list': {
    ...list,
    ...companyAndMode,
    path: '/transactions',
    evidence: 'openapi-2021',
    scope: { resource: 'transactions', action: 'read_many' },
  },
  'transactions.get': {
    ...read,
    ...companyAndMode,
    path: '/transactions/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'transactions', action: 'read_one' },
  },
  'transactions.ledger': {
    ...list,
    ...companyAndMode,
    path: '/transactions/ledger',
    evidence: 'openapi-2021',
    scope: { resource: 'transactions', action: 'read_many' },
  },
  'transactions.sign': {
    ...create,
    ...companyAndMode,
    path: '/transactions/sign',
    evidence: 'openapi-2021',
    scope: { resource: 'transactions', action: 'sign' },
    shape: aSignedTransaction,
  },
  'transactions.partialSign': {
    ...create,
    ...companyAndMode,
    path: '/transactions/partial-sign',
    evidence: 'convention',
    scope: { resource: 'transactions', action: 'partial_sign' },
  },
  'transactions.send': {
    ...create,
    ...companyAndMode,
    path: '/transactions/send',
    evidence: 'openapi-2021',
    scope: { resource: 'transactions', action: 'send' },
    shape: aSignedTransaction,
  },
} as const satisfies Record<string, OperationDefinition>;
