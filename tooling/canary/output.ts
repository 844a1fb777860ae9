import { inspect } from 'node:util';

/** Hears what was printed. */
export type Listener = (channel: string, text: string) => void;

const streams = ['stdout', 'stderr'] as const;
const consoleMethods = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const;

/**
 * Listens to what is written to the process's output, and to its warnings.
 *
 * @returns A function that stops it.
 */
export function listenToOutput(hear: Listener): () => void {
  const stops = streams.map((name) =>
    wrap(process[name], 'write', ([chunk]) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString();
      hear(`process.${name}`, text);
    }),
  );
  const hearWarning = (warning: Error) =>
    hear('a process warning', inspect(warning, { depth: 12 }));
  process.on('warning', hearWarning);
  return () => {
    for (const stop of stops) stop();
    process.removeListener('warning', hearWarning);
  };
}

/**
 * Listens to the console, which a test runner may not write to the process's output.
 *
 * @returns A function that stops it.
 */
export function listenToConsole(hear: Listener): () => void {
  const stops = consoleMethods.map((name) =>
    wrap(console, name, (values) => {
      for (const value of values) {
        hear(
          `console.${name}`,
          typeof value === 'string' ? value : inspect(value, { depth: 12, showHidden: true }),
        );
      }
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

/** Lets a listener hear the arguments of a method. Returns a function that undoes it. */
function wrap<Name extends string>(
  target: { [Key in Name]: (...values: never[]) => unknown },
  name: Name,
  hear: (values: unknown[]) => void,
): () => void {
  const original = target[name];
  const wrapped = function wrapped(this: unknown, ...values: never[]): unknown {
    hear(values);
    return original.apply(this, values);
  };
  target[name] = wrapped;
  return () => {
    // A test that put something of its own in its place undoes that itself.
    if (target[name] === wrapped) target[name] = original;
  };
}
