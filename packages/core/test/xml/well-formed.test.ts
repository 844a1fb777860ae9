import { describe, expect, test } from '@jest/globals';
import { eventsOf, refusalOf } from './events.ts';

/** What is in a root element `a`: texts as they are, elements as `<name>` and `</name>`. */
function contentOf(document: string): string {
  const parts = eventsOf(document).map((event) => {
    if ('text' in event) return event.text;
    if ('end' in event) return `</${event.end.slice(2)}>`;
    const attributes = Object.entries(event.attributes);
    return `<${event.start.slice(2)}${attributes.map(([name, value]) => ` ${name.slice(2)}=[${value}]`).join('')}>`;
  });
  return parts.join('');
}

describe('taken is, by XML 1.0,', () => {
  test.each([
    // 2.1 documents
    ['2.1', 'a root alone', '<a></a>', '<a></a>'],
    ['2.1', 'a root without content', '<a/>', '<a></a>'],
    ['2.1', 'white space around the root', ' \t\r\n<a/>\r\n\t ', '<a></a>'],
    ['2.1', 'nested elements', '<a><b><c/></b><b/></a>', '<a><b><c></c></b><b></b></a>'],
    // 2.2 characters
    ['2.2', 'tab, line feed and space', '<a>\t\n </a>', '<a>\t\n </a>'],
    [
      '2.2',
      'DEL and the C1 controls',
      '<a>\u007f\u0080\u0085\u009f</a>',
      '<a>\u007f\u0080\u0085\u009f</a>',
    ],
    ['2.2', 'U+D7FF, U+E000 and U+FFFD', '<a>\ud7ff\ue000\ufffd</a>', '<a>\ud7ff\ue000\ufffd</a>'],
    ['2.2', 'U+10000 and U+10FFFF', '<a>\u{10000}\u{10ffff}</a>', '<a>\u{10000}\u{10ffff}</a>'],
    [
      '2.2',
      'non-characters beyond the first plane',
      '<a>\u{1fffe}\u{1ffff}</a>',
      '<a>\u{1fffe}\u{1ffff}</a>',
    ],
    ['2.2', 'a byte order mark within text', '<a>\ufeff</a>', '<a>\ufeff</a>'],
    // 2.3 common constructs
    ['2.3', 'a name of one letter', '<Z/>', '<Z></Z>'],
    ['2.3', 'a name that begins with an underscore', '<_a/>', '<_a></_a>'],
    [
      '2.3',
      'a name with all that may follow',
      '<a-b.c_9\u00b7\u0300\u203f/>',
      '<a-b.c_9\u00b7\u0300\u203f></a-b.c_9\u00b7\u0300\u203f>',
    ],
    ['2.3', 'a name outside ASCII', '<été/>', '<été></été>'],
    [
      '2.3',
      'a name outside the first plane',
      '<\u{10000}\u{effff}/>',
      '<\u{10000}\u{effff}></\u{10000}\u{effff}>',
    ],
    ['2.3', 'a name that begins with xml', '<xmlish/>', '<xmlish></xmlish>'],
    ['2.3', 'a value in quotation marks', '<a b="c"/>', '<a b=[c]></a>'],
    ['2.3', 'a value in apostrophes', "<a b='c'/>", '<a b=[c]></a>'],
    ['2.3', 'an apostrophe between quotation marks', '<a b="it\'s"/>', "<a b=[it's]></a>"],
    ['2.3', 'a quotation mark between apostrophes', "<a b='\"'/>", '<a b=["]></a>'],
    ['2.3', 'an empty value', '<a b=""/>', '<a b=[]></a>'],
    ['2.3', 'a > in a value', '<a b=">"/>', '<a b=[>]></a>'],
    // 2.4 character data
    ['2.4', 'a > in text', '<a>1 > 0</a>', '<a>1 > 0</a>'],
    ['2.4', 'brackets in text', '<a>[x] ]] ] ]> ]</a>', '<a>[x] ]] ] ]> ]</a>'],
    ['2.4', 'quotes in text', '<a>"\'</a>', '<a>"\'</a>'],
    ['2.4', ']]> with a reference in it', '<a>]]&gt;</a>', '<a>]]></a>'],
    // 2.5 comments
    ['2.5', 'an empty comment', '<a><!----></a>', '<a></a>'],
    ['2.5', 'markup in a comment', '<a><!-- <b> & ]]> --></a>', '<a></a>'],
    ['2.5', 'a hyphen in a comment', '<a><!-- a-b - c --></a>', '<a></a>'],
    ['2.5', 'comments around the root', '<!--1--> <!--2--><a/><!--3--> <!--4-->', '<a></a>'],
    ['2.5', 'a comment within text', '<a>1<!-- 2 -->3</a>', '<a>13</a>'],
    ['2.5', 'a comment of other alphabets', '<a><!-- été 😀 --></a>', '<a></a>'],
    // 2.7 CDATA sections
    ['2.7', 'a CDATA section', '<a><![CDATA[<b>&amp;</b>]]></a>', '<a><b>&amp;</b></a>'],
    ['2.7', 'an empty CDATA section', '<a><![CDATA[]]></a>', '<a></a>'],
    ['2.7', 'brackets in a CDATA section', '<a><![CDATA[]] ]>]]]></a>', '<a>]] ]>]</a>'],
    ['2.7', 'CDATA sections beside text', '<a>1<![CDATA[2]]>3<![CDATA[4]]></a>', '<a>1234</a>'],
    ['2.7', 'a start of CDATA in CDATA', '<a><![CDATA[<![CDATA[]]></a>', '<a><![CDATA[</a>'],
    ['2.7', ']]> over two sections', '<a><![CDATA[]]]]><![CDATA[>]]></a>', '<a>]]></a>'],
    [
      '2.7',
      'a comment as the text of a section',
      '<a><![CDATA[<!-- -- -->]]></a>',
      '<a><!-- -- --></a>',
    ],
    // 2.8 prolog
    ['2.8', 'a declaration', '<?xml version="1.0"?><a/>', '<a></a>'],
    ['2.8', 'a declaration of a later 1.x', '<?xml version="1.9"?><a/>', '<a></a>'],
    [
      '2.8',
      'a declaration with everything',
      "<?xml version='1.0' encoding='utf-8' standalone='no' ?><a/>",
      '<a></a>',
    ],
    [
      '2.8',
      'a declaration with white space',
      '<?xml\tversion\n=\r"1.0"   standalone = "yes"\n?>\n<a/>',
      '<a></a>',
    ],
    ['2.8', 'a declaration after a byte order mark', '\ufeff<?xml version="1.0"?><a/>', '<a></a>'],
    // 2.11 line ends
    ['2.11', 'a carriage return and line feed', '<a>1\r\n2</a>', '<a>1\n2</a>'],
    ['2.11', 'a carriage return alone', '<a>1\r2\r</a>', '<a>1\n2\n</a>'],
    ['2.11', 'line ends of all kinds', '<a>\r\r\n\n\r\n\r</a>', '<a>\n\n\n\n\n</a>'],
    ['2.11', 'line ends in CDATA', '<a><![CDATA[\r\n\r]]></a>', '<a>\n\n</a>'],
    ['2.11', 'a line end parted by a comment', '<a>\r<!-- -->\n</a>', '<a>\n\n</a>'],
    ['2.11', 'a carriage return by reference', '<a>&#13;&#xD;\n</a>', '<a>\r\r\n</a>'],
    // 3.1 tags
    ['3.1', 'white space in tags', '<a  b = "1"\n\tc\r\n=\t"2" ></a\n>', '<a b=[1] c=[2]></a>'],
    ['3.1', 'white space in an empty tag', '<a b="1" />', '<a b=[1]></a>'],
    ['3.1', 'an element of the same name within', '<a><a/></a>', '<a><a></a></a>'],
    ['3.1', 'names that begin alike', '<a><ab/><abc></abc></a>', '<a><ab></ab><abc></abc></a>'],
    [
      '3.1',
      'the same attribute in two elements',
      '<a b="1"><a b="2"/></a>',
      '<a b=[1]><a b=[2]></a></a>',
    ],
    ['3.1', 'attributes that differ in case', '<a b="1" B="2"/>', '<a b=[1] B=[2]></a>'],
    // 3.3.3 attribute values
    ['3.3.3', 'tabs and line ends in a value', '<a b="1\t2\n3\r4\r\n5"/>', '<a b=[1 2 3 4 5]></a>'],
    ['3.3.3', 'tabs and line ends by reference', '<a b="&#9;&#10;&#13;"/>', '<a b=[\t\n\r]></a>'],
    ['3.3.3', 'spaces in a value', '<a b="  1  "/>', '<a b=[  1  ]></a>'],
    [
      '3.3.3',
      'references in a value',
      '<a b="&lt;&gt;&amp;&quot;&apos;&#x41;"/>',
      '<a b=[<>&"\'A]></a>',
    ],
    // 4.1 references
    ['4.1', 'a decimal reference', '<a>&#65;&#233;&#128512;</a>', '<a>Aé😀</a>'],
    [
      '4.1',
      'a hexadecimal reference',
      '<a>&#x41;&#xe9;&#x1F600;&#x10ffFF;</a>',
      '<a>Aé😀\u{10ffff}</a>',
    ],
    ['4.1', 'leading zeros', '<a>&#0000000000065;&#x00000041;</a>', '<a>AA</a>'],
    ['4.1', 'a reference that yields markup', '<a>&#60;b&#62;&#38;amp;</a>', '<a><b>&amp;</a>'],
    ['4.6', 'the five entities', '<a>&lt;&gt;&amp;&quot;&apos;</a>', '<a><>&"\'</a>'],
  ])('%s: %s', (_section, _what, document, expected) => {
    expect(contentOf(document)).toBe(expected);
  });
});

describe('refused is, by XML 1.0,', () => {
  test.each([
    // 2.1 documents
    ['2.1', 'nothing', ''],
    ['2.1', 'white space alone', ' \n'],
    ['2.1', 'a comment alone', '<!-- -->'],
    ['2.1', 'a declaration alone', '<?xml version="1.0"?>'],
    ['2.1', 'text alone', 'a'],
    ['2.1', 'text before the root', 'x<a/>'],
    ['2.1', 'text after the root', '<a/>x'],
    ['2.1', 'a reference after the root', '<a/>&#32;'],
    ['2.1', 'a CDATA section before the root', '<![CDATA[ ]]><a/>'],
    ['2.1', 'a CDATA section after the root', '<a/><![CDATA[ ]]>'],
    ['2.1', 'two roots', '<a/><a/>'],
    ['2.1', 'an end tag after the root', '<a></a></a>'],
    ['2.1', 'an end tag alone', '</a>'],
    ['2.1', 'a root without an end', '<a>'],
    ['2.1', 'an element without an end', '<a><b></a>'],
    ['2.1', 'elements that overlap', '<a><b></a></b>'],
    ['2.1', 'a second byte order mark', '\ufeff\ufeff<a/>'],
    // 2.2 characters
    ['2.2', 'U+0000 in text', '<a>\u0000</a>'],
    ['2.2', 'U+0000 after the root', '<a/>\u0000'],
    ['2.2', 'U+0000 before the root', '\u0000<a/>'],
    ['2.2', 'U+0001 in text', '<a>\u0001</a>'],
    ['2.2', 'U+000B in text', '<a>\u000b</a>'],
    ['2.2', 'U+000C in text', '<a>\u000c</a>'],
    ['2.2', 'U+001B in text', '<a>\u001b</a>'],
    ['2.2', 'U+001F at the end of text', '<a>x\u001f</a>'],
    ['2.2', 'U+FFFE in text', '<a>\ufffe</a>'],
    ['2.2', 'U+FFFF in text', '<a>x\uffffx</a>'],
    ['2.2', 'U+FFFF in a name', '<a\uffff/>'],
    ['2.2', 'U+0001 in a value', '<a b="\u0001"/>'],
    ['2.2', 'U+FFFE in a value', '<a b="\ufffe"/>'],
    ['2.2', 'U+0002 in a comment', '<a><!--\u0002--></a>'],
    ['2.2', 'U+FFFF in a comment', '<a/><!--\uffff-->'],
    ['2.2', 'U+0003 in a CDATA section', '<a><![CDATA[\u0003]]></a>'],
    ['2.2', 'U+FFFE in a CDATA section', '<a><![CDATA[\ufffe]]></a>'],
    ['2.2', 'U+0004 between attributes', '<a b="1"\u0004c="2"/>'],
    ['2.2', 'U+0000 in a tag', '<a\u0000/>'],
    // 2.3 common constructs
    ['2.3', 'a name that begins with a digit', '<1/>'],
    ['2.3', 'a name that begins with a hyphen', '<-a/>'],
    ['2.3', 'a name that begins with a point', '<.a/>'],
    ['2.3', 'a name that begins with a middle dot', '<\u00b7/>'],
    ['2.3', 'a name that begins with a combining mark', '<\u0300/>'],
    ['2.3', 'a multiplication sign in a name', '<a\u00d7/>'],
    ['2.3', 'a Greek question mark in a name', '<a\u037e/>'],
    ['2.3', 'U+2000 in a name', '<a\u2000/>'],
    ['2.3', 'U+F0000 in a name', '<a\u{f0000}/>'],
    ['2.3', 'a digit that begins the name of an attribute', '<a 1="x"/>'],
    ['2.3', 'a semicolon in a name', '<a;/>'],
    ['2.3', 'a space that is none', '<a\u00a0b="1"/>'],
    ['2.3', 'the next line character as white space', '<a\u0085b="1"/>'],
    // 2.4 character data
    ['2.4', ']]> in text', '<a>]]></a>'],
    ['2.4', ']]]> in text', '<a>x]]]>y</a>'],
    ['2.4', 'a < in text', '<a>1 < 2</a>'],
    ['2.4', 'a & in text', '<a>1 & 2</a>'],
    ['2.4', 'a & at the end', '<a>1 &</a>'],
    // 2.5 comments
    ['2.5', 'two hyphens in a comment', '<a><!-- -- --></a>'],
    ['2.5', 'three hyphens that end a comment', '<a><!-- ---></a>'],
    ['2.5', 'a comment that ends as it begins', '<a><!--></a>'],
    ['2.5', 'a comment of a hyphen', '<a><!---></a>'],
    ['2.5', 'a comment without an end', '<a><!-- </a>'],
    ['2.5', 'a comment without an end after the root', '<a/><!-- -'],
    ['2.5', 'half the start of a comment', '<a><!- - --></a>'],
    ['2.5', 'a comment in a tag', '<a <!-- --> />'],
    ['2.5', 'a comment in a value', '<a b="<!-- -->"/>'],
    // 2.6 processing instructions
    ['2.6', 'an instruction named xml in content', '<a><?xml version="1.0"?></a>'],
    ['2.6', 'an instruction without an end', '<a><?p </a>'],
    // 2.7 CDATA sections
    ['2.7', 'a CDATA section without an end', '<a><![CDATA[ </a>'],
    ['2.7', 'a CDATA section that is cut off', '<a><![CDATA[ ]]'],
    ['2.7', 'a CDATA section in lower case', '<a><![cdata[ ]]></a>'],
    ['2.7', 'white space in the start of CDATA', '<a><![ CDATA[ ]]></a>'],
    ['2.7', 'half the start of CDATA', '<a><![CDATA ]]></a>'],
    ['2.7', 'a CDATA section in a value', '<a b="<![CDATA[]]>"/>'],
    ['2.7', 'a CDATA section within another', '<a><![CDATA[<![CDATA[]]>]]></a>'],
    // 2.8 prolog
    ['2.8', 'white space before the declaration', ' <?xml version="1.0"?><a/>'],
    ['2.8', 'a comment before the declaration', '<!-- --><?xml version="1.0"?><a/>'],
    ['2.8', 'a declaration after the root', '<a/><?xml version="1.0"?>'],
    ['2.8', 'two declarations', '<?xml version="1.0"?><?xml version="1.0"?><a/>'],
    ['2.8', 'a declaration without a version', '<?xml encoding="utf-8"?><a/>'],
    ['2.8', 'an empty declaration', '<?xml ?><a/>'],
    ['2.8', 'version 2.0', '<?xml version="2.0"?><a/>'],
    ['2.8', 'version 1.', '<?xml version="1."?><a/>'],
    ['2.8', 'version 1', '<?xml version="1"?><a/>'],
    ['2.8', 'a version that is not quoted', '<?xml version=1.0?><a/>'],
    ['2.8', 'a version in two kinds of quotes', '<?xml version="1.0\'?><a/>'],
    [
      '2.8',
      'the standalone before the encoding',
      '<?xml version="1.0" standalone="yes" encoding="utf-8"?><a/>',
    ],
    ['2.8', 'the encoding before the version', '<?xml encoding="utf-8" version="1.0"?><a/>'],
    ['2.8', 'a version twice', '<?xml version="1.0" version="1.0"?><a/>'],
    ['2.8', 'an unknown statement', '<?xml version="1.0" valid="no"?><a/>'],
    ['2.8', 'no white space between statements', '<?xml version="1.0"encoding="utf-8"?><a/>'],
    ['2.8', 'a declaration in upper case', '<?XML version="1.0"?><a/>'],
    ['2.8', 'a declaration that ends like a tag', '<?xml version="1.0"><a/>'],
    ['2.8', 'a declaration without an end', '<?xml version="1.0" <a/>'],
    [
      '2.9',
      'a standalone that is neither yes nor no',
      '<?xml version="1.0" standalone="maybe"?><a/>',
    ],
    ['2.9', 'a standalone in upper case', '<?xml version="1.0" standalone="YES"?><a/>'],
    // 3.1 tags
    ['3.1', 'white space before a name', '< a/>'],
    ['3.1', 'white space before the name of an end tag', '<a></ a>'],
    ['3.1', 'an end tag of another case', '<a></A>'],
    ['3.1', 'an end tag that is longer', '<a></ab>'],
    ['3.1', 'an end tag that is shorter', '<ab></a>'],
    ['3.1', 'an end tag with an attribute', '<a></a b="1">'],
    ['3.1', 'an end tag with a slash', '<a></a/>'],
    ['3.1', 'an end tag without a name', '<a></>'],
    ['3.1', 'an empty tag', '<>'],
    ['3.1', 'a slash that is not at the end', '<a / >'],
    ['3.1', 'a slash between attributes', '<a b="1" / c="2"/>'],
    ['3.1', 'an attribute without a value', '<a b/>'],
    ['3.1', 'an attribute without an equals sign', '<a b "1"/>'],
    ['3.1', 'an attribute without a name', '<a ="1"/>'],
    ['3.1', 'a value without quotes', '<a b=1/>'],
    ['3.1', 'a value that does not end', '<a b="1/>'],
    ['3.1', 'a value that ends with the other quote', '<a b="1\'/>'],
    ['3.1', 'a < in a value', '<a b="<"/>'],
    ['3.1', 'a & in a value', '<a b="1 & 2"/>'],
    ['3.1', 'no white space between attributes', '<a b="1"c="2"/>'],
    ['3.1', 'no white space before an attribute', '<a"b"="1"/>'],
    ['3.1', 'an attribute twice', '<a b="1" b="1"/>'],
    ['3.1', 'an attribute twice, far apart', '<a b="1" c="2" d="3" b="4"/>'],
    ['3.1', 'a quote between attributes', '<a b="1"" c="2"/>'],
    ['3.1', 'a start tag that is cut off', '<a b="1"'],
    ['3.1', 'a start tag within another', '<a <b>'],
    // 4.1 references
    ['4.1', 'a reference without a semicolon', '<a>&amp</a>'],
    ['4.1', 'a reference without a name', '<a>&;</a>'],
    ['4.1', 'a reference with white space', '<a>& amp;</a>'],
    ['4.1', 'white space before the semicolon', '<a>&amp ;</a>'],
    ['4.1', 'an entity that is not declared', '<a>&nbsp;</a>'],
    ['4.1', 'an entity of upper case', '<a>&LT;</a>'],
    ['4.1', 'an entity that begins like another', '<a>&lte;</a>'],
    ['4.1', 'an undeclared entity in a value', '<a b="&eacute;"/>'],
    ['4.1', 'a long entity', '<a>&abcdefghijklmnopqrstuvwxyz;</a>'],
    ['4.1', 'a reference to no number', '<a>&#;</a>'],
    ['4.1', 'a hexadecimal reference to no number', '<a>&#x;</a>'],
    ['4.1', 'a hexadecimal reference in upper case', '<a>&#X41;</a>'],
    ['4.1', 'letters in a decimal reference', '<a>&#4a;</a>'],
    ['4.1', 'a g in a hexadecimal reference', '<a>&#x4g;</a>'],
    ['4.1', 'a sign in a reference', '<a>&#-65;</a>'],
    ['4.1', 'a reference to U+0000', '<a>&#0;</a>'],
    ['4.1', 'a reference to U+0008', '<a>&#8;</a>'],
    ['4.1', 'a reference to U+000B in a value', '<a b="&#xB;"/>'],
    ['4.1', 'a reference to a surrogate', '<a>&#xD800;</a>'],
    ['4.1', 'references to a pair of surrogates', '<a>&#xD83D;&#xDE00;</a>'],
    ['4.1', 'a reference to U+DFFF', '<a>&#57343;</a>'],
    ['4.1', 'a reference to U+FFFE', '<a>&#xFFFE;</a>'],
    ['4.1', 'a reference to U+FFFF', '<a>&#65535;</a>'],
    ['4.1', 'a reference to U+110000', '<a>&#x110000;</a>'],
    ['4.1', 'a reference to 2 to the power of 32 and 65', '<a>&#4294967361;</a>'],
    ['4.1', 'a reference to a number past all precision', `<a>&#${'9'.repeat(400)};</a>`],
    ['4.1', 'a reference that is cut off', '<a>&#65'],
    // 4.3.3 encodings
    ['4.3.3', 'an encoding that it is not in', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
    ['4.3.3', 'an encoding without a name', '<?xml version="1.0" encoding=""?><a/>'],
    ['4.3.3', 'an encoding that begins with a digit', '<?xml version="1.0" encoding="8utf"?><a/>'],
    [
      '4.3.3',
      'a character outside a declared US-ASCII',
      '<?xml version="1.0" encoding="us-ascii"?><a>é</a>',
    ],
  ])('%s: %s', (_section, _what, document) => {
    expect(refusalOf(document)).toMatch(/^[A-Z].* \(at byte \d+\)\.$/);
  });
});

describe('refused, though XML 1.0 allows it, is', () => {
  test.each([
    ['a document type', '<!DOCTYPE a><a/>'],
    ['a document type with entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['a document type that names a file', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['a processing instruction', '<a><?print now?></a>'],
    ['a processing instruction before the root', '<?xml-stylesheet href="a"?><a/>'],
    ['a processing instruction after the root', '<a/><?end?>'],
  ])('%s', (_what, document) => {
    expect(refusalOf(document)).toBeDefined();
  });
});

describe('bytes that are not UTF-8 are refused with their place', () => {
  test.each([
    ['a continuation without a start', [0x80]],
    ['a start without a continuation', [0xc3]],
    ['a form of two bytes that is too long', [0xc0, 0x80]],
    ['a form of three bytes that is too long', [0xe0, 0x80, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a number above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a byte that never occurs', [0xff]],
    ['ISO-8859-1', [0xe9]],
  ])('%s', (_what, wrong) => {
    const before = Buffer.from('<a b="é\ufffd😀">é\ufffd');
    const document = Buffer.concat([before, Buffer.from(wrong), Buffer.from('x</a>')]);
    expect(refusalOf(document)).toBe(`Not UTF-8 (at byte ${before.length}).`);
    expect(refusalOf(Buffer.concat([before, Buffer.from(wrong)]))).toBe(
      `Not UTF-8 (at byte ${before.length}).`,
    );
  });

  test('half a character at the end', () => {
    expect(refusalOf(Buffer.from('<a/>é').subarray(0, -1))).toBe('Not UTF-8 (at byte 4).');
  });
});

describe('each character of XML 1.0, 2.2,', () => {
  const isCharacter = (code: number): boolean =>
    [0x9, 0xa, 0xd].includes(code) ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  const surrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

  test('is taken in text and gives itself back', () => {
    let text = '';
    for (let code = 0x20; code <= 0x10ffff; code += 1) {
      if (isCharacter(code) && !'<&]'.includes(String.fromCodePoint(code))) {
        text += String.fromCodePoint(code);
      }
    }
    const pieces = eventsOf(`<a>${text}</a>`).map((event) => ('text' in event ? event.text : ''));
    expect(pieces.join('') === text).toBe(true);
  });

  test('and no other of the first plane is taken, as itself or as a reference', () => {
    const wrong: number[] = [];
    for (let code = 0; code <= 0x10000; code += 1) {
      const character = String.fromCodePoint(code);
      const isMarkup = character === '<' || character === '&';
      if (!surrogate(code) && !isMarkup) {
        if ((refusalOf(`<a>${character}</a>`) === undefined) !== isCharacter(code))
          wrong.push(code);
      }
      if ((refusalOf(`<a>&#${code};</a>`) === undefined) !== isCharacter(code)) wrong.push(code);
    }
    expect(wrong).toEqual([]);
  });
});

test('each character is taken in names as the productions say (XML 1.0, 2.3)', () => {
  const start =
    /[A-Z_a-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}\u{200C}-\u{200D}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}]/u;
  const further = /[\u{300}-\u{36F}\u{B7}\u{203F}-\u{2040}0-9.-]/u;
  const wrong: number[] = [];
  for (let code = 0x21; code <= 0x11000; code += 1) {
    const character = String.fromCodePoint(code);
    if ((code >= 0xd800 && code <= 0xdfff) || '/>:&<'.includes(character)) continue;
    const isStart = start.test(character);
    const isName = isStart || further.test(character);
    if ((refusalOf(`<${character}/>`) === undefined) !== isStart) wrong.push(code);
    if ((refusalOf(`<a${character}/>`) === undefined) !== isName) wrong.push(code);
  }
  expect(wrong).toEqual([]);
});
