import { expect, test } from '@jest/globals';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { parseBaseUrl } from '../../src/transport/base-url.ts';

test.each([
  'https://vendor.example',
  'https://vendor.example:8443/api/',
  'http://127.0.0.1:3000',
  'http://127.8.9.1',
  'http://localhost/x',
  'http://[::1]:80',
])('%s is accepted', (text) => {
  expect(parseBaseUrl(text).href).toBe(new URL(text).href);
});

test.each([
  '',
  'vendor.example',
  '/api',
  'ftp://vendor.example',
  'file:///etc/passwd',
  'http://vendor.example',
  'http://10.0.0.1',
  'http://128.0.0.1',
  'http://0.0.0.0',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example',
  'https://user@vendor.example',
  'https://user:canary@vendor.example',
  'https://vendor.example?canary=1',
  'https://vendor.example/?',
  'https://vendor.example/#canary',
  undefined,
  12,
  new URL('https://vendor.example'),
])('%p is refused, and not quoted', (text) => {
  const refused = () => parseBaseUrl(text as string);
  expect(refused).toThrow(VendorError);
  expect(refused).toThrow(expect.objectContaining({ code: 'CONFIGURATION', field: 'baseUrl' }));
  expect(refused).not.toThrow(/canary/);
});
