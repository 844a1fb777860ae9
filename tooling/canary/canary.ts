import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Logger } from '../../packages/core/src/telemetry/logger.ts';
import { eventNames } from '../../packages/core/src/telemetry/channels.ts';
import { describeLeak, findLeaks, type Sighting } from './leaks.ts';
import { listenToConsole, listenToOutput } from './output.ts';

export { canaries } from './secrets.ts';

/** A message names so many leaks at most: the first tells enough. */
const mostNamed = 10;

/**
 * Watches for secrets while tests run: in everything that is printed, logged or published on
 * `vendorkit:*`, and in every value that a test hands over. {@link Canary.check} fails if one of the
 * {@link canaries} or a JSON web token is in any of it, in any encoding.
 */
export class Canary {
  readonly #texts = new Map<string, Set<string>>();
  readonly #objects = new Map<object, string>();
  readonly #stops: (() => void)[] = [];

  /** Starts to listen. */
  start(): void {
    if (this.#stops.length > 0) return;
    const see = (channel: string, value: unknown) => this.#see(channel, value);
    this.#stops.push(listenToOutput(see), listenToConsole(see), this.#listenToChannels());
  }

  /** Stops listening, and puts back what was there before. */
  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  /**
   * Has a value looked through at the end of the test: an error, a client, a result.
   *
   * @returns The value.
   */
  watch<Value>(value: Value, name = 'a watched value'): Value {
    this.#see(name, value);
    return value;
  }

  /** A logger whose lines are kept for the test, and looked through at its end. */
  logger(): Logger & { readonly lines: { level: string; message: string; fields: unknown }[] } {
    const lines: { level: string; message: string; fields: unknown }[] = [];
    const at = (level: string) => (message: string, fields?: unknown) => {
      lines.push({ level, message, fields });
      this.#see(`the log at ${level}`, message);
      this.#see(`the log at ${level}`, fields);
    };
    return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  }

  /**
   * Looks through all that was seen since the last time, and forgets it.
   *
   * @throws Error if there was a secret in it. The message tells which and where, and not the secret.
   */
  check(): void {
    const leaks = this.#sightings().flatMap(findLeaks);
    this.#texts.clear();
    this.#objects.clear();
    if (leaks.length === 0) return;
    const named = leaks.slice(0, mostNamed).map((leak) => `  ${describeLeak(leak)}`);
    throw new Error(`Secrets got out (${leaks.length}):\n${named.join('\n')}`);
  }

  /** Equal texts are kept once, so that a test with 10,000 calls stays cheap. */
  #see(channel: string, value: unknown): void {
    if (typeof value === 'string') {
      const texts = this.#texts.get(channel) ?? new Set();
      this.#texts.set(channel, texts.add(value));
    } else if (typeof value === 'object' && value !== null) {
      this.#objects.set(value, channel);
    }
  }

  #sightings(): Sighting[] {
    const objects = [...this.#objects].map(([value, channel]) => ({ channel, value }));
    const texts = [...this.#texts].map(([channel, lines]) => ({
      channel,
      value: [...lines].join('\n'),
    }));
    return [...texts, ...objects];
  }

  #listenToChannels(): () => void {
    const listener = (event: unknown, name: string | symbol) => {
      for (const [key, value] of Object.entries(event as object)) {
        this.#see(`event ${String(name)}, member ${key}`, value);
      }
    };
    for (const name of eventNames) subscribe(`vendorkit:${name}`, listener);
    return () => {
      for (const name of eventNames) unsubscribe(`vendorkit:${name}`, listener);
    };
  }
}

const key: unique symbol = Symbol.for('vendorkit.canary');

/** The canary of this test file. It stays the same when a test resets its modules. */
export const canary: Canary = ((globalThis as { [key]?: Canary })[key] ??= new Canary());
