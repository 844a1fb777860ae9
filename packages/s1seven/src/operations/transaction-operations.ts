import type { OperationDefinition } from '../operation.ts';
import { companyAndMode, create, read } from './kinds.ts';

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
    ...read,
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
    ...read,
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
  },
} as const satisfies Record<string, OperationDefinition>;
