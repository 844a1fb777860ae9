import { VendorError } from '@vendorkit/core';
import { describe, expect, test } from '@jest/globals';
import { canaries } from '../../../../tooling/canary/secrets.ts';
import { resolveWithinOrigin } from '../../src/wsdl/own-origin.ts';

const service = new URL('https://mosa.ws.secutix.com/tnseb/x.webservice?wsdl');
const local = new URL('http://127.0.0.1:3000/x?wsdl');
const resolve = (location: string, from = service) =>
  resolveWithinOrigin(from, location, from.href).href;

describe('a location', () => {
  test.each([
    ['types.xsd', 'https://mosa.ws.secutix.com/tnseb/types.xsd'],
    ['?xsd=1', 'https://mosa.ws.secutix.com/tnseb/x.webservice?xsd=1'],
    ['/other/types.xsd?a=b#part', 'https://mosa.ws.secutix.com/other/types.xsd?a=b'],
    ['https://MOSA.ws.secutix.com:443/a', 'https://mosa.ws.secutix.com/a'],
    ['//mosa.ws.secutix.com/a', 'https://mosa.ws.secutix.com/a'],
    ['http://mosa.ws.secutix.com/a?xsd=1', 'https://mosa.ws.secutix.com/a?xsd=1'],
    ['http://mosa.ws.secutix.com:80/a', 'https://mosa.ws.secutix.com/a'],
    ['http://mosa.ws.secutix.com:8080/a', 'https://mosa.ws.secutix.com/a'],
    ['http://mosa.ws.secutix.com:443/a', 'https://mosa.ws.secutix.com/a'],
    ['https://mosa.ws.secutix.com//evil.example/a', 'https://mosa.ws.secutix.com//evil.example/a'],
    ['http://mosa.ws.secutix.com//evil.example/a', 'https://mosa.ws.secutix.com//evil.example/a'],
  ])('%s leads to %s', (location, expected) => {
    expect(resolve(location)).toBe(expected);
  });

  test('is relative to the document in which it stands', () => {
    const base = 'https://mosa.ws.secutix.com/schemas/deep/a.xsd';
    expect(resolveWithinOrigin(service, '../b.xsd', base).pathname).toBe('/schemas/b.xsd');
  });

  test.each([
    ['https://evil.example/a?key=1', '`https://evil.example`'],
    ['http://evil.example/a', '`http://evil.example`'],
    ['https://mosa.ws.secutix.com.evil.example/', '`https://mosa.ws.secutix.com.evil.example`'],
    ['https://mosa.ws.secutix.com:8443/a', '`https://mosa.ws.secutix.com:8443`'],
    ['http://169.254.169.254/latest/meta-data', '`http://169.254.169.254`'],
    ['//evil.example/a', '`https://evil.example`'],
    [String.raw`\\evil.example\a`, '`https://evil.example`'],
    ['file:///etc/passwd', '`file:`'],
    ['data:text/xml,<a/>', '`data:`'],
    ['blob:https://mosa.ws.secutix.com/x', '`blob:`'],
    ['ftp://mosa.ws.secutix.com/x', '`ftp:`'],
  ])('%s is refused, and only its origin is named', (location, origin) => {
    const refused = () => resolve(location);
    expect(refused).toThrow(VendorError);
    expect(refused).toThrow(
      `The WSDL imports from ${origin}, which is not the service's own origin.`,
    );
    expect(refused).toThrow(expect.objectContaining({ code: 'INVALID_RESPONSE' }));
  });

  test.each([
    `https://user:${encodeURIComponent(canaries.password)}@mosa.ws.secutix.com/a`,
    'https://user@mosa.ws.secutix.com/a',
  ])('with credentials is refused, and they are not named (%#)', (location) => {
    expect(() => resolve(location)).toThrow(
      'The WSDL imports from a location with credentials in it.',
    );
  });

  test('that is no URL is refused', () => {
    expect(() => resolve('http://[')).toThrow('The WSDL imports from a location that is no URL.');
  });
});

describe('for a service on http, which is on this computer', () => {
  test.each(['http://127.0.0.1:4000/a', 'https://127.0.0.1:3000/a', 'http://localhost:3000/a'])(
    '%s is elsewhere',
    (location) => {
      expect(() => resolve(location, local)).toThrow("not the service's own origin");
    },
  );

  test('its own port is its own', () => {
    expect(resolve('http://127.0.0.1:3000/a?xsd=1', local)).toBe('http://127.0.0.1:3000/a?xsd=1');
  });
});
