import { anything } from '../answer-shape.ts';
import type { OperationDefinition } from '../operation.ts';
import { create, list, read, remove, trigger, update } from './kinds.ts';

/** The operations of the vendor's user service. */
export const userOperations = {
  'users.create': {
    ...create,
    path: '/users',
    evidence: 'documented',
    scope: { resource: 'users', action: 'create_one' },
    anonymous: true,
  },
  'users.list': {
    ...list,
    path: '/users',
    evidence: 'openapi-2021',
    scope: { resource: 'users', action: 'read_many' },
  },
  'users.get': {
    ...read,
    path: '/users/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'users', action: 'read_one' },
  },
  'users.update': {
    ...update,
    path: '/users/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'users', action: 'update_one' },
  },
  'users.delete': {
    ...remove,
    path: '/users/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'users', action: 'delete_one' },
  },
  'users.me': {
    ...read,
    path: '/users/me',
    evidence: 'documented',
    scope: { resource: 'users', action: 'read_one' },
  },
  'users.companies': {
    ...list,
    path: '/users/{id}/companies',
    evidence: 'openapi-2021',
    scope: { resource: 'users', action: 'read_one' },
  },
  'users.confirm': {
    ...trigger,
    path: '/users/confirm-email',
    evidence: 'openapi-2021',
    scope: { resource: 'users', action: 'confirm' },
    anonymous: true,
    redirects: true,
    answer: 'none',
    shape: anything,
  },
  'users.resendVerification': {
    ...trigger,
    path: '/users/verify-email/{email}',
    evidence: 'openapi-2021',
    anonymous: true,
  },
  'users.resetPassword': {
    ...trigger,
    path: '/users/reset-password/{email}',
    evidence: 'openapi-2021',
    anonymous: true,
  },
  'users.setPassword': {
    ...create,
    path: '/users/reset-password',
    evidence: 'openapi-2021',
    scope: { resource: 'users', action: 'reset' },
    anonymous: true,
  },
  'users.changePassword': {
    ...update,
    method: 'PUT',
    path: '/users/{id}/password',
    evidence: 'openapi-2021',
    scope: { resource: 'users', action: 'reset' },
  },
  'userOnboarding.get': {
    ...read,
    path: '/user-onboarding/{id}',
    evidence: 'convention',
    scope: { resource: 'user_onboarding', action: 'read_one' },
  },
} as const satisfies Record<string, OperationDefinition>;
