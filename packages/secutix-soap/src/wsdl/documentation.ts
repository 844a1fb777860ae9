import type { XmlElement } from '@vendorkit/core/xml';

/**
 * What is written for people to an element: `wsdl:documentation` (WSDL 1.1, 2.1.4) or
 * `xs:annotation/xs:documentation` (XML Schema 1, 3.13), several of them one below the other. White
 * space within a line is collapsed, and so are empty lines.
 */
export function documentationOf(element: XmlElement): string | undefined {
  const texts: string[] = [];
  for (const child of element.children) {
    if (child.name.localName === 'documentation') texts.push(tidyText(child));
    else if (child.name.localName === 'annotation') texts.push(documentationOf(child) ?? '');
  }
  return texts.filter((text) => text !== '').join('\n') || undefined;
}

function tidyText(element: XmlElement): string {
  return textOf(element)
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
    .join('\n')
    .trim();
}

/** Its own text, then that of the elements in it, which are markup such as `<p>`. */
function textOf(element: XmlElement): string {
  return [element.text, ...element.children.map(textOf)].join('\n');
}
