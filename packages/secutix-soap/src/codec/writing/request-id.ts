import type { Members } from './check-members.ts';
import type { ElementWriter } from './element-writer.ts';
import type { LinkedField } from '../linked-type.ts';
import { writeSimple } from './write-simple.ts';
import { writeString } from '../values/write-value.ts';

/** The `requestId` among the parameters of a call (SecuTix SOAP 5.2). */
export interface WrittenRequestId {
  /** The text of the one that the caller passed. */
  readonly text: string | undefined;
  /** What is written where there is none: nothing, or a nil element. */
  readonly absentXml: string;
}

/**
 * Writes the caller's own `requestId`, by its type if the schema declares it.
 *
 * @throws VendorError `INVALID_REQUEST` if it is none.
 */
export function writeRequestId(
  field: LinkedField | undefined,
  members: Members,
  writer: ElementWriter,
): WrittenRequestId {
  const value = Object.hasOwn(members, 'requestId') ? members['requestId'] : undefined;
  if (value === undefined || value === null) {
    // The vendor's examples pass null at first, whatever the schema says.
    const isPlain = field === undefined || (value === null && !field.isNillable);
    return { text: undefined, absentXml: isPlain ? '' : writer.member(field, members) };
  }
  const text = writer.within('requestId', () => textOf(field, value, writer));
  return { text, absentXml: '' };
}

function textOf(field: LinkedField | undefined, value: unknown, writer: ElementWriter): string {
  if (field?.type.kind === 'simple') return writeSimple(field.type, value, writer);
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string' || value === '') {
    return writer.refuse('Expected an integer or a text');
  }
  return writeString(value, writer);
}
