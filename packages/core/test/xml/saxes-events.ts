import { SaxesParser } from 'saxes';
import { nameOf, type XmlEvent } from './events.ts';

const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/** What saxes makes of a document. */
export interface SaxesResult {
  /** Undefined if it is refused. */
  readonly events: XmlEvent[] | undefined;
  /** Whether there is a document type or a processing instruction, which our reader refuses. */
  readonly hasUntaken: boolean;
  /** The encoding that the XML declaration names. */
  readonly encoding: string | undefined;
}

/** The events of saxes, an XML parser that has nothing in common with ours. */
export function readBySaxes(text: string): SaxesResult {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const events: XmlEvent[] = [];
  let isRefused = false;
  let hasUntaken = false;
  let encoding: string | undefined;
  // Comments and the borders of CDATA sections divide texts there, and do not here.
  const addText = (added: string): void => {
    const last = events.at(-1);
    if (added === '' || parser.closed) return;
    if (last !== undefined && 'text' in last) last.text += added;
    else if (events.length > 0) events.push({ text: added });
  };
  let depth = 0;
  parser.on('error', () => (isRefused = true));
  parser.on('doctype', () => (hasUntaken = true));
  parser.on('processinginstruction', () => (hasUntaken = true));
  parser.on('xmldecl', (declaration) => (encoding = declaration.encoding));
  parser.on('text', (added) => depth > 0 && addText(added));
  parser.on('cdata', (added) => addText(added));
  parser.on('opentag', (tag) => {
    depth += 1;
    const attributes: Record<string, string> = {};
    for (const { uri, local, value } of Object.values(tag.attributes)) {
      if (uri !== xmlnsNamespace) attributes[nameOf(uri, local)] = value;
    }
    events.push({ start: nameOf(tag.uri, tag.local), attributes });
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    events.push({ end: nameOf(tag.uri, tag.local) });
  });
  try {
    parser.write(text).close();
  } catch {
    isRefused = true;
  }
  return { events: isRefused ? undefined : events, hasUntaken, encoding };
}
