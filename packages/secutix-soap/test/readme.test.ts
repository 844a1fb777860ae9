import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { services } from '@vendorkit/secutix-shared';
import type {
  DownReason,
  SecutixSoapOptions,
  ServiceOptions,
  SoapCallOptions,
  VendorErrorCode,
} from '../src/index.ts';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

/** The text between a heading and the next. */
function chapter(heading: string): string {
  const [, text = ''] = readme.split(`\n## ${heading}\n`);
  return text.split('\n## ')[0] ?? '';
}

// The compiler insists that these lists are complete and have nothing more.
const options: Record<keyof SecutixSoapOptions, true> = {
  institution: true,
  environment: true,
  username: true,
  password: true,
  security: true,
  mustUnderstand: true,
  wsdl: true,
  wsdlCache: true,
  wsdlHeaders: true,
  locale: true,
  pollInterval: true,
  baseUrl: true,
  timeout: true,
  deadline: true,
  retry: true,
  quota: true,
  logger: true,
  proxy: true,
  ca: true,
  hooks: true,
  maxSockets: true,
  maxResponseBytes: true,
  clock: true,
};
const callOptions: Record<keyof (ServiceOptions & SoapCallOptions), true> = {
  version: true,
  module: true,
  package: true,
  wsdl: true,
  locale: true,
  signal: true,
  timeout: true,
  deadline: true,
  priority: true,
  headers: true,
  idempotent: true,
};
type OtherVendors = 'SEAL_REJECTED' | 'TOKEN_ALLOWANCE_EXCEEDED' | 'SIGNATURE_REJECTED';
const codes: Record<Exclude<VendorErrorCode, OtherVendors>, true> = {
  CONFIGURATION: true,
  INVALID_REQUEST: true,
  BAD_REQUEST: true,
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  NOT_FOUND: true,
  CONFLICT: true,
  RATE_LIMITED: true,
  QUOTA_WAIT_EXCEEDED: true,
  SERVER_ERROR: true,
  CONNECTION: true,
  CERTIFICATE: true,
  TIMEOUT: true,
  DEADLINE_EXCEEDED: true,
  ABORTED: true,
  INVALID_RESPONSE: true,
  OPERATION_FAILED: true,
  SOAP_FAULT: true,
  CLOSED: true,
};
const reasons: Record<DownReason, true> = {
  network: true,
  credentials: true,
  quota: true,
  vendor: true,
  configuration: true,
};

test.each([
  ['Options', Object.keys({ ...options, ...callOptions })],
  ['Errors', Object.keys(codes)],
  ['Monitoring', [...Object.keys(reasons), 'probe']],
])('the chapter "%s" names them all', (heading, names) => {
  const text = chapter(heading);
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test('thirteen services are known, and one of them has no package', () => {
  const known = services.filter(({ module }) => module !== null);
  expect(known).toHaveLength(13);
  const withoutPackage = known.filter(({ soapPackage }) => soapPackage === null);
  expect(withoutPackage.map(({ name }) => name)).toEqual(['SetupService']);
});
