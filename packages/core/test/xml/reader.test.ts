import { describe, expect, test } from '@jest/globals';
import { canaries } from '../../../../tooling/canary/secrets.ts';
import { XmlError, XmlReader, type XmlToken } from '../../src/xml/index.ts';

function readerOf(document: string): XmlReader {
  return new XmlReader(Buffer.from(document));
}

function advance(reader: XmlReader, count: number): XmlToken {
  let token = reader.next();
  for (let index = 1; index < count; index += 1) token = reader.next();
  return token;
}

function failureOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('a reader', () => {
  test('goes from token to token', () => {
    const reader = readerOf('<a>1<b/>2</a>');
    const seen: unknown[] = [];
    for (let token = reader.next(); token !== 'done'; token = reader.next()) {
      const what = token === 'text' ? reader.text() : reader.name.localName;
      seen.push([token, what, reader.depth, reader.offset]);
    }
    expect(seen).toEqual([
      ['start', 'a', 1, 3],
      ['text', '1', 1, 4],
      ['start', 'b', 2, 8],
      ['end', 'b', 2, 8],
      ['text', '2', 1, 9],
      ['end', 'a', 1, 13],
    ]);
    expect([reader.next(), reader.next(), reader.depth]).toEqual(['done', 'done', 0]);
  });

  test('is at depth 0 before the root', () => {
    expect(readerOf('<a/>').depth).toBe(0);
  });

  test('takes any Uint8Array', () => {
    const backing = new Uint8Array([0x20, ...Buffer.from('<a>x</a>'), 0x20]);
    const reader = new XmlReader(backing.subarray(1, -1));
    advance(reader, 2);
    expect(reader.text()).toBe('x');
  });

  test('reads what the bytes were when it was made', () => {
    const bytes = Buffer.from('<a>before</a>');
    const reader = new XmlReader(bytes);
    bytes.fill('<');
    advance(reader, 2);
    expect(reader.text()).toBe('before');
    expect(advance(reader, 2)).toBe('done');
  });

  test('gives a text as often as it is asked for, or never', () => {
    const reader = readerOf('<a>1&amp;2<b>3</b></a>');
    advance(reader, 2);
    expect([reader.text(), reader.text()]).toEqual(['1&2', '1&2']);
    expect(advance(reader, 5)).toBe('done');
  });

  test('checks a text that nobody asks for', () => {
    const reader = readerOf('<a>&b;</a>');
    reader.next();
    expect(() => reader.next()).toThrow(XmlError);
  });
});

describe('text', () => {
  test('between two tags is one token, whatever it is made of', () => {
    const reader = readerOf('<a>1<!-- -->2<![CDATA[3]]>&#52;<![CDATA[]]>\r\n<b/></a>');
    expect(advance(reader, 2)).toBe('text');
    expect(reader.text()).toBe('1234\n');
    expect(reader.next()).toBe('start');
  });

  test.each(['<a></a>', '<a/>', '<a><!-- --></a>', '<a><![CDATA[]]><!-- --><![CDATA[]]></a>'])(
    'that is empty is no token: %s',
    (document) => {
      const reader = readerOf(document);
      expect([reader.next(), reader.next(), reader.next()]).toEqual(['start', 'end', 'done']);
    },
  );

  test.each([
    [' ', true],
    ['\t\r\n ', true],
    ['\n<!-- a -->\n<!-- b -->', true],
    ['x', false],
    ['  x', false],
    ['x  ', false],
    [' ] ', false],
    ['\u00a0', false],
    ['\u2003', false],
    ['\ufeff', false],
    [' &#32; ', false],
    ['<![CDATA[ ]]>', false],
    [' <!-- a -->x', false],
    ['x<!-- a --> ', false],
  ])('%j is blank: %s', (text, isBlank) => {
    const reader = readerOf(`<a>${text}<b/></a>`);
    expect(advance(reader, 2)).toBe('text');
    expect(reader.isBlank()).toBe(isBlank);
  });

  test.each([0, 1, 2, 11, 12, 13, 14, 16_383, 16_384, 16_385, 40_000])(
    'of %d characters comes back, wherever it stands',
    (length) => {
      const text = 'abcdefghij'.repeat(4000).slice(0, length);
      const item = `<i>${text}</i><j>${text.replaceAll('a', 'é')}</j><k>12</k>`;
      const reader = readerOf(`<a>${item.repeat(5)}</a>`);
      const texts: string[] = [];
      for (let token = reader.next(); token !== 'done'; token = reader.next()) {
        if (token === 'text') texts.push(reader.text());
      }
      const expected = [text, text.replaceAll('a', 'é'), '12'].filter((part) => part !== '');
      expect(texts).toEqual([expected, expected, expected, expected, expected].flat());
    },
  );
});

describe('names', () => {
  test('are the same object where they are the same', () => {
    const reader = readerOf(
      '<p:a xmlns:p="u" xmlns:q="u" p:a="1"><q:a/><a xmlns="u"/><a/><r:a xmlns:r="v"/></p:a>',
    );
    const names: unknown[] = [];
    for (let token = reader.next(); token !== 'done'; token = reader.next()) {
      names.push(
        reader.name,
        ...(token === 'start' ? reader.attributes : []).map(({ name }) => name),
      );
    }
    const [first] = names;
    const distinct = [...new Set(names)];
    expect(distinct).toHaveLength(3);
    expect(distinct[0]).toBe(first);
    expect(distinct.map((name) => ({ ...(name as object) }))).toEqual([
      { namespace: 'u', localName: 'a' },
      { namespace: '', localName: 'a' },
      { namespace: 'v', localName: 'a' },
    ]);
  });

  test('that share their hash are told apart', () => {
    // In a rolling hash with a factor of 31, "Aa" and "BB" are one.
    const names = ['AaAa', 'BBBB', 'AaBB', 'BBAa'];
    const document = `<r>${names
      .map((name) => `<${name}/>`)
      .join('')
      .repeat(3)}</r>`;
    const reader = readerOf(document);
    const seen: string[] = [];
    for (let token = reader.next(); token !== 'done'; token = reader.next()) {
      if (token === 'start') seen.push(reader.name.localName);
    }
    expect(seen).toEqual(['r', ...names, ...names, ...names]);
  });
});

describe('attributes', () => {
  test('come in the order of the document, without declarations', () => {
    const reader = readerOf('<a z="1" xmlns="u" b="2" xmlns:p="v" p:y="3"/>');
    reader.next();
    expect(
      reader.attributes.map(({ name, value }) => [name.namespace, name.localName, value]),
    ).toEqual([
      ['', 'z', '1'],
      ['', 'b', '2'],
      ['v', 'y', '3'],
    ]);
  });

  test('that were handed out stay as they are', () => {
    const reader = readerOf('<a x="1" y="2"><b x="3"/></a>');
    reader.next();
    const first = reader.attributes;
    advance(reader, 3);
    expect(first.map(({ value }) => value)).toEqual(['1', '2']);
  });

  test('are none where a tag has none', () => {
    const reader = readerOf('<a x="1"><b/><c ></c></a>');
    reader.next();
    const attributes: unknown[] = [];
    for (let token = reader.next(); token !== 'done'; token = reader.next()) {
      if (token === 'start') attributes.push(reader.attributes);
    }
    expect(attributes).toEqual([[], []]);
  });

  test.each(['1', 'é', 'longer than a dozen characters', 'a&amp;b', '', ' '])(
    'that have the value %j again and again give it each time',
    (value) => {
      const reader = readerOf(
        `<a x="${value}"><b x="${value}"/><b x="other"/><b x="${value}"/></a>`,
      );
      const values: string[] = [];
      for (let token = reader.next(); token !== 'done'; token = reader.next()) {
        if (token === 'start')
          values.push(...reader.attributes.map((attribute) => attribute.value));
      }
      const expected = value.replace('&amp;', '&');
      expect(values).toEqual([expected, expected, 'other', expected]);
    },
  );
});

describe('prefixes in scope', () => {
  test('are known at each token, at an end those of its element', () => {
    const reader = readerOf('<a xmlns="u" xmlns:p="1"><b xmlns="" xmlns:p="2">t</b>t</a>');
    const seen: unknown[] = [];
    for (let token = reader.next(); token !== 'done'; token = reader.next()) {
      seen.push([token, reader.namespaceOf(''), reader.namespaceOf('p')]);
    }
    expect(seen).toEqual([
      ['start', 'u', '1'],
      ['start', '', '2'],
      ['text', '', '2'],
      ['end', '', '2'],
      ['text', 'u', '1'],
      ['end', 'u', '1'],
    ]);
    expect([reader.namespaceOf(''), reader.namespaceOf('p')]).toEqual(['', undefined]);
  });

  test('always include xml and xmlns, and never others', () => {
    const reader = readerOf('<a/>');
    reader.next();
    expect(
      ['xml', 'xmlns', '', 'p', '__proto__'].map((prefix) => reader.namespaceOf(prefix)),
    ).toEqual([
      'http://www.w3.org/XML/1998/namespace',
      'http://www.w3.org/2000/xmlns/',
      '',
      undefined,
      undefined,
    ]);
  });
});

describe('levels', () => {
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);

  test('are 128 at most, unless told otherwise', () => {
    const read = (document: string, limits?: { maxDepth?: number }) => {
      const reader = new XmlReader(Buffer.from(document), limits);
      while (reader.next() !== 'done');
    };
    expect(() => read(nested(128))).not.toThrow();
    expect(() => read(nested(129))).toThrow('Too many levels (at byte 384).');
    expect(() => read(nested(129), { maxDepth: 129 })).not.toThrow();
    expect(() => read(nested(2), { maxDepth: 1 })).toThrow(XmlError);
    expect(() => read('<a><b/></a>', { maxDepth: 1 })).toThrow(XmlError);
  });
});

describe('an error', () => {
  test('is an XmlError with the place', () => {
    const reader = readerOf('<a>12</b>');
    advance(reader, 2);
    const error = failureOf(() => reader.next());
    expect(error).toBeInstanceOf(XmlError);
    expect(error).toMatchObject({
      name: 'XmlError',
      offset: 5,
      message: 'An end tag of another element (at byte 5).',
    });
  });

  test.each([
    ['<?xml-stylesheet href="a"?><a/>', 'A processing instruction is not taken (at byte 0).'],
    ['<!DOCTYPE a><a/>', 'A document type or another declaration is not taken (at byte 2).'],
    ['<a><b>', 'The document ends too early (at byte 6).'],
    ['<p:a/>', 'A prefix is not declared (at byte 0).'],
    ['<a>\u0001</a>', 'A control character (at byte 3).'],
  ])('says of %j what is wrong', (document, message) => {
    const error = failureOf(() => advance(readerOf(document), 3));
    expect(error).toMatchObject({ message });
  });

  test('comes again each time', () => {
    const reader = readerOf('<a></b>');
    reader.next();
    const errors = [1, 2, 3].map(() => failureOf(() => reader.next()));
    expect(errors[0]).toBeInstanceOf(XmlError);
    expect(new Set(errors).size).toBe(1);
  });

  test.each([
    `<a>${canaries.password}</b>`,
    `<a>&${canaries.password};</a>`,
    `<a b='${canaries.password}' b=''/>`,
    `<${canaries.password}:a/>`,
    `<${canaries.password}></a>`,
    `<a><!-- ${canaries.password} -- --></a>`,
    `<a/>${canaries.password}`,
    canaries.password,
    `<?xml version="${canaries.password}"?><a/>`,
    `<?xml version="1.0" encoding="${canaries.password}"?><a/>`,
    `<!DOCTYPE ${canaries.password}><a/>`,
  ])('quotes nothing of the document', (document) => {
    const reader = readerOf(document);
    const error = failureOf(() => {
      while (reader.next() !== 'done');
    });
    expect(error).toBeInstanceOf(XmlError);
    expect(String(error) + JSON.stringify(error)).not.toContain(canaries.password);
  });

  test('tells of a document that is cut off anywhere', () => {
    const document = '<a b="1&amp;"><!-- c --><![CDATA[d]]>&#101;<f xmlns:g="h"/></a>';
    for (let length = 0; length < document.length; length += 1) {
      const reader = readerOf(document.slice(0, length));
      const error = failureOf(() => {
        while (reader.next() !== 'done');
      });
      expect(error).toBeInstanceOf(XmlError);
    }
    expect(advance(readerOf(document), 5)).toBe('end');
  });
});
