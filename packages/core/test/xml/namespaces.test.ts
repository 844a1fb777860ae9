import { describe, expect, test } from '@jest/globals';
import { eventsOf, refusalOf, type XmlEvent } from './events.ts';

/** The start tags of a document: `{namespace}local`, attributes after it. */
function startsOf(document: string): string[] {
  const isStart = (event: XmlEvent) => 'start' in event;
  return eventsOf(document)
    .filter(isStart)
    .map(({ start, attributes }) =>
      [start, ...Object.entries(attributes).map(([name, value]) => `${name}=${value}`)].join(' '),
    );
}

describe('taken is, by Namespaces in XML 1.0,', () => {
  test.each([
    ['3', 'a prefix', '<p:a xmlns:p="u"/>', ['{u}a']],
    [
      '3',
      'a prefix that is declared later in the tag',
      '<p:a p:b="1" xmlns:p="u"/>',
      ['{u}a {u}b=1'],
    ],
    [
      '3',
      'the prefix xml, which needs no declaration',
      '<a xml:lang="fr"/>',
      ['{}a {http://www.w3.org/XML/1998/namespace}lang=fr'],
    ],
    [
      '3',
      'a declaration of the prefix xml',
      '<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
      ['{}a'],
    ],
    ['3', 'a prefix that begins with xml', '<xmlp:a xmlns:xmlp="u"/>', ['{u}a']],
    ['3', 'a prefix in another alphabet', '<é:a xmlns:é="u"/>', ['{u}a']],
    ['3', 'a namespace that is no URI', '<p:a xmlns:p="not a URI"/>', ['{not a URI}a']],
    ['3', 'references in the name of a namespace', '<p:a xmlns:p="u?a&amp;&#98;"/>', ['{u?a&b}a']],
    ['3', 'white space around the name of a namespace', '<p:a xmlns:p=" u\n"/>', ['{ u }a']],
    ['4', 'an element named xmlns', '<xmlns/>', ['{}xmlns']],
    ['6.1', 'a prefix within its element', '<p:a xmlns:p="u"><p:b/></p:a>', ['{u}a', '{u}b']],
    [
      '6.1',
      'a prefix declared anew',
      '<p:a xmlns:p="u"><p:b xmlns:p="v"><p:c/></p:b><p:d/></p:a>',
      ['{u}a', '{v}b', '{v}c', '{u}d'],
    ],
    [
      '6.1',
      'a prefix declared anew in an empty element',
      '<p:a xmlns:p="u"><p:b xmlns:p="v"/><p:c/></p:a>',
      ['{u}a', '{v}b', '{u}c'],
    ],
    [
      '6.1',
      'two prefixes of a namespace',
      '<p:a xmlns:p="u" xmlns:q="u"><q:a/></p:a>',
      ['{u}a', '{u}a'],
    ],
    [
      '6.1',
      'declarations at several levels',
      '<a xmlns:p="1"><b xmlns:q="2"><c xmlns:p="3"><p:d/><q:d/></c><p:d/></b></a>',
      ['{}a', '{}b', '{}c', '{3}d', '{2}d', '{1}d'],
    ],
    ['6.2', 'a default namespace', '<a xmlns="u"><b/></a>', ['{u}a', '{u}b']],
    [
      '6.2',
      'a default namespace that is taken back',
      '<a xmlns="u"><b xmlns=""><c/></b><d/></a>',
      ['{u}a', '{}b', '{}c', '{u}d'],
    ],
    ['6.2', 'an empty default namespace at the root', '<a xmlns=""/>', ['{}a']],
    ['6.2', 'a default namespace, not for attributes', '<a xmlns="u" b="1"/>', ['{u}a {}b=1']],
    [
      '6.2',
      'a name in a default namespace and as an attribute',
      '<a xmlns="u" a="1"><a a="2"/></a>',
      ['{u}a {}a=1', '{u}a {}a=2'],
    ],
    [
      '6.3',
      'attributes apart by namespace',
      '<a xmlns:p="u" xmlns:q="v" p:b="1" q:b="2" b="3"/>',
      ['{}a {u}b=1 {v}b=2 {}b=3'],
    ],
    [
      '6.3',
      'an attribute without a prefix beside one of the default namespace',
      '<a xmlns="u" xmlns:p="u" b="1" p:b="2"/>',
      ['{u}a {}b=1 {u}b=2'],
    ],
  ])('%s: %s', (_section, _what, document, expected) => {
    expect(startsOf(document)).toEqual(expected);
  });
});

describe('refused is, by Namespaces in XML 1.0,', () => {
  const xml = 'http://www.w3.org/XML/1998/namespace';
  const xmlns = 'http://www.w3.org/2000/xmlns/';
  test.each([
    ['3', 'the prefix xml for something else', '<a xmlns:xml="u"/>'],
    ['3', 'the prefix xml for nothing', '<a xmlns:xml=""/>'],
    ['3', 'another prefix for the namespace of xml', `<a xmlns:p="${xml}"/>`],
    ['3', 'the namespace of xml as the default', `<a xmlns="${xml}"/>`],
    ['3', 'the prefix xmlns', '<a xmlns:xmlns="u"/>'],
    ['3', 'the prefix xmlns for its own namespace', `<a xmlns:xmlns="${xmlns}"/>`],
    ['3', 'another prefix for the namespace of xmlns', `<a xmlns:p="${xmlns}"/>`],
    ['3', 'the namespace of xmlns as the default', `<a xmlns="${xmlns}"/>`],
    ['3', 'an element with the prefix xmlns', '<xmlns:a/>'],
    ['3', 'an element that has the name of a declaration', '<xmlns:p xmlns:p="u"/>'],
    ['4', 'a name with two colons', '<p:q:a xmlns:p="u"/>'],
    ['4', 'a name that begins with a colon', '<:a/>'],
    ['4', 'a name that ends with a colon', '<p: xmlns:p="u"/>'],
    ['4', 'a colon as a name', '<:/>'],
    ['4', 'an attribute that begins with a colon', '<a :b="1"/>'],
    ['4', 'an attribute that ends with a colon', '<a xmlns:p="u" p:="1"/>'],
    ['4', 'a declaration of no prefix', '<a xmlns:="u"/>'],
    ['4', 'a declaration of a prefix that begins with a digit', '<a xmlns:1="u"/>'],
    ['4', 'a local part that begins with a digit', '<p:1 xmlns:p="u"/>'],
    ['4', 'a local part that begins with a hyphen', '<p:-a xmlns:p="u"/>'],
    ['5', 'a prefix of an element that is not declared', '<p:a/>'],
    ['5', 'a prefix of an attribute that is not declared', '<a p:b="1"/>'],
    ['5', 'a prefix that is declared in the element before', '<a><b xmlns:p="u"/><p:c/></a>'],
    ['5', 'a prefix that is declared further in', '<p:a><b xmlns:p="u"/></p:a>'],
    ['5', 'a prefix that is taken back', '<a xmlns:p="u"><b xmlns:p=""/></a>'],
    [
      '5',
      'an end tag of the same namespace by another prefix',
      '<p:a xmlns:p="u" xmlns:q="u"></q:a>',
    ],
    ['6.3', 'an attribute twice by two prefixes', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
    [
      '6.3',
      'an attribute twice by a prefix of further out',
      '<p:a xmlns:p="u"><b xmlns:q="u" q:b="1" p:b="2"/></p:a>',
    ],
    ['6.3', 'a prefix declared twice', '<a xmlns:p="u" xmlns:p="v"/>'],
    ['6.3', 'a default namespace declared twice', '<a xmlns="u" xmlns="u"/>'],
  ])('%s: %s', (_section, _what, document) => {
    expect(refusalOf(document)).toMatch(/^[A-Z].* \(at byte \d+\)\.$/);
  });
});
