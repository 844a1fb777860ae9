import { inspect, types } from 'node:util';

/** One way in which a value becomes text. */
export interface Rendering {
  /** The way, for the message of a failed test. */
  readonly way: string;
  readonly text: string;
}

const everything = {
  depth: 12,
  showHidden: true,
  maxArrayLength: Infinity,
  maxStringLength: Infinity,
  breakLength: Infinity,
};

/** A chain of causes that is longer is a circle. */
const longestChain = 20;

/** A value in every way in which logs, test runners, crash reports and message queues write it. */
export function renderings(value: unknown): Rendering[] {
  if (typeof value === 'string') return [{ way: 'text', text: value }];
  const found = [
    render('JSON.stringify', () => JSON.stringify(value, bigintAsText)),
    render('util.inspect', () => inspect(value, everything)),
    render('util.inspect without customs', () =>
      inspect(value, { ...everything, customInspect: false }),
    ),
    render('structuredClone', () => inspect(structuredClone(value), everything)),
    ...(isError(value) ? errorRenderings(value) : []),
  ];
  return found.filter((rendering) => rendering !== undefined);
}

/** Neither a hidden `cause` nor a message that is not in the stack escapes. */
function errorRenderings(error: Error): (Rendering | undefined)[] {
  const found: (Rendering | undefined)[] = [];
  let level: unknown = error;
  for (let depth = 0; depth < longestChain && isError(level); depth += 1) {
    const current: Error = level;
    const { message, stack, cause } = current;
    const errors: unknown = Reflect.get(current, 'errors');
    const prefix = 'cause.'.repeat(depth);
    found.push(
      render(`${prefix}message`, () => message),
      render(`${prefix}stack`, () => stack),
      render(`${prefix}toString`, () => String(current)),
      render(`${prefix}cause`, () => cause && inspect(cause, everything)),
      render(`${prefix}cause as JSON`, () => cause && JSON.stringify(cause, bigintAsText)),
      render(`${prefix}errors`, () => errors && inspect(errors, everything)),
    );
    level = cause;
  }
  return found;
}

/** A way that a value does not allow (a circle in JSON, a function in a clone) shows nothing. */
function render(way: string, make: () => unknown): Rendering | undefined {
  try {
    const text = make();
    return typeof text === 'string' ? { way, text } : undefined;
  } catch {
    return undefined;
  }
}

function bigintAsText(_key: string, item: unknown): unknown {
  return typeof item === 'bigint' ? item.toString() : item;
}

function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}
