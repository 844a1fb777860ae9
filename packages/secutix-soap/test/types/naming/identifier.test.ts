import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { textOf } from '../arbitrary-model.ts';
import { literalOf, memberNameOf, typeNameOf } from '../../../src/types/naming/identifier.ts';

describe('the name of a type', () => {
  test.each([
    ['CatalogResult', 'CatalogResult'],
    ['catalogResult', 'CatalogResult'],
    ['POS_Type', 'POS_Type'],
    ['order-line', 'OrderLine'],
    ['order.line.v2', 'OrderLineV2'],
    ['3DSecure', '_3DSecure'],
    ['_hidden', '_hidden'],
    ['class', 'Class'],
    ['Billet-Électronique', 'BilletÉlectronique'],
    ['切符', '切符'],
    ['-.-', '_'],
    ['a\u{10000}b', 'AB'],
  ])('made of %s is %s', (xmlName, name) => {
    expect(typeNameOf(xmlName)).toBe(name);
  });

  test.each(['Date', 'Record', 'buffer', 'string', 'Error'])(
    'made of %s is not one that means something else',
    (xmlName) => {
      expect(typeNameOf(xmlName)).toMatch(/^[A-Z]\w+Type$/);
    },
  );

  test('is an identifier, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (xmlName) => {
        const name = typeNameOf(xmlName);
        expect(name).toMatch(/^[\p{ID_Start}_]\p{ID_Continue}*$/u);
        expect(name).not.toMatch(/[\u{10000}-\u{10ffff}]/u);
      }),
    );
  });

  test('stays as it is when it is made of a name that was made', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (xmlName) => {
        const name = typeNameOf(xmlName);
        expect(typeNameOf(name)).toBe(name);
      }),
    );
  });
});

describe('the name of a member', () => {
  test.each([
    ['id', 'id'],
    ['class', 'class'],
    ['$value', '$value'],
    ['__proto__', '__proto__'],
    ['validity-days', "'validity-days'"],
    ['été', "'été'"],
    ['a.b', "'a.b'"],
    ['{urn:x}id', "'{urn:x}id'"],
  ])('%s is written as %s', (name, written) => {
    expect(memberNameOf(name)).toBe(written);
  });
});

describe('a literal', () => {
  test('has the quotes that need fewer escapes', () => {
    expect(literalOf('A')).toBe("'A'");
    expect(literalOf("it's")).toBe(`"it's"`);
    expect(literalOf('say "no"')).toBe(`'say "no"'`);
    expect(literalOf(`it's "no"`)).toBe(`'it\\'s "no"'`);
  });

  test('stands for its text, in one line', () => {
    const texts = textOf(
      `'`,
      '"',
      '\\',
      '\n',
      '\r',
      '\u2028',
      '\u2029',
      '\0',
      'é',
      '😀',
      '${',
      '\ud800',
    );
    fc.assert(
      fc.property(texts, (text) => {
        const literal = literalOf(text);
        expect(runInNewContext(literal)).toBe(text);
        expect(literal).not.toMatch(/[\n\r\u2028\u2029\0]/);
      }),
    );
  });
});
