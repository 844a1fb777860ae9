import { SaxesParser } from 'saxes';

/** An element as saxes reads it, which shares nothing with our own reader. */
export interface SaxesElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: SaxesElement[];
  text: string;
}

/** Reads a document by saxes, strictly, with namespaces. Attributes have their written names. */
export function saxesTree(xml: string): SaxesElement {
  const parser = new SaxesParser({ xmlns: true });
  const root: SaxesElement = { name: '', namespace: '', attributes: {}, children: [], text: '' };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const values = Object.entries(attributes).map(([name, { value }]) => [name, value]);
    const element: SaxesElement = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(values) as Record<string, string>,
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  const [element] = root.children;
  if (element === undefined) throw new Error('No element');
  return element;
}
