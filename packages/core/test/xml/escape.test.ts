import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeAttribute, escapeText, firstIllegal } from '../../src/xml/index.ts';
import { eventsOf, refusalOf } from './events.ts';
import { readBySaxes } from './saxes-events.ts';

/** Any string, with much of what matters to XML in it. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('\r', '\n', '\r\n', '\t', '&', '<', '>', ']]>', '"', "'", '&amp;', ' ', '  '),
      fc.constantFrom('\u0000', '\u001f', '\u0085', '\u2028', '\ufffe', '\ud800', '\udc00', '😀'),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

const legalText = anyText.map((text) => {
  let legal = text;
  for (let at = firstIllegal(legal); at !== -1; at = firstIllegal(legal)) {
    legal = legal.slice(0, at) + legal.slice(at + 1);
  }
  return legal;
});

describe('text', () => {
  test.each([
    ['a & b', 'a &amp; b'],
    ['<a>', '&lt;a&gt;'],
    [']]>', ']]&gt;'],
    ['"it\'s"', '"it\'s"'],
    ['1\r\n2\r3\n4\t', '1&#13;\n2&#13;3\n4\t'],
    ['&amp;', '&amp;amp;'],
    ['œuvre 😀', 'œuvre 😀'],
    ['', ''],
  ])('%j is written as %j', (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  test('comes back from our reader and from saxes', () => {
    fc.assert(
      fc.property(legalText, (text) => {
        const document = `<a>${escapeText(text)}</a>`;
        const expected = [
          { start: '{}a', attributes: {} },
          ...(text === '' ? [] : [{ text }]),
          { end: '{}a' },
        ];
        expect(eventsOf(document)).toEqual(expected);
        expect(readBySaxes(document).events).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the value of an attribute', () => {
  test.each([
    ['a & b', 'a &amp; b'],
    ['<a>', '&lt;a&gt;'],
    ['"it\'s"', '&quot;it&apos;s&quot;'],
    ['1\r\n2\t', '1&#13;&#10;2&#9;'],
    ['œuvre 😀', 'œuvre 😀'],
    ['', ''],
  ])('%j is written as %j', (text, expected) => {
    expect(escapeAttribute(text)).toBe(expected);
  });

  test.each(['"', "'"])('comes back from between %s', (quote) => {
    fc.assert(
      fc.property(legalText, (text) => {
        const document = `<a b=${quote}${escapeAttribute(text)}${quote}/>`;
        const expected = [{ start: '{}a', attributes: { '{}b': text } }, { end: '{}a' }];
        expect(eventsOf(document)).toEqual(expected);
        expect(readBySaxes(document).events).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the first character that XML cannot carry', () => {
  test.each([
    ['', -1],
    ['all is well: \t\n\r é 😀 \ud7ff\ue000\ufffd\u007f', -1],
    ['\u0000', 0],
    ['ab\u0008', 2],
    ['\u000b', 0],
    ['a\u001f', 1],
    ['a\ufffe', 1],
    ['a\uffffb', 1],
    ['a\ud800', 1],
    ['a\ud800b', 1],
    ['a\udc00', 1],
    ['\udc00\ud800', 0],
    ['\ud800\ud800\udc00', 0],
    ['😀\ud83d', 2],
    ['\u{10ffff}\u0001', 2],
  ])('of %j is at %d', (text, expected) => {
    expect(firstIllegal(text)).toBe(expected);
  });

  test('is the first that a reader refuses', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const at = firstIllegal(text);
        const before = at === -1 ? text : text.slice(0, at);
        expect(refusalOf(`<a>${escapeText(before)}</a>`)).toBeUndefined();
        if (at === -1) return;
        const illegal = text.charCodeAt(at);
        expect(refusalOf(`<a>&#${illegal};</a>`)).toBeDefined();
      }),
      { numRuns: 1000 },
    );
  });
});
