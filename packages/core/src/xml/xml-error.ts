/**
 * A document that is not well-formed XML with namespaces, or that uses what is not taken here: a
 * document type, a processing instruction, too many levels, an unknown encoding. The message never
 * quotes the document, which may hold secrets.
 */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  /** Where in the bytes the fault was found; the first byte is 0. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(`${message} (at byte ${offset}).`);
    this.offset = offset;
  }
}

/**
 * What is wrong at a place where the document cannot go on.
 *
 * @param bytes - A document and the zero byte after it.
 */
export function unexpected(bytes: Uint8Array, offset: number, message: string): XmlError {
  const isCutOff = offset >= bytes.length - 1;
  return new XmlError(isCutOff ? 'The document ends too early' : message, offset);
}
