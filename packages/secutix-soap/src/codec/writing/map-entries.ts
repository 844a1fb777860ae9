import { types } from 'node:util';
import { isPlainObject } from '@vendorkit/core';
import type { LinkedComplex, LinkedField, LinkedSimple } from '../linked-type.ts';

/** One entry of a map that is sent. */
export interface MapItem {
  /** The key as a path names it. */
  readonly step: string;
  readonly key: unknown;
  readonly value: unknown;
}

/** The fields of a map's entries, in the order of the schema. */
export function entryFields(map: LinkedComplex): readonly LinkedField[] {
  const type = map.fields[0]?.type;
  return type?.kind === 'complex' ? type.fields : [];
}

/**
 * The entries of a map that is given as a plain object or a `Map`; `undefined` if it is given as
 * `{ entry: [{ key, value }] }`, as any other type is, or is no map. A map of lists whose only key is
 * `entry` looks like that, too, and must be given as a `Map`.
 */
export function mapItemsOf(map: LinkedComplex, value: unknown): readonly MapItem[] | undefined {
  if (types.isMap(value)) {
    return [...value].map(([key, item]) => ({ step: stepOf(key), key, value: item }));
  }
  if (!isPlainObject(value) || isEntryForm(value)) return undefined;
  const type = entryFields(map).find(({ name }) => name === 'key')?.type;
  return Object.entries(value).map(([step, item]) => ({
    step,
    key: type?.kind === 'simple' ? keyOfText(type, step) : step,
    value: item,
  }));
}

/** Not every object can be made a text. */
function stepOf(key: unknown): string {
  if (typeof key === 'string') return key;
  const isText = ['bigint', 'boolean', 'number'].includes(typeof key);
  return isText ? String(key) : 'an object';
}

function isEntryForm(value: Readonly<Record<string, unknown>>): boolean {
  const { entry, $type: _, ...others } = value;
  const isList =
    Array.isArray(entry) && entry.every((item) => isPlainObject(item) || item === null);
  return isList && Object.keys(others).length === 0;
}

/** The keys of a plain object are texts, where the types of some keys want numbers or booleans. */
function keyOfText({ builtin, read }: LinkedSimple, text: string): unknown {
  if (['string', 'QName', 'date', 'dateTime', 'time', 'decimal'].includes(builtin)) return text;
  return read(text, { namespaceOf: () => undefined }) ?? text;
}
