import { isPlainObject } from '@vendorkit/core';
import type { LinkedComplex } from '../linked-type.ts';
import { listOf } from './list-text.ts';
import type { ParameterPlace } from './parameter-place.ts';

/** An object that the caller gave. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * Refuses members that the schema does not have. One that is `undefined` counts as absent.
 *
 * @param owner - What has the members, if it is not just an object.
 * @param more - Further members that are allowed.
 * @throws VendorError `INVALID_REQUEST` naming the first of them.
 */
export function checkMembers(
  type: LinkedComplex,
  members: Members,
  place: ParameterPlace,
  { owner = 'There is', more = [] }: { owner?: string; more?: readonly string[] } = {},
): void {
  const { parts, fields } = type;
  for (const name of Object.keys(members)) {
    if (members[name] === undefined || type.fieldOf(name) !== undefined) continue;
    if (more.includes(name) || isSpecial(type, name)) continue;
    const known = listOf([...fields.map(({ key }) => key), ...specialNames(type)]);
    place.within(name, () => {
      throw place.refusal(`${owner} no such name. There is ${known}`);
    });
  }
  const { $attributes } = members;
  if (!isPlainObject($attributes)) return;
  const known = parts.attributes.map(({ key }) => key);
  const unknown = Object.keys($attributes).find(
    (name) => $attributes[name] !== undefined && !known.includes(name),
  );
  if (unknown === undefined) return;
  place.within('$attributes', () => {
    place.within(unknown, () => {
      throw place.refusal(`There is no such attribute. There is ${listOf(known)}`);
    });
  });
}

function isSpecial(type: LinkedComplex, name: string): boolean {
  return name === '$type' || specialNames(type).includes(name);
}

function specialNames({ parts }: LinkedComplex): string[] {
  const names: string[] = [];
  if (parts.text !== undefined) names.push('$value');
  if (parts.isMixed) names.push('$text');
  if (parts.attributes.length > 0) names.push('$attributes');
  return names;
}
