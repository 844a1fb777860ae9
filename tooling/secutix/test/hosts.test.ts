import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { baseUrlOf } from '../src/hosts.ts';

describe('the address of an institution', () => {
  test.each([
    ['production', 'https://mosa.ws.secutix.com'],
    ['preproduction', 'https://mosa.pp-ws.secutix.com'],
    ['demo', 'https://mosa.demo-ws.secutix.com'],
  ] as const)('in %s is %s, in lower case', (environment, url) => {
    expect(baseUrlOf(environment, 'MOSA')).toBe(url);
  });

  test.each([
    '',
    ' ',
    'mo.sa',
    'mosa/',
    '-mosa',
    'mosa-',
    'MOSA_B2C',
    'mösa',
    'm@evil.test',
    'a'.repeat(64),
  ])('does not take the code %j', (institution) => {
    expect(() => baseUrlOf('demo', institution)).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION', field: 'institution', outcome: 'not-sent' }),
    );
  });

  test('does not take an environment that is not one', () => {
    const environment: string = 'constructor';
    expect(() => baseUrlOf(environment as 'demo', 'MOSA')).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION', field: 'environment' }),
    );
  });

  test('never leaves the domain of the vendor, whatever the code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (institution) => {
        const url = attempt(() => new URL(baseUrlOf('demo', institution)));
        if (url === undefined) return;
        expect(url.hostname).toBe(`${institution.toLowerCase()}.demo-ws.secutix.com`);
        expect(url.pathname).toBe('/');
      }),
    );
  });
});

function attempt<Value>(task: () => Value): Value | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}
