import { aToken, anything } from '../answer-shape.ts';
import type { OperationDefinition } from '../operation.ts';
import { create, list, read, remove, update } from './kinds.ts';

/** The operations of the vendor's user service on companies and what acts for them. */
export const companyOperations = {
  'companies.create': {
    ...create,
    path: '/companies',
    evidence: 'openapi-2021',
    scope: { resource: 'companies', action: 'create_one' },
  },
  'companies.list': {
    ...list,
    path: '/companies',
    evidence: 'openapi-2021',
    scope: { resource: 'companies', action: 'read_many' },
  },
  'companies.get': {
    ...read,
    path: '/companies/{id}',
    evidence: 'documented',
    scope: { resource: 'companies', action: 'read_one' },
  },
  'companies.update': {
    ...update,
    path: '/companies/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'companies', action: 'update_one' },
  },
  'companies.delete': {
    ...remove,
    path: '/companies/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'companies', action: 'delete_one' },
  },
  'companies.validate': {
    ...read,
    path: '/companies/validate',
    evidence: 'openapi-2021',
    scope: { resource: 'companies', action: 'validate_one' },
  },
  'companies.confirm': {
    ...create,
    path: '/companies/{id}/confirm',
    evidence: 'convention',
    scope: { resource: 'companies', action: 'confirm' },
    mayBeEmpty: true,
    shape: anything,
  },
  'companies.countries': {
    ...read,
    path: '/companies/countries',
    evidence: 'openapi-2021',
  },
  'companies.wallet': {
    ...read,
    path: '/companies/{id}/wallet',
    evidence: 'openapi-2021',
    scope: { resource: 'companies', action: 'read_one' },
    mode: 'required',
  },
  'companies.addMember': {
    ...update,
    path: '/companies/{id}/member',
    evidence: 'openapi-2021',
    scope: { resource: 'companies', action: 'update_one' },
  },
  'companies.removeMember': {
    ...remove,
    path: '/companies/{id}/member',
    evidence: 'openapi-2021',
    scope: { resource: 'companies', action: 'update_one' },
  },
  'applications.create': {
    ...create,
    path: '/applications',
    evidence: 'documented',
    scope: { resource: 'applications', action: 'create_one' },
    company: 'required',
  },
  'applications.list': {
    ...list,
    path: '/applications',
    evidence: 'vendor-client',
    scope: { resource: 'applications', action: 'read_many' },
    company: 'required',
  },
  'applications.get': {
    ...read,
    path: '/applications/{id}',
    evidence: 'convention',
    scope: { resource: 'applications', action: 'read_one' },
    company: 'required',
  },
  'applications.update': {
    ...update,
    path: '/applications/{id}',
    evidence: 'convention',
    scope: { resource: 'applications', action: 'update_one' },
    company: 'required',
  },
  'applications.delete': {
    ...remove,
    path: '/applications/{id}',
    evidence: 'convention',
    scope: { resource: 'applications', action: 'delete_one' },
    company: 'required',
  },
  'applications.rotateSecret': {
    ...create,
    path: '/applications/{id}/rotate-secret',
    evidence: 'documented',
    scope: { resource: 'applications_secrets', action: 'rotate' },
    company: 'required',
  },
  'tokens.create': {
    ...create,
    path: '/tokens',
    evidence: 'documented',
    scope: { resource: 'tokens', action: 'create_one' },
    anonymous: true,
    withoutToken: true,
    repeatable: 'when-not-sent',
    shape: aToken,
  },
} as const satisfies Record<string, OperationDefinition>;
