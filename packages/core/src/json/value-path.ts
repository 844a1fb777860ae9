/** A key of an object, or an index of an array. */
export type PathStep = number | string;

/** A path with more steps is shown without its middle. */
const longestPath = 32;
const shownAtEachEnd = 8;

/**
 * How messages name a place in a value: `orders[2].lines["unit price"]`.
 *
 * @param root - What the whole value is called; may be empty.
 * @param steps - The keys and indexes that lead from there to the place.
 */
export function pathOf(root: string, steps: readonly PathStep[]): string {
  if (steps.length <= longestPath) return steps.reduce(append, root);
  const first = steps.slice(0, shownAtEachEnd).reduce(append, root);
  return steps.slice(-shownAtEachEnd).reduce(append, `${first}…`);
}

function append(path: string, step: PathStep): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) return `${path}[${JSON.stringify(step)}]`;
  return path === '' ? step : `${path}.${step}`;
}
