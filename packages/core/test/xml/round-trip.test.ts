import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readXml, type XmlElement } from '../../src/xml/index.ts';
import { eventsOf, nameOf, type XmlEvent } from './events.ts';
import { readBySaxes } from './saxes-events.ts';
import { eventsOfTree, type Tree, tree, writeTree } from './tree-writer.ts';

/** A tree without the ways of writing it. */
function plain(element: Tree): unknown {
  const children = element.content.flatMap((node) => ('text' in node ? [] : [plain(node)]));
  const texts = element.content.map((node) => ('text' in node ? node.text : ''));
  return {
    name: nameOf(element.namespace, element.localName),
    attributes: element.attributes.map(([, value]) => value),
    children,
    text: texts.join(''),
  };
}

function plainElement({ name, attributes, children, text }: XmlElement): unknown {
  return {
    name: nameOf(name.namespace, name.localName),
    attributes: attributes.map(({ value }) => value),
    children: children.map((child) => plainElement(child)),
    text,
  };
}

test('whatever is written comes back, token by token and as a tree', () => {
  fc.assert(
    fc.property(tree, (element) => {
      const document = writeTree(element);
      expect(eventsOf(document)).toEqual(eventsOfTree(element));
      expect(plainElement(readXml(Buffer.from(document)))).toEqual(plain(element));
    }),
    { numRuns: 1000 },
  );
});

test('a text that comes in pieces is the same, however short they are', () => {
  fc.assert(
    fc.property(tree, fc.integer({ min: 1, max: 12 }), (element, maxTextBytes) => {
      const document = writeTree(element);
      expect(joined(eventsOf(document, 128, maxTextBytes))).toEqual(eventsOfTree(element));
    }),
    { numRuns: 1000 },
  );
});

/** Adjacent pieces put together. */
function joined(events: XmlEvent[]): XmlEvent[] {
  const whole: XmlEvent[] = [];
  for (const event of events) {
    const last = whole.at(-1);
    if ('text' in event && last !== undefined && 'text' in last) last.text += event.text;
    else whole.push({ ...event });
  }
  return whole.filter((event) => !('text' in event) || event.text !== '');
}

test('the writer of these documents writes what saxes reads the same', () => {
  fc.assert(
    fc.property(tree, (element) => {
      expect(readBySaxes(writeTree(element)).events).toEqual(eventsOfTree(element));
    }),
    { numRuns: 300 },
  );
});

test('a document that lost or gained a byte is refused or read, never anything else', () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.nat(255), fc.boolean(), (element, place, byte, isGained) => {
      const document = Buffer.from(writeTree(element));
      const at = place % document.length;
      const changed = Buffer.concat([
        document.subarray(0, at),
        Buffer.from(isGained ? [byte] : []),
        document.subarray(isGained ? at : at + 1),
      ]);
      expect(() => {
        try {
          eventsOf(changed);
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'XmlError') throw error;
        }
      }).not.toThrow();
    }),
    { numRuns: 1000 },
  );
});
