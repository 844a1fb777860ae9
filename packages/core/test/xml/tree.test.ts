import { describe, expect, test } from '@jest/globals';
import { attributeOf, readXml, XmlError } from '../../src/xml/index.ts';

function treeOf(document: string) {
  return readXml(Buffer.from(document));
}

describe('a tree', () => {
  test('has the names, attributes, texts and children of the document', () => {
    const root = treeOf('<a x="1" xmlns="u">1<b y="2">in</b>2<!-- -->3<c/></a>');
    expect(root).toMatchObject({
      name: { namespace: 'u', localName: 'a' },
      attributes: [{ name: { namespace: '', localName: 'x' }, value: '1' }],
      text: '123',
      children: [
        { name: { localName: 'b' }, text: 'in', children: [] },
        { name: { localName: 'c' }, text: '', children: [], attributes: [] },
      ],
    });
  });

  test('goes on after deep branches', () => {
    const root = treeOf('<a><b><c><d/></c></b><b><c>1</c></b>t</a>');
    const texts = root.children.map(({ children }) => children.map(({ text }) => text));
    expect(texts).toEqual([[''], ['1']]);
    expect(root.text).toBe('t');
  });

  test('knows the prefixes in scope of each element', () => {
    const root = treeOf(
      '<a xmlns="u" xmlns:p="1"><b xmlns="" xmlns:q="2"><c/></b><d xmlns:p="3"/></a>',
    );
    const [b, d] = root.children;
    const scopes = [root, b, b?.children[0], d].map((element) =>
      ['', 'p', 'q', 'xml', 'r', '__proto__'].map((prefix) => element?.namespaceOf(prefix)),
    );
    const xml = 'http://www.w3.org/XML/1998/namespace';
    expect(scopes).toEqual([
      ['u', '1', undefined, xml, undefined, undefined],
      ['', '1', '2', xml, undefined, undefined],
      ['', '1', '2', xml, undefined, undefined],
      ['u', '3', undefined, xml, undefined, undefined],
    ]);
  });

  test('has no default namespace where none is declared', () => {
    expect(treeOf('<a/>').namespaceOf('')).toBe('');
  });

  test('is refused as by the reader', () => {
    expect(() => treeOf('<a></b>')).toThrow(XmlError);
    expect(() => treeOf('')).toThrow(XmlError);
    expect(() => readXml(Buffer.from('<a><b/></a>'), { maxDepth: 1 })).toThrow('Too many levels');
  });

  test('may be a hundred thousand levels deep, declarations included', () => {
    const levels = 100_000;
    const document = '<p:a xmlns:p="u">'.repeat(levels) + '</p:a>'.repeat(levels);
    let element = readXml(Buffer.from(document), { maxDepth: levels });
    for (let child = element.children[0]; child !== undefined; child = element.children[0]) {
      element = child;
    }
    expect([element.namespaceOf('p'), element.namespaceOf('q')]).toEqual(['u', undefined]);
  });
});

describe('an attribute', () => {
  const element = treeOf('<a xmlns:p="u" x="1" p:x="2" y=""/>');

  test('is found by its name', () => {
    expect(attributeOf(element, 'x')).toBe('1');
    expect(attributeOf(element, 'x', 'u')).toBe('2');
    expect(attributeOf(element, 'y')).toBe('');
  });

  test('is undefined if there is none of that name in that namespace', () => {
    expect(attributeOf(element, 'z')).toBeUndefined();
    expect(attributeOf(element, 'y', 'u')).toBeUndefined();
    expect(attributeOf(element, 'p', 'http://www.w3.org/2000/xmlns/')).toBeUndefined();
  });
});
