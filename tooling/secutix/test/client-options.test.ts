import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { clientOptionSchemas, defaultBaseUrlOf } from '../src/index.ts';

const schema = z.strictObject(clientOptionSchemas);

describe('the options of both clients', () => {
  test('need an institution only, and ask again after 30 seconds', () => {
    expect(schema.parse({ institution: 'MOSA' })).toEqual({
      institution: 'MOSA',
      pollInterval: 30_000,
    });
  });

  test.each([
    ['institution', ''],
    ['institution', 'x'.repeat(501)],
    ['environment', 'staging'],
    ['locale', 'french; please'],
    ['pollInterval', 0],
    ['pollInterval', 1.5],
    ['pollInterval', 3_600_001],
  ])('are refused with the %s %p', (name, value) => {
    const { error } = schema.safeParse({ institution: 'MOSA', [name]: value });
    expect(error?.issues[0]?.path).toEqual([name]);
  });
});

describe('the base URL', () => {
  test('is that of the environment', () => {
    const address = { institution: 'MOSA', environment: 'demo', baseUrl: undefined } as const;
    expect(defaultBaseUrlOf(address)).toBe('https://mosa.demo-ws.secutix.com');
  });

  test('is left to the caller who gives one, whatever the institution is called', () => {
    const baseUrl = 'https://gateway.example.org';
    const address = { institution: 'not a host', environment: 'demo', baseUrl } as const;
    expect(defaultBaseUrlOf(address)).toBe('');
  });

  test('needs one of the two', () => {
    const address = { institution: 'MOSA', environment: undefined, baseUrl: undefined };
    expect(() => defaultBaseUrlOf(address)).toThrow('`environment` was refused.');
  });
});
