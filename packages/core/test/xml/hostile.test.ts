import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { readXml, XmlReader } from '../../src/xml/index.ts';
import { refusalOf } from './events.ts';

/** Far more than any of these takes, and far less than it would take if it were not linear. */
const budgetMs = 4000;

/** Reads a document to its end or its fault. */
function drain(document: string | Buffer, maxDepth = 128): string {
  const reader = new XmlReader(Buffer.from(document), { maxDepth });
  try {
    for (let token = reader.next(); token !== 'done'; token = reader.next()) {
      if (token === 'text') reader.text();
    }
    return 'read';
  } catch (error) {
    return String(error);
  }
}

function numbered(count: number, write: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => write(index)).join('');
}

const million = 1_000_000;
const hundredThousand = 100_000;
const fiveMebibytes = 5 * 1024 * 1024;

describe('read in linear time is', () => {
  const many = (text: string) => text.repeat(hundredThousand);
  const cases: [string, () => string][] = [
    ['a million empty elements', () => `<a>${'<b/>'.repeat(million)}</a>`],
    ['a hundred thousand names', () => `<a>${numbered(hundredThousand, (at) => `<b${at}/>`)}</a>`],
    [
      'as many namespaces',
      () => `<a>${numbered(hundredThousand, (at) => `<b xmlns="u${at}"/>`)}</a>`,
    ],
    [
      'elements of many attributes',
      () => `<a>${`<b${numbered(250, (at) => ` c${at}=""`)}/>`.repeat(2000)}</a>`,
    ],
    ['an attribute of five mebibytes', () => `<a b="${'x'.repeat(fiveMebibytes)}"/>`],
    ['a name of five mebibytes', () => `<${'x'.repeat(fiveMebibytes)}/>`],
    ['a name outside ASCII of that size', () => `<${'é'.repeat(fiveMebibytes / 2)}/>`],
    ['a text of that size', () => `<a>${'x'.repeat(fiveMebibytes)}</a>`],
    ['a tag with white space of that size', () => `<a${' '.repeat(fiveMebibytes)}></a>`],
    ['line ends of that size', () => `<a>${'\r'.repeat(fiveMebibytes)}</a>`],
    ['brackets of that size', () => `<a>${']'.repeat(fiveMebibytes)}</a>`],
    ['brackets of that size in CDATA', () => `<a><![CDATA[${']'.repeat(fiveMebibytes)}]]></a>`],
    ['quotes of that size in a value', () => `<a b="${"'".repeat(fiveMebibytes)}"/>`],
    ['white space of that size in a value', () => `<a b="${'\n'.repeat(fiveMebibytes)}"/>`],
    ['references', () => `<a>${'&amp;'.repeat(million)}</a>`],
    ['references in a value', () => `<a b="${'&amp;'.repeat(million)}"/>`],
    ['zeros in a reference', () => `<a>&#${'0'.repeat(fiveMebibytes)}65;</a>`],
    ['comments', () => `<a>${many('<!---->')}</a>`],
    ['comments between letters', () => `<a>${many('x<!---->')}</a>`],
    ['comments before the root', () => `${many('<!---->')}<a/>`],
    ['CDATA sections', () => `<a>${many('<![CDATA[x]]>')}</a>`],
    ['empty CDATA sections', () => `<a>${many('<![CDATA[]]>')}</a>`],
    ['short texts far apart', () => `<a>${`<b>x</b><c>${'y'.repeat(20_000)}</c>`.repeat(200)}</a>`],
    ['declarations that come and go', () => `<a>${many('<p:b xmlns:p="u" xmlns="v"></p:b>')}</a>`],
  ];

  test.each(cases)('%s', (_what, write) => {
    const document = write();
    const started = performance.now();
    expect(drain(document)).toBe('read');
    expect(performance.now() - started).toBeLessThan(budgetMs);
  });

  test('names that fall into one slot of the table', () => {
    // Words of "Aa" and "BB" share their hash, whatever its size.
    const names = Array.from({ length: 4096 }, (_, at) =>
      at.toString(2).padStart(12, '0').replaceAll('0', 'Aa').replaceAll('1', 'BB'),
    );
    const document = `<a>${names
      .map((name) => `<${name}/>`)
      .join('')
      .repeat(20)}</a>`;
    const started = performance.now();
    expect(drain(document)).toBe('read');
    expect(performance.now() - started).toBeLessThan(budgetMs);
  });

  test('a hundred thousand levels, if so many are allowed', () => {
    const document = many('<a>') + many('</a>');
    const started = performance.now();
    expect(drain(document, hundredThousand)).toBe('read');
    expect(drain(many('<p:a xmlns:p="u">') + many('</p:a>'), hundredThousand)).toBe('read');
    expect(performance.now() - started).toBeLessThan(budgetMs);
  });

  test('a tree of a hundred thousand elements and texts', () => {
    const started = performance.now();
    const root = readXml(Buffer.from(`<a>${many('x<b/>')}</a>`));
    expect(root.children).toHaveLength(hundredThousand);
    expect(root.text).toBe('x'.repeat(hundredThousand));
    expect(performance.now() - started).toBeLessThan(budgetMs);
  });
});

describe('refused in linear time is', () => {
  const cases: [string, () => string][] = [
    ['a flood of starts of comments', () => `<a>${'<!--'.repeat(40_000)}`],
    ['such a flood before the root', () => '<!--'.repeat(40_000)],
    ['a flood of comments without an end', () => `<a>${'<!-- '.repeat(million)}`],
    ['a flood of starts of CDATA', () => `<a>${'<![CDATA['.repeat(500_000)}`],
    ['a flood of starts of tags', () => '<'.repeat(fiveMebibytes)],
    ['a flood of starts of elements', () => '<a '.repeat(million)],
    ['a hundred thousand levels', () => '<a>'.repeat(hundredThousand)],
    ['a tag of five mebibytes that does not end', () => `<a ${'x'.repeat(fiveMebibytes)}`],
    ['a value of five mebibytes that does not end', () => `<a b="${'x'.repeat(fiveMebibytes)}`],
    ['a flood of ampersands', () => `<a>${'&'.repeat(fiveMebibytes)}`],
    ['an entity of five mebibytes', () => `<a>&${'x'.repeat(fiveMebibytes)};</a>`],
    ['a reference of five mebibytes', () => `<a>&#${'1'.repeat(fiveMebibytes)};</a>`],
    ['a declaration of five mebibytes', () => `<?xml ${' '.repeat(fiveMebibytes)}?><a/>`],
    ['a declaration of white space', () => `<?xml version${' '.repeat(fiveMebibytes)}`],
    ['entities that grow', () => `<!DOCTYPE a [<!ENTITY b "${'&c;'.repeat(million)}">]><a>&b;</a>`],
    ['zero bytes', () => `<a>${'\0'.repeat(fiveMebibytes)}</a>`],
  ];

  test.each(cases)('%s', (_what, write) => {
    const document = write();
    const started = performance.now();
    expect(drain(document)).toMatch(/^XmlError: .* \(at byte \d+\)\.$/);
    expect(performance.now() - started).toBeLessThan(budgetMs);
  });

  test.each([
    ['attributes', (at: number) => ` b${at}=""`],
    ['declarations', (at: number) => ` xmlns:p${at}="u"`],
  ])('more than a thousand %s of one element', (_what, write) => {
    expect(drain(`<a${numbered(1000, write)}/>`)).toBe('read');
    expect(drain(`<a${numbered(1001, write)}/>`)).toMatch('Too many attributes');
  });

  test('bytes of which the last is not UTF-8', () => {
    const document = Buffer.concat([Buffer.from('é\ufffd'.repeat(million)), Buffer.from([0xff])]);
    const started = performance.now();
    expect(refusalOf(document)).toBe('Not UTF-8 (at byte 5000000).');
    expect(performance.now() - started).toBeLessThan(budgetMs);
  });
});

/** Reads a document to its end, and keeps the texts of its elements named `b`. */
function textsOf(bytes: Buffer): string[] {
  const texts: string[] = [];
  const reader = new XmlReader(bytes);
  for (let token = reader.next(); token !== 'done'; token = reader.next()) {
    if (token === 'text' && reader.name.localName === 'b') texts.push(reader.text());
  }
  return texts;
}

test('values that are kept do not keep the document, or stretches of it', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const memory = (): number => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const item = `<b>twelve bytes</b><b>thirteen byte</b><c>${'x'.repeat(20_000)}</c>`;
  const bytes = Buffer.from(`<a>${item.repeat(2000)}</a>`);
  const before = memory();
  const kept = textsOf(bytes);
  expect(memory() - before).toBeLessThan(bytes.length / 2);
  expect(kept).toHaveLength(4000);
});
