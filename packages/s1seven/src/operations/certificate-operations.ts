import { aHash, aNotarization, aValidCertificate, aVerification } from '../answer-shape.ts';
import type { OperationDefinition } from '../operation.ts';
import { ask, companyAndMode, create, read } from './kinds.ts';

/** The operations of the vendor's certificate service. */
export const certificateOperations = {
  'certificates.create': {
    ...create,
    path: '/certificates',
    evidence: 'convention',
    scope: { resource: 'certificates', action: 'create_one' },
    mode: 'if-known',
  },
  'certificates.get': {
    ...read,
    path: '/certificates/{id}',
    evidence: 'convention',
    scope: { resource: 'certificates', action: 'read_one' },
    mode: 'if-known',
  },
  'certificates.schemas': {
    ...read,
    path: '/certificates/schemas',
    evidence: 'openapi-2021',
  },
  'certificates.hash': {
    ...ask,
    path: '/certificates/hash',
    evidence: 'vendor-client',
    shape: aHash,
  },
  'certificates.hashFile': {
    ...ask,
    path: '/certificates/hash-file',
    evidence: 'openapi-2021',
    shape: aHash,
  },
  'certificates.validate': {
    ...ask,
    path: '/certificates/validate',
    evidence: 'vendor-client',
    scope: { resource: 'certificates', action: 'validate_one' },
    shape: aValidCertificate,
  },
  'certificates.validateFile': {
    ...ask,
    path: '/certificates/validate-file',
    evidence: 'openapi-2021',
    scope: { resource: 'certificates', action: 'validate_one' },
    shape: aValidCertificate,
  },
  // The vendor finds a certificate by its hash, so a second time is probably harmless; nothing says so.
  'certificates.notarize': {
    ...create,
    ...companyAndMode,
    path: '/certificates/notarize',
    evidence: 'vendor-client',
    scope: { resource: 'certificates', action: 'notarize_one' },
    shape: aNotarization,
  },
  'certificates.notarizeFile': {
    ...create,
    ...companyAndMode,
    path: '/certificates/notarize-file',
    evidence: 'openapi-2021',
    scope: { resource: 'certificates', action: 'notarize_one' },
    shape: aNotarization,
  },
  'certificates.verify': {
    ...ask,
    path: '/certificates/verify',
    evidence: 'vendor-client',
    scope: { resource: 'certificates', action: 'validate_one' },
    mode: 'required',
    anonymous: true,
    shape: aVerification,
  },
  'certificates.verifyFile': {
    ...ask,
    path: '/certificates/verify-file',
    evidence: 'openapi-2021',
    scope: { resource: 'certificates', action: 'validate_one' },
    mode: 'required',
    shape: aVerification,
  },
  // The 2021 document guards rendering with `read_one`, beside a `render_one` that guards nothing.
  // The list of 2025 has both, so `render_one` is assumed to be in use now.
  'certificates.render': {
    ...ask,
    path: '/certificates/render',
    evidence: 'openapi-2021',
    scope: { resource: 'certificates', action: 'render_one' },
    answer: 'bytes',
  },
  'certificates.renderFile': {
    ...ask,
    path: '/certificates/render-file',
    evidence: 'openapi-2021',
    scope: { resource: 'certificates', action: 'render_one' },
    answer: 'bytes',
  },
} as const satisfies Record<string, OperationDefinition>;
