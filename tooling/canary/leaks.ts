import { types } from 'node:util';
import { renderings } from './renderings.ts';
import { canaryForms, jsonWebToken } from './secrets.ts';

/** A secret that got out. It tells which, where and how, and not the secret itself. */
export interface Leak {
  /** The name of the secret, for instance `canaries.password`. */
  readonly secret: string;
  /** Where it was seen, for instance `event vendorkit:callEnd`. */
  readonly channel: string;
  /** The way to it within what was seen, or empty. */
  readonly path: string;
  /** How it was written, for instance `JSON.stringify`. */
  readonly way: string;
}

/** What was seen, and where. */
export interface Sighting {
  readonly channel: string;
  readonly value: unknown;
}

/** The secrets in something that was seen: each once, with the first way in which it shows. */
export function findLeaks({ channel, value }: Sighting): Leak[] {
  const leaks = new Map<string, Leak>();
  for (const { way, text } of renderings(value)) {
    for (const secret of secretsIn(text)) {
      if (!leaks.has(secret))
        leaks.set(secret, { secret, channel, path: pathTo(secret, value), way });
    }
  }
  return [...leaks.values()];
}

/** One sentence for a failed test. */
export function describeLeak({ secret, channel, path, way }: Leak): string {
  return `${secret} in ${channel}${path === '' ? '' : ` at ${path}`} (${way})`;
}

/** The names of the secrets that a text holds, in any form. */
export function secretsIn(text: string): string[] {
  const names = canaryForms
    .filter((form) => text.includes(form.text))
    .map(({ name }) => `canaries.${name}`);
  if (jsonWebToken.test(text)) names.push('a JSON web token');
  return [...new Set(names)];
}

/** Objects are searched this deep. */
const deepest = 12;

/** The way to the first text within a value that holds this secret. */
function pathTo(secret: string, value: unknown): string {
  const seen = new Set<unknown>();
  let level: [path: string, item: unknown][] = [['', value]];
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    const hit = level.find(([, item]) => holds(item, secret));
    if (hit !== undefined) return hit[0];
    const objects = level.filter(
      ([, item]) => typeof item === 'object' && item !== null && !seen.has(item),
    );
    for (const [, item] of objects) seen.add(item);
    level = objects.flatMap(([path, item]) =>
      members(item as object).map(([step, inner]): [string, unknown] => [
        secretsIn(step).length > 0 ? join(path, '[a name that is a secret]') : join(path, step),
        secretsIn(step).includes(secret) ? step : inner,
      ]),
    );
  }
  return '';
}

function holds(item: unknown, secret: string): boolean {
  const text = types.isUint8Array(item) ? Buffer.from(item).toString() : item;
  return typeof text === 'string' && secretsIn(text).includes(secret);
}

/** Own members, hidden ones included, without running getters. */
function members(value: object): [string, unknown][] {
  if (types.isUint8Array(value)) return [];
  if (value instanceof Map) return [...value].map(([key, item]) => [String(key), item]);
  if (value instanceof Set) return [...value].map((item, index) => [String(index), item]);
  const descriptors = Object.getOwnPropertyDescriptors(value);
  return Reflect.ownKeys(descriptors).map((key) => [
    String(key),
    (Reflect.get(descriptors, key) as PropertyDescriptor).value,
  ]);
}

function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}
