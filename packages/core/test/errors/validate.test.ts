import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { refusedInput, validate } from '../../src/errors/validate.ts';
import { VendorError } from '../../src/errors/vendor-error.ts';

const schema = z.strictObject({
  name: z.string(),
  lines: z.array(z.strictObject({ amount: z.int() })).optional(),
});

function refusal(input: unknown, root?: string): VendorError {
  try {
    validate(schema, input, { code: 'INVALID_REQUEST', ...(root !== undefined && { root }) });
  } catch (error) {
    if (VendorError.is(error)) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('validate', () => {
  test('gives the parsed value', () => {
    const input = { name: 'Wile', lines: [{ amount: 1 }] };
    expect(validate(schema, input, { code: 'CONFIGURATION' })).toEqual(input);
    const trimmed = z.string().trim();
    expect(validate(trimmed, ' x ', { code: 'CONFIGURATION' })).toBe('x');
  });

  test.each<[unknown, string]>([
    [{ name: 5 }, 'name'],
    [{}, 'name'],
    [{ name: '', lines: [{ amount: 1 }, { amount: 1.5 }] }, 'lines[1].amount'],
    [{ name: '', lines: {} }, 'lines'],
    [{ name: '', size: 1 }, 'size'],
    [{ name: '', lines: [{ amount: 1, tax: 2 }] }, 'lines[0].tax'],
    [{ name: '', 'a\r\nb': 1 }, '["a\\r\\nb"]'],
    [5, 'options'],
  ])('names the field that is wrong in %j: %s', (input, field) => {
    const error = refusal(input);
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expect(error.message.startsWith(`\`${field}\` was refused. `)).toBe(true);
  });

  test('begins the path with the name of the whole', () => {
    expect(refusal({ name: 5 }, 'parameters').field).toBe('parameters.name');
    expect(refusal(5, 'parameters').field).toBe('parameters');
    expect(refusal({ name: '', lines: [5] }, 'parameters').field).toBe('parameters.lines[0]');
  });

  test('never prints the value', () => {
    const choice = z.strictObject({ priority: z.enum(['high', 'low']), date: z.iso.date() });
    for (const input of [{ priority: 'canary' }, { priority: 'low', date: 'canary' }]) {
      expect(() => validate(choice, input, { code: 'CONFIGURATION' })).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('canary') }),
      );
    }
  });
});

test('a refusal ends its sentence once', () => {
  const messages = ['It is empty', 'It is empty.'].map(
    (problem) => refusedInput('CONFIGURATION', 'name', problem).message,
  );
  expect(messages).toEqual(Array.from(messages, () => '`name` was refused. It is empty.'));
});
