import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTcpProxy, type TcpProxy } from '../../../../tooling/real-server/tcp-proxy.ts';
import type { ConsumerOrders } from './consumer-process.ts';

/** A way to a broker. */
export interface Route {
  readonly name: string;
  readonly port: number;
  /** The broker's URL, if it were at another port. */
  readonly urlOf: (port: number) => string;
}

/** MQTT over TCP. */
export function tcpRoute(port: number): Route {
  return { name: 'tcp', port, urlOf: (other) => `mqtt://127.0.0.1:${other}` };
}

/** MQTT over WebSocket, at the vendor's path. */
export function webSocketRoute(port: number): Route {
  return { name: 'websocket', port, urlOf: (other) => `ws://127.0.0.1:${other}/ws/mqtt` };
}

/** A consumer in a process of its own, behind a network that is cut. */
export class Consumer {
  readonly name: string;
  readonly #proxy: TcpProxy;
  readonly #orders: ConsumerOrders;
  #process: ChildProcess | undefined;

  private constructor(name: string, proxy: TcpProxy, orders: ConsumerOrders) {
    this.name = name;
    this.#proxy = proxy;
    this.#orders = orders;
  }

  /**
   * Starts one, and waits until it is subscribed.
   *
   * @param route - How it reaches the broker.
   */
  static async start(
    route: Route,
    options: { vhost: string | undefined; token: string | undefined; folder: string },
  ): Promise<Consumer> {
    const { name, port, urlOf } = route;
    const { vhost, token, folder } = options;
    const proxy = await startTcpProxy(port);
    const clientId = `company_42_${name}`;
    const file = join(folder, name);
    const orders = { brokerUrl: urlOf(proxy.port), vhost, token, clientId, file };
    const consumer = new Consumer(name, proxy, orders);
    await consumer.run();
    return consumer;
  }

  /** Runs the process, with the same client id each time. */
  async run(): Promise<void> {
    const runner = join(__dirname, '../../../../tooling/real-server/typescript.cjs');
    const execArgv = ['--conditions', '@vendorkit/source'];
    const child = fork(runner, [join(__dirname, 'consumer-process.ts')], { execArgv });
    this.#process = child;
    child.send(this.#orders);
    const died = once(child, 'exit').then(() => Promise.reject(new Error('The consumer died.')));
    await Promise.race([once(child, 'message'), died]);
    died.catch(() => {});
  }

  /** Kills the process in the middle of what it does. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Whether it holds a connection, as far as the network knows. */
  get isConnected(): boolean {
    return this.#proxy.open > 0;
  }

  /** How many connections it made so far. */
  get connections(): number {
    return this.#proxy.accepted;
  }

  cut(): void {
    this.#proxy.cut();
  }

  /** The texts of what was handled, in order, with an asterisk if the broker marked a duplicate. */
  get handled(): string[] {
    try {
      return readFileSync(this.#orders.file, 'utf8').split('\n').slice(0, -1);
    } catch {
      return [];
    }
  }

  /** Asks it to close its stream, and waits for its end. @returns The exit code. */
  async close(): Promise<number | null> {
    const child = this.#process;
    child?.send('close');
    if (child?.exitCode === null) await once(child, 'exit');
    return child?.exitCode ?? null;
  }

  async destroy(): Promise<void> {
    await this.kill();
    await this.#proxy.close();
  }
}
