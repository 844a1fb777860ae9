import { encodeSegment, refusedInput, type VendorError } from '@vendorkit/core';
import type { Evidence, OperationDefinition } from './operation.ts';
import { operations, type OperationName } from './operations.ts';

type ResourceOf<Name> = Name extends `${infer Resource}.${string}` ? Resource : never;

/** A resource as the client names it, for instance `coinTypes`. */
export type ResourceName = ResourceOf<OperationName>;

/**
 * Paths that are others than this package believes: of a single operation, with its variables
 * (`{ 'events.retry': '/events/{id}/redeliver' }`), or of all operations of a resource
 * (`{ wallets: '/wallet' }`).
 */
export type PathOverrides = {
  readonly [Name in OperationName | ResourceName]?: string | undefined;
};

/** The path of an operation. */
export interface KnownPath {
  /** The path after `/api`, with its variables in braces. */
  readonly template: string;
  /** Where it is known from. */
  readonly evidence: Evidence | 'option';
}

/** The paths of all operations. */
export type Paths = Readonly<Record<OperationName, KnownPath>>;

const definitions: Readonly<Record<OperationName, OperationDefinition>> = operations;

const names = Object.keys(definitions) as readonly OperationName[];

const variable = /\{(\w+)\}/g;

/**
 * The paths of all operations, with those that the caller knows better.
 *
 * @throws VendorError `CONFIGURATION` naming the path that was refused.
 */
export function readPaths(overrides: PathOverrides = {}): Paths {
  checkNames(overrides);
  const paths = names.map((name) => [name, pathOf(name, overrides)]);
  return Object.fromEntries(paths) as Paths;
}

function checkNames(overrides: PathOverrides): void {
  const known = new Set<string>([...names, ...names.map(resourceOf)]);
  const stranger = Object.keys(overrides).find((name) => !known.has(name));
  if (stranger === undefined) return;
  throw refused(stranger, 'Expected the name of an operation or a resource');
}

function pathOf(name: OperationName, overrides: PathOverrides): KnownPath {
  const { path, evidence } = definitions[name];
  const resource = resourceOf(name);
  const { [name]: own, [resource]: base } = overrides;
  if (own !== undefined) return { template: checkedTemplate(name, own, path), evidence: 'option' };
  if (base === undefined) return { template: path, evidence };
  const template = path.replace(/^\/[^/]+/, checkedTemplate(resource, base, ''));
  return { template, evidence: 'option' };
}

/** A path without one of its variables would send every id to the same place. */
function checkedTemplate(name: string, template: string, original: string): string {
  if (!/^(?:\/[\w.~-]+|\/\{\w+\})+$/.test(template) || /\/\.{1,2}(?:\/|$)/.test(template)) {
    throw refused(name, 'Expected a path such as `/wallets/{id}`');
  }
  const expected = variablesOf(original);
  if (variablesOf(template) === expected) return template;
  const problem = expected === '' ? 'Expected no variables' : `Expected the variables ${expected}`;
  throw refused(name, problem);
}

function variablesOf(template: string): string {
  const found = [...template.matchAll(variable)].map(([text]) => text);
  return found.toSorted().join(' ');
}

function refused(name: string, problem: string): VendorError {
  return refusedInput('CONFIGURATION', `paths[${JSON.stringify(name)}]`, problem);
}

/** The resource of an operation, as the client names it. */
export function resourceOf(name: OperationName): ResourceName {
  return name.slice(0, name.indexOf('.')) as ResourceName;
}

/**
 * The path with its variables filled in.
 *
 * @throws VendorError `INVALID_REQUEST` naming the variable whose value is missing, empty, `.` or `..`.
 */
export function fillPath(
  template: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return template.replaceAll(variable, (_text, name: string) => encodeSegment(values[name], name));
}

/**
 * What the vendor counts a request as: its method and the path with variables (S1SEVEN API
 * information, "Rate Limit": a limit for each endpoint). In a path that no operation has, whatever
 * holds a digit is taken for an id: too few routes are counted too strictly, too many not enough.
 */
export function routeOf(method: string, path: string, paths: Paths): string {
  const segments = path.replace(/\/$/, '').split('/');
  const fitting = names
    .filter((name) => definitions[name].method === method)
    .map((name) => paths[name].template)
    .filter((template) => fits(template.split('/'), segments));
  // `/users/me` before `/users/{id}`.
  const [closest] = fitting.toSorted((one, other) => countVariables(one) - countVariables(other));
  const general = segments.map((segment) => (/\d/.test(segment) ? '{id}' : segment)).join('/');
  return `${method} ${closest ?? general}`;
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  const isSame = (part: string, index: number) => part.startsWith('{') || part === segments[index];
  return template.length === segments.length && template.every(isSame);
}

function countVariables(template: string): number {
  return template.split('{').length;
}
