import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { closeLater } from './harness.ts';

/** Something between streams and their broker that ends each connection after a while, with FIN. */
export async function startCuttingProxy(
  url: string,
  leastMs: number,
  mostMs: number,
): Promise<{ url: string }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    const timer = setTimeout(() => near.end(), leastMs + Math.random() * (mostMs - leastMs));
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        clearTimeout(timer);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closeLater({
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
