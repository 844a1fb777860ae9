import { XmlError, XmlReader } from '../../src/xml/index.ts';

/** What a reader comes by, in a form that can be compared. */
export type XmlEvent =
  | { start: string; attributes: Record<string, string> }
  | { text: string }
  | { end: string };

/** A name with its namespace, as `{namespace}local`. */
export function nameOf(namespace: string, localName: string): string {
  return `{${namespace}}${localName}`;
}

/** The events of our reader. */
export function eventsOf(
  document: string | Uint8Array,
  maxDepth = 128,
  maxTextBytes = 65_536,
): XmlEvent[] {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  const reader = new XmlReader(bytes, { maxDepth, maxTextBytes });
  const events: XmlEvent[] = [];
  for (let token = reader.next(); token !== 'done'; token = reader.next()) {
    const name = nameOf(reader.name.namespace, reader.name.localName);
    if (token === 'text') events.push({ text: reader.text() });
    else if (token === 'end') events.push({ end: name });
    else {
      const attributes: Record<string, string> = {};
      for (const attribute of reader.attributes) {
        attributes[nameOf(attribute.name.namespace, attribute.name.localName)] = attribute.value;
      }
      events.push({ start: name, attributes });
    }
  }
  return events;
}

/** The message of the `XmlError` that a document is refused with, or undefined if it is taken. */
export function refusalOf(document: string | Uint8Array, maxDepth = 128): string | undefined {
  try {
    eventsOf(document, maxDepth);
    return undefined;
  } catch (error) {
    if (error instanceof XmlError) return error.message;
    throw error;
  }
}
