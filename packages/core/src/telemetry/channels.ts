import diagnosticsChannel, { channel, type Channel } from 'node:diagnostics_channel';
import { callSafely, isThenable } from './call-safely.ts';
import type { EventMap, Hooks } from './events.ts';
import { logHooks, type Logger } from './logger.ts';

const held: unique symbol = Symbol.for('vendorkit.channels@1');

type Channels = { readonly [Name in keyof EventMap]: Channel };

/**
 * The channels of `node:diagnostics_channel` on which all clients of the process publish, one an
 * event: `vendorkit:callStart` and so on. What a subscriber throws is Node's to report: it becomes an
 * uncaught exception.
 */
const channels = holdForever({
  callStart: channel('vendorkit:callStart'),
  callEnd: channel('vendorkit:callEnd'),
  attemptStart: channel('vendorkit:attemptStart'),
  attemptEnd: channel('vendorkit:attemptEnd'),
  retry: channel('vendorkit:retry'),
  quota: channel('vendorkit:quota'),
  warning: channel('vendorkit:warning'),
});

/**
 * Node forgets a channel that nobody holds, and when it does, Node 20 also forgets a channel of the
 * same name that was made since: its subscribers then hear nothing. A test runner that loads this
 * file once for each of its files runs into this. So the first channels are held by Node's own
 * module, which lives as long as the process.
 */
function holdForever(made: Channels): Channels {
  const holder = diagnosticsChannel as { [held]?: Channels };
  return (holder[held] ??= made);
}

/** The names of all events. */
export const eventNames = Object.keys(channels) as readonly (keyof EventMap)[];

/** Tells the world what a client does: channels, log and hooks, in this order. */
export interface Telemetry {
  /** Publishes an event. It never throws, and costs next to nothing while nobody listens. */
  emit<Name extends keyof EventMap>(name: Name, event: EventMap[Name]): void;
  /** Whether anybody listens, for events that are costly to make. */
  listens(name: keyof EventMap): boolean;
}

/** Makes the telemetry of one client. */
export function createTelemetry(options: {
  /** The vendor's name. */
  vendor: string;
  /** The caller's hooks. */
  hooks?: Hooks | undefined;
  /** The caller's logger. */
  logger?: Logger | undefined;
}): Telemetry {
  const { vendor, hooks, logger } = options;
  const listeners = [logger && logHooks(logger), hooks].filter(
    (listener) => listener !== undefined,
  );
  const reported = new Set<keyof EventMap>();

  function emit<Name extends keyof EventMap>(name: Name, event: EventMap[Name]): void {
    if (channels[name].hasSubscribers) channels[name].publish(event);
    for (const listener of listeners) {
      callSafely(
        () => listener[name]?.(event),
        () => report(name),
      );
    }
  }

  /** Says once of each hook that it failed. What it threw may hold anything, and is not repeated. */
  function report(name: keyof EventMap): void {
    if (reported.has(name)) return;
    reported.add(name);
    const message = `The hook \`${name}\` failed. The call went on; further failures are not reported.`;
    emit('warning', { vendor, warning: 'hook-failed', message });
  }

  return {
    emit,
    listens: (name) =>
      channels[name].hasSubscribers || listeners.some((listener) => listener[name] !== undefined),
  };
}

/**
 * Several hooks as one. Each is called, also after another has failed.
 *
 * @example
 * ```ts
 * const hooks = combineHooks(openTelemetry({ tracer, meter }), { retry: (event) => count(event) });
 * ```
 */
export function combineHooks(...all: readonly Hooks[]): Hooks {
  const names = eventNames.filter((name) => all.some((hooks) => hooks[name] !== undefined));
  return Object.fromEntries(
    names.map((name) => [name, (event: never) => callAll(all, name, event)]),
  );
}

/** Calls every hook of a name. The promise, if there is one, rejects if a hook failed. */
function callAll<Name extends keyof EventMap>(
  all: readonly Hooks[],
  name: Name,
  event: EventMap[Name],
): Promise<unknown> | undefined {
  const pending: PromiseLike<unknown>[] = [];
  for (const hooks of all) {
    try {
      const result: unknown = hooks[name]?.(event);
      if (isThenable(result)) pending.push(result);
    } catch (error) {
      pending.push(Promise.reject(error));
    }
  }
  return pending.length === 0 ? undefined : Promise.all(pending);
}
