import { escapeText, firstIllegal } from '@vendorkit/core/xml';
import { UnwritableResult } from './unwritable-result.ts';

/**
 * Writes a member that no schema declares: a list as repeated elements, an object as an element with
 * elements in it, a number or a truth value with its type (`xsi:type`), as JAXB does for any object.
 *
 * @throws UnwritableResult for what has no form in XML.
 */
export function writeUndeclared(name: string, value: unknown, path: string): string {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new UnwritableResult(path, 'a name that XML has');
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (Array.isArray(value)) {
    return value.map((item, index) => writeUndeclared(name, item, `${path}[${index}]`)).join('');
  }
  if (typeof value === 'object' && !(value instanceof Date)) {
    const members = Object.entries(value).map(([member, item]) =>
      writeUndeclared(member, item, `${path}.${member}`),
    );
    return `<${name}>${members.join('')}</${name}>`;
  }
  const [text, type] = leafOf(value, path);
  const attribute = type === undefined ? '' : ` xsi:type="xs:${type}"`;
  return `<${name}${attribute}>${escapeText(text)}</${name}>`;
}

/** The text of a value, and its type if it is no text. */
function leafOf(value: unknown, path: string): readonly [text: string, type?: string] {
  if (typeof value === 'string' && firstIllegal(value) === -1) return [value];
  if (typeof value === 'bigint') return [String(value), 'long'];
  if (typeof value === 'boolean') return [String(value), 'boolean'];
  if (Number.isSafeInteger(value)) return [String(value), 'long'];
  if (Number.isFinite(value)) return [String(value), 'double'];
  if (value instanceof Date) return [value.toISOString(), 'dateTime'];
  throw new UnwritableResult(path, 'something that XML has a form for');
}
