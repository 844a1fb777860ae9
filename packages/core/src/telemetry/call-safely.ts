/**
 * Calls a function that is not ours. Neither what it throws nor what it rejects with goes further:
 * `onFailure` hears only that it failed.
 */
export function callSafely(task: () => unknown, onFailure: () => void): void {
  try {
    const result = task();
    // An async function fails later.
    if (isThenable(result)) result.then(undefined, onFailure);
  } catch {
    onFailure();
  }
}

/** Whether a value can be waited for, whoever made it. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
