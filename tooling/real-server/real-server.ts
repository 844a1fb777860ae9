import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that we did not write, in a process of its own, for the tests that need real ones. */
export interface RealServer {
  /** Tells it something. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it, and waits until it has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A busy machine may take this long, in milliseconds. */
const patienceMs = 60_000;

/**
 * Starts a program and waits until it listens. It fails where the program is missing or ends early.
 *
 * @param ports - Where it will listen on 127.0.0.1; see {@link freePort}.
 */
export async function startRealServer(
  ports: number | readonly number[],
  program: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<RealServer> {
  const env = { ...process.env, ...environment };
  const child = spawn(program, parameters, { env, stdio: 'ignore' });
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
  await Promise.race([allListening([ports].flat(), program, child), failed]);
  return {
    signal: (signal) => void child.kill(signal),
    stop: async (signal = 'SIGTERM') => stop(child, signal),
  };
}

/** A port of 127.0.0.1 that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

async function allListening(
  ports: readonly number[],
  program: string,
  child: ChildProcess,
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (const port of ports) {
    while (!(await isListening(port))) {
      const isOver = child.exitCode !== null || performance.now() > deadline;
      if (isOver) throw new Error(`\`${program}\` did not start.`);
      await sleep(50);
    }
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isUp = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isUp;
}
