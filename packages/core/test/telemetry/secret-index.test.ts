import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SecretIndex } from '../../src/telemetry/secret-index.ts';

function indexOf(...forms: string[]): SecretIndex {
  const index = new SecretIndex();
  for (const form of forms) index.add(form);
  return index;
}

describe('SecretIndex', () => {
  test('replaces every occurrence', () => {
    expect(indexOf('abc').replaceIn('abc-abc abcabc')).toBe(
      '[redacted]-[redacted] [redacted][redacted]',
    );
  });

  test('replaces the longest of two that begin alike', () => {
    expect(indexOf('abcd', 'abcdef').replaceIn('xabcdefx')).toBe('x[redacted]x');
  });

  test('leaves no rest of two that overlap', () => {
    expect(indexOf('abcdef', 'efghi', 'cde').replaceIn('<abcdefghi>')).toBe('<[redacted]>');
  });

  test('gives a text without secrets back as it is', () => {
    expect(indexOf('abc').replaceIn('ab')).toBe('ab');
    expect(indexOf().replaceIn('abc')).toBe('abc');
  });

  test('shows nothing of what it knows', () => {
    const index = indexOf('hunter2');
    expect(inspect(index, { depth: 12, showHidden: true })).not.toContain('hunter2');
    expect(JSON.stringify(index)).toBe('{}');
  });

  test('leaves none of its texts, whatever stands around them', () => {
    const form = fc.string({
      unit: fc.constantFrom('a', 'b', '漢', '\ud83d\ude00'),
      minLength: 3,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        fc.array(form, { maxLength: 5 }),
        fc.array(form, { maxLength: 20 }),
        (forms, pieces) => {
          const cleaned = indexOf(...forms).replaceIn(pieces.join(''));
          for (const secret of forms) expect(cleaned.includes(secret)).toBe(false);
        },
      ),
    );
  });
});
