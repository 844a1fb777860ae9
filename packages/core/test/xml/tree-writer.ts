import fc from 'fast-check';
import type { XmlEvent } from './events.ts';
import { nameOf } from './events.ts';

/** An element as it is to be read, and how it is to be written. */
export interface Tree {
  readonly namespace: string;
  readonly localName: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly content: readonly (Tree | Piece)[];
  readonly style: number;
}

/** Text, by several ways of writing it. */
export interface Piece {
  readonly text: string;
  readonly style: number;
}

const namespaces = ['', 'urn:a', 'urn:b', 'http://example.org/é?a&b'];
const localNames = ['a', 'b', 'item', 'données', '_x-1.y', 'ab', 'aB', '\u{10000}'];

/** Characters that XML can carry, those that have to be written in a special way among them. */
const text = fc
  .array(
    fc.oneof(
      {
        arbitrary: fc.constantFrom(
          ...Array.from('ab 1\n\t\r&<>"\']-é\u00a0œ€\u{1f600}\u2028\ufeff'),
        ),
        weight: 4,
      },
      { arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), weight: 1 },
      { arbitrary: fc.constantFrom(']]>', '<!--', '\r\n', 'a long stretch of ASCII'), weight: 1 },
    ),
    { maxLength: 12 },
  )
  .map((parts) =>
    parts
      .join('')
      .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '?'),
  );

const style = fc.integer({ min: 0, max: 5 });

const attributes = fc.uniqueArray(fc.tuple(fc.constantFrom(...localNames), text), {
  selector: ([name]) => name,
  maxLength: 4,
});

/** Elements of any form, up to five levels deep. */
export const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree; node: Tree | Piece }>((tie) => ({
  tree: fc.record({
    namespace: fc.constantFrom(...namespaces),
    localName: fc.constantFrom(...localNames),
    attributes,
    content: fc.array(tie('node'), { maxLength: 5, depthIdentifier: 'tree' }),
    style,
  }),
  node: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'tree', withCrossShrink: true },
    fc.record({ text, style }),
    tie('tree'),
  ),
})).tree;

function reference(character: string, isHexadecimal: boolean): string {
  const code = character.codePointAt(0) ?? 0;
  return isHexadecimal ? `&#x${code.toString(16)};` : `&#0${code};`;
}

/** Writes a text as CDATA sections, in which neither carriage returns nor `]]>` can stand. */
function writeSections(text: string): string {
  const parts = text.split(/(\r|\]\]>)/).map((part) => {
    if (part === '\r') return reference(part, false);
    return `<![CDATA[${part === ']]>' ? ']]]]><![CDATA[>' : part}]]>`;
  });
  return parts.join('<!-- between -->');
}

/** Writes a text in one of several ways. */
function writePiece(piece: Piece): string {
  const characters = Array.from(piece.text);
  switch (piece.style) {
    case 0:
      return writeSections(piece.text);
    case 1:
      return characters.map((character) => reference(character, true)).join('');
    case 2:
      return characters.map((character) => reference(character, false)).join('<!--\r-->');
    default:
      return characters
        .map((character) => (/[&<>\r]/.test(character) ? reference(character, true) : character))
        .join('');
  }
}

function writeAttribute(name: string, value: string, style: number): string {
  const quote = style % 2 === 0 ? '"' : "'";
  const written = Array.from(value).map((character) =>
    character === quote || /[&<\t\n\r]/.test(character) ? reference(character, true) : character,
  );
  const equals = style > 3 ? ' \n=\t' : '=';
  return `\r ${name}${equals}${quote}${written.join('')}${quote}`;
}

/** Every second attribute is in this namespace. */
const attributeNamespace = 'urn:attributes';

/** Writes a document of an element, its namespaces declared by itself. */
export function writeTree(element: Tree): string {
  const { namespace, localName, content, style } = element;
  const prefix = style % 2 === 1 && namespace !== '' ? `p${style}` : '';
  const name = prefix === '' ? localName : `${prefix}:${localName}`;
  const declarations = [
    writeAttribute(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, namespace, style),
    writeAttribute('xmlns:q', attributeNamespace, style),
  ];
  const written = element.attributes.map(([attribute, value], index) =>
    writeAttribute(index % 2 === 0 ? attribute : `q:${attribute}`, value, style),
  );
  // Declarations may follow what needs them.
  const tag = (style > 2 ? [...declarations, ...written] : [...written, ...declarations]).join('');
  if (content.length === 0 && style > 2) return `<${name}${tag}/>`;
  const inner = content.map((node) => ('text' in node ? writePiece(node) : writeTree(node)));
  return `<${name}${tag}>${inner.join('')}</${name}\t>`;
}

/** What a reader should come by in that document. */
export function eventsOfTree(element: Tree): XmlEvent[] {
  const name = nameOf(element.namespace, element.localName);
  const attributes = element.attributes.map(([attribute, value], index) => [
    nameOf(index % 2 === 0 ? '' : attributeNamespace, attribute),
    value,
  ]);
  const events: XmlEvent[] = [{ start: name, attributes: Object.fromEntries(attributes) }];
  for (const node of element.content) {
    const last = events.at(-1);
    if (!('text' in node)) events.push(...eventsOfTree(node));
    else if (last !== undefined && 'text' in last) last.text += node.text;
    else if (node.text !== '') events.push({ text: node.text });
  }
  return [...events, { end: name }];
}
