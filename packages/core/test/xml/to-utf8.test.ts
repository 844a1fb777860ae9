import { describe, expect, test } from '@jest/globals';
import { toUtf8, XmlError } from '../../src/xml/index.ts';
import { eventsOf } from './events.ts';

type Charset = 'utf-8' | 'latin1' | 'utf-16le' | 'utf-16be';

function encode(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text);
  if (charset === 'latin1') return Buffer.from(text, 'latin1');
  const bytes = Buffer.from(text, 'utf16le');
  return charset === 'utf-16le' ? bytes : bytes.swap16();
}

function textOf(bytes: Uint8Array): string {
  const event = eventsOf(bytes)[1];
  return event !== undefined && 'text' in event ? event.text : '';
}

const mark = '\ufeff';
const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>é</a>`;

describe('the encoding is told', () => {
  const cases: [string, string, Charset, string | undefined][] = [
    ['by nothing', '<a>é</a>', 'utf-8', undefined],
    ['by a content type without a charset', '<a>é</a>', 'utf-8', 'text/xml'],
    ['by a byte order mark of UTF-8', `${mark}<a>é</a>`, 'utf-8', undefined],
    ['by a byte order mark of UTF-16, low byte first', `${mark}<a>é</a>`, 'utf-16le', undefined],
    ['by a byte order mark of UTF-16, high byte first', `${mark}<a>é</a>`, 'utf-16be', undefined],
    ['by a byte order mark and a declaration', mark + declared('UTF-16'), 'utf-16be', undefined],
    [
      'by a byte order mark against the charset',
      `${mark}<a>é</a>`,
      'utf-16le',
      'text/xml; charset=utf-8',
    ],
    ['by a declaration of UTF-8', declared('UTF-8'), 'utf-8', undefined],
    ['by a declaration of ISO-8859-1', declared('ISO-8859-1'), 'latin1', undefined],
    ['by a declaration in lower case', declared('iso-8859-1'), 'latin1', 'text/xml'],
    ['by a declaration of UTF-16 that is in UTF-16', declared('UTF-16'), 'utf-16le', undefined],
    ['by the first character of UTF-16', '<a>é</a>', 'utf-16be', undefined],
    ['by the charset', '<a>é</a>', 'latin1', 'text/xml; charset=ISO-8859-1'],
    ['by the charset in quotes', '<a>é</a>', 'latin1', 'text/xml;charset="iso-8859-1"; a=b'],
    ['by the charset in upper case', '<a>é</a>', 'latin1', 'text/xml; Charset = LATIN1'],
    [
      'by the charset against the declaration',
      declared('ISO-8859-1'),
      'utf-8',
      'text/xml; charset=utf-8',
    ],
    [
      'by the charset against another declaration',
      declared('UTF-8'),
      'latin1',
      'text/xml; charset=iso-8859-1',
    ],
    [
      'by the charset against an unknown declaration',
      declared('x-unknown'),
      'utf-8',
      'text/xml; charset=utf-8',
    ],
    [
      'by the charset UTF-16 and the bytes',
      declared('UTF-16'),
      'utf-16le',
      'text/xml; charset=utf-16',
    ],
    [
      'by the charset UTF-16 alone, high byte first',
      ' <a>é</a>',
      'utf-16be',
      'text/xml; charset=utf-16',
    ],
    ['by the charset UTF-16LE', declared('UTF-16'), 'utf-16le', 'text/xml; charset=utf-16le'],
    ['by the charset UTF-16BE', declared('UTF-16'), 'utf-16be', 'text/xml; charset=UTF-16BE'],
  ];

  test.each(cases)('%s', (_how, document, charset, contentType) => {
    expect(textOf(toUtf8(encode(document, charset), contentType))).toBe('é');
  });

  test('by the charset US-ASCII', () => {
    const bytes = Buffer.from('<a>e</a>');
    expect(toUtf8(bytes, 'text/xml; charset=us-ascii')).toBe(bytes);
  });
});

describe('the same bytes come back', () => {
  test.each([
    '<a>é</a>',
    `${mark}<a>é</a>`,
    declared('UTF-8'),
    declared('utf8'),
    '<?xml version="1.0" encoding="US-ASCII"?><a/>',
    '',
  ])('of %j', (document) => {
    const bytes = new Uint8Array(Buffer.from(document));
    expect(toUtf8(bytes)).toBe(bytes);
    expect(toUtf8(bytes, 'text/xml; charset=utf-8')).toBe(bytes);
  });
});

test('a declaration is rewritten, and nothing around it', () => {
  const before = `${mark}<?xml version='1.0'  encoding = 'UTF-16' standalone='yes' ?>\n<a>\u{1f600}</a>`;
  expect(Buffer.from(toUtf8(encode(before, 'utf-16be'))).toString()).toBe(
    before.replace('UTF-16', 'UTF-8'),
  );
});

test('a view into a larger buffer is read alone', () => {
  const backing = new Uint8Array([0xff, ...encode(declared('iso-8859-1'), 'latin1'), 0xff]);
  expect(textOf(toUtf8(backing.subarray(1, -1)))).toBe('é');
});

test('the bytes that were given stay as they are', () => {
  const bytes = encode(mark + declared('UTF-16'), 'utf-16be');
  const copy = Buffer.from(bytes);
  toUtf8(bytes);
  expect(bytes.equals(copy)).toBe(true);
});

describe('refused is', () => {
  const cases: [string, Buffer, string | undefined][] = [
    ['a charset that is not taken', Buffer.from('<a/>'), 'text/xml; charset=windows-1252'],
    ['an empty charset', Buffer.from('<a/>'), 'text/xml; charset=""'],
    ['a declaration that is not taken', Buffer.from(declared('EBCDIC-CP-FR')), undefined],
    ['a declaration of UTF-16 in bytes', Buffer.from(declared('UTF-16')), undefined],
    ['a malformed declaration', Buffer.from('<?xml version="1.0" encoding="UTF-8"'), undefined],
    ['UTF-32, low byte first', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), undefined],
    ['UTF-32, high byte first', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c]), undefined],
    ['a byte outside US-ASCII', Buffer.from('<a>é</a>'), 'text/xml; charset=us-ascii'],
    ['half a pair of UTF-16', encode(`${mark}<a>\ud83d</a>`, 'utf-16le'), undefined],
    [
      'half a pair of UTF-16, high byte first',
      encode(`${mark}<a>\ude00</a>`, 'utf-16be'),
      undefined,
    ],
    ['half a unit of UTF-16', encode(`${mark}<a/>`, 'utf-16le').subarray(0, -1), undefined],
    ['half a unit, high byte first', encode(`${mark}<a/>`, 'utf-16be').subarray(0, -1), undefined],
    [
      'a declaration against the mark of UTF-8',
      encode(mark + declared('iso-8859-1'), 'utf-8'),
      undefined,
    ],
    [
      'a declaration against the mark of UTF-16',
      encode(mark + declared('UTF-8'), 'utf-16be'),
      undefined,
    ],
  ];

  test('by the reader: another encoding than the charset says, whatever is declared', () => {
    const bytes = encode(declared('ISO-8859-1'), 'latin1');
    expect(() => eventsOf(toUtf8(bytes, 'text/xml; charset=utf-8'))).toThrow('Not UTF-8');
  });

  test.each(cases)('%s', (_what, bytes, contentType) => {
    expect(() => toUtf8(bytes, contentType)).toThrow(XmlError);
  });
});
