import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commentOf } from '../../src/types/documentation.ts';
import { textOf } from './arbitrary-model.ts';

describe('a comment', () => {
  test('that is short has one line', () => {
    expect(commentOf(['The season.'], '  ')).toEqual(['  /** The season. */']);
  });

  test('is left out where nothing is said', () => {
    expect(commentOf([undefined, '', ' \n '])).toEqual([]);
  });

  test('keeps its lines and paragraphs, without the white space of the WSDL', () => {
    const text = '\n      One.\n\tTwo  words.\n\n\n      Three.\n    ';
    expect(commentOf([text, 'Four.'])).toEqual([
      '/**',
      ' * One.',
      ' * Two words.',
      ' *',
      ' * Three.',
      ' *',
      ' * Four.',
      ' */',
    ]);
  });

  test('is wrapped at 100 columns, between words', () => {
    const lines = commentOf([`${'word '.repeat(60)}${'long'.repeat(40)} end`], '    ');
    const tooLong = lines.filter((line) => line.length > 100);
    expect(tooLong).toEqual([`     * ${'long'.repeat(40)}`]);
    expect(lines.join(' ').match(/word/g)).toHaveLength(60);
  });

  test('cannot be ended by what is said', () => {
    expect(commentOf(['a */ process.exit() /* b'])).toEqual(['/** a *\\/ process.exit() /* b */']);
  });

  test('has no tags but escaped ones', () => {
    expect(commentOf(['@deprecated {@link x} me@example.com'])).toEqual([
      '/** \\@deprecated {\\@link x} me\\@example.com */',
    ]);
  });

  test('is one comment, whatever is said', () => {
    const texts = textOf(
      '*',
      '/',
      '\\',
      '@',
      ' ',
      '\n',
      '\r',
      '\u2028',
      '\u0085',
      '\0',
      '\u001b',
      'ab',
    );
    fc.assert(
      fc.property(fc.array(texts), fc.constantFrom('', '  '), (paragraphs, indent) => {
        const text = commentOf(paragraphs, indent).join('\n');
        const inner = text.replace(/^ *\/\*\*/, '').replace(/\*\/$/, '');
        expect(inner).not.toContain('*/');
        expect(inner).not.toMatch(/(?<!\\)@/);
        // What a terminal or a compiler takes for the end of a line, or for a command.
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028]/u);
      }),
    );
  });
});
