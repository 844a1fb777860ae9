import { spaceBytes } from './byte-kinds.ts';
import { XmlError } from './xml-error.ts';

/** What the XML declaration says of the encoding (XML 1.0, 2.8 and 4.3.3), and where. */
export interface XmlDeclaration {
  /** Where the declaration ends. */
  readonly end: number;
  /** The name of the encoding, if there is one. */
  readonly encoding: string | undefined;
  /** Where that name begins and ends. */
  readonly encodingStart: number;
  readonly encodingEnd: number;
}

/** More is not taken. A declaration that says all that it may has about sixty characters. */
const maxLength = 1024;

const opening = Buffer.from('<?xml');

/** What a declaration may say, in this order, and the form of each value. */
const statements: readonly { readonly name: string; readonly form: RegExp }[] = [
  { name: 'version', form: /^1\.[0-9]+$/ },
  { name: 'encoding', form: /^[A-Za-z][\w.-]*$/ },
  { name: 'standalone', form: /^(?:yes|no)$/ },
];
const statement = /[ \t\r\n]+([a-z]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/y;
const closing = /[ \t\r\n]*\?>/y;

/**
 * Reads the XML declaration at a place, if there is one.
 *
 * @throws XmlError if it is malformed, or of a version other than 1.x.
 */
export function readDeclaration(bytes: Buffer, start: number): XmlDeclaration | undefined {
  if (!opening.every((byte, index) => bytes[start + index] === byte)) return undefined;
  const after = start + opening.length;
  if (spaceBytes[bytes[after] ?? 0] !== 1) return undefined;
  const text = bytes.toString('latin1', after, start + maxLength);
  const found = readStatements(text);
  const first = found.at(0);
  closing.lastIndex = found.at(-1)?.end ?? 0;
  if (first?.name !== 'version' || !closing.test(text)) {
    throw new XmlError('The XML declaration is malformed', start);
  }
  const encoding = found.find(({ name }) => name === 'encoding');
  // The closing quote follows the value.
  const encodingEnd = after + (encoding?.end ?? 1) - 1;
  return {
    end: after + closing.lastIndex,
    encoding: encoding?.value,
    encodingStart: encodingEnd - (encoding?.value.length ?? 0),
    encodingEnd,
  };
}

interface Statement {
  readonly name: string;
  readonly value: string;
  readonly end: number;
}

/** The statements from the start of a text on, as far as they come in order and in form. */
function readStatements(text: string): Statement[] {
  const found: Statement[] = [];
  statement.lastIndex = 0;
  for (const { name, form } of statements) {
    const { lastIndex } = statement;
    const match = statement.exec(text);
    const value = match?.[2] ?? match?.[3] ?? '';
    if (match?.[1] === name && form.test(value)) {
      found.push({ name, value, end: statement.lastIndex });
    } else {
      statement.lastIndex = lastIndex;
    }
  }
  return found;
}
