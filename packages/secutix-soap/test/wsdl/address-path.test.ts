import { describe, expect, test } from '@jest/globals';
import { addressPath } from '../../src/wsdl/address-path.ts';

const base = new URL('https://mosa.ws.secutix.com');
const prefixed = new URL('https://gate.example/secutix/');
const fallback = '/tnseb/fallback.webservice';

describe('the address of a port', () => {
  test.each([
    ['https://mosa.ws.secutix.com/tnseb/x.webservice', '/tnseb/x.webservice', ''],
    ['http://mosa.ws.secutix.com:80/tnseb/x.webservice', '/tnseb/x.webservice', ''],
    ['https://mosa.ws.secutix.com', '/', ''],
    ['https://mosa.ws.secutix.com/a%20b/c?d=e&f', '/a%20b/c', 'd=e&f'],
    ['https://mosa.ws.secutix.com/a?b={c}|"d"^`[é]', '/a', 'b=%7Bc%7D%7C%22d%22%5E%60%5B%C3%A9%5D'],
    [' https://mosa.ws.secutix.com/a/../b#c ', '/b', ''],
    ['https://user:pass@mosa.ws.secutix.com/a', '/a', ''],
  ])('%s is the path %s and the query %p', (address, path, query) => {
    expect(addressPath(address, base, fallback)).toEqual({ path, query });
  });

  test.each([null, '', 'REPLACE_WITH_ACTUAL_URL', '/tnseb/x', 'jms:queue', 'urn:x', 'http://['])(
    '%p is none: the path of the service is used',
    (address) => {
      expect(addressPath(address, base, fallback)).toEqual({ path: fallback, query: '' });
    },
  );

  test.each([
    ['https://internal.example:8443/tnseb/x', 'https://internal.example:8443'],
    ['http://internal.example/tnseb/x', 'http://internal.example'],
    ['https://mosa.ws.secutix.com:8443/tnseb/x', 'https://mosa.ws.secutix.com:8443'],
  ])('%s is called on the own base URL, and its origin is told', (address, foreignOrigin) => {
    expect(addressPath(address, base, fallback)).toEqual({
      path: '/tnseb/x',
      query: '',
      foreignOrigin,
    });
  });
});

describe('a path prefix of the base URL', () => {
  test.each([
    ['https://gate.example/secutix/tnseb/x', '/tnseb/x'],
    ['http://gate.example:8080/secutix/tnseb/x', '/tnseb/x'],
    ['https://gate.example/secutix', '/'],
    ['https://gate.example/secutix/', '/'],
    ['https://gate.example/tnseb/x', '/tnseb/x'],
    ['https://gate.example/secutixed/x', '/secutixed/x'],
  ])('is not doubled: %s is %s', (address, path) => {
    expect(addressPath(address, prefixed, fallback)).toEqual({ path, query: '' });
  });
});
