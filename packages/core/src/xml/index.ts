/**
 * Strict XML: a fast reader, a small tree, and texts written so that every reader gets them back.
 *
 * @packageDocumentation
 */
export type { XmlAttribute } from './attribute-reader.ts';
export { escapeAttribute, escapeText, firstIllegal } from './escape.ts';
export { XmlReader, type XmlLimits, type XmlToken } from './reader.ts';
export { toUtf8 } from './to-utf8.ts';
export { attributeOf, readXml, type XmlElement } from './tree.ts';
export { XmlError } from './xml-error.ts';
export type { XmlName } from './xml-name.ts';
