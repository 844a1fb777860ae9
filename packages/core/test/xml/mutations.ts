import fc from 'fast-check';

/** Documents that between them use all that XML has and the reader takes. */
export const seeds: readonly string[] = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<!-- a - b -->\n<r a="1" b=\'2\'>text</r>\n<!--end-->\n',
  '<s:E xmlns:s="urn:s"><s:B><n:r xmlns:n="urn:n" xmlns="urn:d"><i n:k="v">1</i></n:r></s:B></s:E>',
  '<a>x &amp; y &lt; &gt; &quot; &apos; &#65; &#x1F600; ]] ></a>',
  '<a><![CDATA[ <b> & ]] > ]]>t<!-- c -->u<b/>\r\n\r<c x="a&#10;b\tc\r\nd &lt; > \'"/></a >',
  '<é:ü xmlns:é="urn:é" été="naïve 😀"><été xmlns="">œuvre</été></é:ü>',
  '<p:a xmlns:p="u" xmlns:q="u" p:x="1" q:y="2" x="3"><p:a xmlns:p="v" p:x="1" q:x="2"/></p:a>',
  '<a xml:lang="fr" xmlns:xml="http://www.w3.org/XML/1998/namespace"><b xml:space="preserve"/></a>',
  '\ufeff<a><b>1</b><b>2</b><b/><b></b> <b>\n</b></a>',
];

/** What is put into them: what means something, and what is illegal. */
const insertions: readonly string[] = [
  '<|>|&|/|"|\'|=|:| |\t|\n|\r|\r\n|;|#|!|?|-|--|]|]]|]]>|<!--|-->|<![CDATA[|<!|<?|?>|</|/>',
  '<a|</a>|<b>|</b>|<c/>|&amp;|&lt;|&#0;|&#x0;|&#65;|&#x110000;|&#xD800;|&#xFFFE;|&nbsp;|&#|&#x',
  'xmlns|xmlns=|xmlns:p="u"| xmlns="v"| x="1"| xmlns:p=""| p:x="1"|p:|q:|xml:|xmlns:|-a|.a|a|0',
  '\u0000|\u0001|\u001f|\u007f|\u0085|\ufffe|\uffff|\ufffd|\u2028|\ufeff|é|·|😀|\u0300|×',
  '<?xml version="1.0"?>|<!DOCTYPE a>|<?p i?>|<?xml?>|version="1.1"',
].flatMap((group) => group.split('|'));

type Mutation = (text: string) => string;

const place = fc.double({ min: 0, max: 1, noNaN: true });

function index(text: string, at: number): number {
  return Math.floor(at * text.length);
}

const insert: fc.Arbitrary<Mutation> = fc
  .tuple(place, fc.constantFrom(...insertions))
  .map(([at, added]) => (text) => {
    const split = index(text, at);
    return text.slice(0, split) + added + text.slice(split);
  });

const remove: fc.Arbitrary<Mutation> = fc
  .tuple(place, fc.integer({ min: 1, max: 6 }))
  .map(([at, length]) => (text) => {
    const split = index(text, at);
    return text.slice(0, split) + text.slice(split + length);
  });

const replace: fc.Arbitrary<Mutation> = fc
  .tuple(place, fc.constantFrom(...insertions))
  .map(([at, added]) => (text) => {
    const split = index(text, at);
    return text.slice(0, split) + added + text.slice(split + 1);
  });

const copy: fc.Arbitrary<Mutation> = fc
  .tuple(place, place, fc.integer({ min: 1, max: 20 }))
  .map(([from, to, length]) => (text) => {
    const start = index(text, from);
    const split = index(text, to);
    return text.slice(0, split) + text.slice(start, start + length) + text.slice(split);
  });

const cut: fc.Arbitrary<Mutation> = place.map((at) => (text) => text.slice(0, index(text, at)));

/** Documents that are well-formed or nearly so. */
export const mutatedDocument: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(
      fc.oneof(
        { arbitrary: insert, weight: 4 },
        { arbitrary: replace, weight: 3 },
        { arbitrary: remove, weight: 3 },
        { arbitrary: copy, weight: 2 },
        { arbitrary: cut, weight: 1 },
      ),
      { minLength: 0, maxLength: 3 },
    ),
  )
  .map(([seed, mutations]) => mutations.reduce((text, mutate) => mutate(text), seed))
  // A half of a surrogate pair cannot be written in UTF-8.
  .map((text) => Buffer.from(text).toString());
