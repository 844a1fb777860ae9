import { anything } from '../answer-shape.ts';
import type { OperationDefinition } from '../operation.ts';
import { create, list, read, remove, update } from './kinds.ts';

/** The operations of the vendor's pipe service: what it tells others about events. */
export const pipeOperations = {
  'hooks.create': {
    ...create,
    path: '/hooks',
    evidence: 'openapi-2021',
    scope: { resource: 'hooks', action: 'create_one' },
    company: 'required',
  },
  'hooks.list': {
    ...list,
    path: '/hooks',
    evidence: 'openapi-2021',
    scope: { resource: 'hooks', action: 'read_many' },
    company: 'required',
  },
  'hooks.get': {
    ...read,
    path: '/hooks/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'hooks', action: 'read_one' },
    company: 'required',
  },
  'hooks.update': {
    ...update,
    path: '/hooks/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'hooks', action: 'update_one' },
    company: 'required',
  },
  'hooks.delete': {
    ...remove,
    path: '/hooks/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'hooks', action: 'delete_one' },
    company: 'required',
  },
  'events.list': {
    ...list,
    path: '/events',
    evidence: 'convention',
    scope: { resource: 'events', action: 'read_many' },
  },
  'events.get': {
    ...read,
    path: '/events/{id}',
    evidence: 'convention',
    scope: { resource: 'events', action: 'read_one' },
  },
  'events.update': {
    ...update,
    path: '/events/{id}',
    evidence: 'convention',
    scope: { resource: 'events', action: 'update_one' },
  },
  'events.retry': {
    ...create,
    path: '/events/{id}/retry',
    evidence: 'convention',
    scope: { resource: 'events', action: 'retry_one' },
    mayBeEmpty: true,
    shape: anything,
  },
  'mailhooks.create': {
    ...create,
    path: '/mailhooks',
    evidence: 'openapi-2021',
    scope: { resource: 'mailhooks', action: 'create_one' },
    company: 'required',
  },
  'mailhooks.list': {
    ...list,
    path: '/mailhooks',
    evidence: 'openapi-2021',
    scope: { resource: 'mailhooks', action: 'read_many' },
    company: 'required',
  },
  'mailhooks.get': {
    ...read,
    path: '/mailhooks/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'mailhooks', action: 'read_one' },
    company: 'required',
  },
  'mailhooks.update': {
    ...update,
    path: '/mailhooks/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'mailhooks', action: 'update_one' },
    company: 'required',
  },
  'mailhooks.delete': {
    ...remove,
    path: '/mailhooks/{id}',
    evidence: 'openapi-2021',
    scope: { resource: 'mailhooks', action: 'delete_one' },
    company: 'required',
  },
  'mails.list': {
    ...list,
    path: '/mails',
    evidence: 'convention',
    scope: { resource: 'mails', action: 'read_many' },
  },
  'mails.get': {
    ...read,
    path: '/mails/{id}',
    evidence: 'convention',
    scope: { resource: 'mails', action: 'read_one' },
  },
  'mails.update': {
    ...update,
    path: '/mails/{id}',
    evidence: 'convention',
    scope: { resource: 'mails', action: 'update_one' },
  },
  'mails.retry': {
    ...create,
    path: '/mails/{id}/retry',
    evidence: 'convention',
    scope: { resource: 'mails', action: 'retry_one' },
    mayBeEmpty: true,
    shape: anything,
  },
} as const satisfies Record<string, OperationDefinition>;
