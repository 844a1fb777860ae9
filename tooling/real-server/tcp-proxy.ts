import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a client and a server, and cuts what goes through it. */
export interface TcpProxy {
  readonly port: number;
  /** How many connections were accepted so far. */
  readonly accepted: number;
  /** How many go through now. */
  readonly open: number;
  /** Cuts every connection at this moment, wherever it stands. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a proxy to a port of 127.0.0.1. It knows nothing of what it carries. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let accepted = 0;
  const server = createServer((client) => {
    accepted += 1;
    const pair = [client, connect(targetPort, '127.0.0.1')] as const;
    pairs.add(pair);
    join(pair, () => pairs.delete(pair));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get accepted() {
      return accepted;
    },
    get open() {
      return pairs.size;
    },
    cut,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What ends or fails on one side ends on the other. */
function join(pair: readonly [Socket, Socket], onEnd: () => void): void {
  const [client, upstream] = pair;
  client.pipe(upstream);
  upstream.pipe(client);
  for (const socket of pair) {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      for (const other of pair) other.destroy();
      onEnd();
    });
  }
}
