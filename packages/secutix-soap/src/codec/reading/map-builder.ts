import { types } from 'node:util';
import { setMember } from '../member-key.ts';

/** Makes a plain object of a map's entries, as long as that loses nothing. */
export class MapBuilder {
  #object: Record<string, unknown> | undefined = {};

  /** The map; `undefined` if a key is missing, nil or repeated, or an entry has more than it should. */
  get object(): Record<string, unknown> | undefined {
    return this.#object;
  }

  /** Takes the next entry, as it was read. */
  add(entry: unknown): void {
    const object = this.#object;
    if (object === undefined) return;
    const key = keyOf(entry);
    if (key === undefined || Object.hasOwn(object, key)) this.#object = undefined;
    else setMember(object, key, (entry as { value?: unknown }).value ?? null);
  }
}

function keyOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { key } = entry as { key?: bigint | boolean | number | string | Date | null };
  const size = 'value' in entry ? 2 : 1;
  if (Object.keys(entry).length !== size) return undefined;
  if (types.isDate(key)) return key.toISOString();
  const isText = ['string', 'number', 'bigint', 'boolean'].includes(typeof key);
  return isText ? String(key) : undefined;
}
