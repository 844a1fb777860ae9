import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { VendorErrorCode } from '@vendorkit/core';
import type { SubscribeOptions } from '../src/events/subscribe-options.ts';
import type { Evidence, OperationDefinition } from '../src/operation.ts';
import type { S1SevenCallOptions } from '../src/operation-caller.ts';
import { operations } from '../src/operations.ts';
import type { S1SevenOptions } from '../src/options.ts';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

/** The text between a heading and the next. */
function chapter(heading: string): string {
  const [, text = ''] = readme.split(`\n## ${heading}\n`);
  return text.split('\n## ')[0] ?? '';
}

// The compiler insists that these lists are complete and have nothing more.
const options: Record<keyof S1SevenOptions, true> = {
  environment: true,
  baseUrl: true,
  brokerUrl: true,
  urlForm: true,
  vhost: true,
  clientId: true,
  clientSecret: true,
  accessToken: true,
  tokenStore: true,
  mode: true,
  companyId: true,
  apiVersion: true,
  paths: true,
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
const callOptions: Record<keyof S1SevenCallOptions, true> = {
  mode: true,
  company: true,
  apiVersion: true,
  signal: true,
  timeout: true,
  deadline: true,
  priority: true,
  headers: true,
  idempotent: true,
};
const subscribeOptions: Record<keyof SubscribeOptions, true> = {
  clientId: true,
  concurrency: true,
  ordered: true,
  retries: true,
  onPoison: true,
  key: true,
  signal: true,
};
type OtherVendors = 'SOAP_FAULT' | 'SEAL_REJECTED' | 'OPERATION_FAILED';
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
  TOKEN_ALLOWANCE_EXCEEDED: true,
  SIGNATURE_REJECTED: true,
  CLOSED: true,
};

test.each([
  ['Options', Object.keys({ ...options, ...callOptions, ...subscribeOptions })],
  ['Errors', Object.keys(codes)],
])('the chapter "%s" names them all', (heading, names) => {
  const text = chapter(heading);
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test('the chapter "Resources" has every method, marked by where its path is known from', () => {
  const marks: Record<Evidence, string> = {
    documented: '†',
    'vendor-client': '‡',
    'openapi-2021': '',
    convention: '?',
  };
  const all: [string, OperationDefinition][] = Object.entries(operations);
  const expected = all.map(([name, { evidence }]) => `s1.${name}${marks[evidence]}`);
  const rows = chapter('Resources').matchAll(/^\| `(s1\.\w+)` +\| (.*?) *\|$/gm);
  const listed = [...rows].flatMap(([, resource = '', methods = '']) =>
    methods.split(', ').map((method) => `${resource}.${method.replaceAll('`', '')}`),
  );
  expect(listed.toSorted()).toEqual(expected.toSorted());
});
