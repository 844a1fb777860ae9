import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { Proxy } from './proxy.ts';
import { serverName } from './server-name.ts';

/** Where a tunnel leads, and through what. */
export interface TunnelOptions {
  readonly proxy: Proxy;
  /** TLS settings for a proxy that is reached by https. */
  readonly proxyContext: SecureContext;
  /** The vendor's host name, or address without brackets. */
  readonly host: string;
  readonly port: number;
  /** TLS settings for the vendor. */
  readonly secureContext: SecureContext;
}

/** Called once, with a socket that speaks TLS with the vendor, or with what went wrong. */
export type TunnelCallback = (error: Error | null, socket?: TLSSocket) => void;

/**
 * Opens a TLS connection to the vendor through a proxy (RFC 9110, 9.3.6). The proxy sees the vendor's
 * host name and nothing else.
 *
 * @returns a function that gives the attempt up.
 */
export function openTunnel(options: TunnelOptions, callback: TunnelCallback): () => void {
  const { proxy, proxyContext, host, port } = options;
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const tls = { secureContext: proxyContext, rejectUnauthorized: true };
  const connect = (proxy.isSecure ? httpsRequest : httpRequest)({
    host: proxy.host,
    port: proxy.port,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...proxy.credentials() },
    agent: false,
    // Without it, the name would be taken from the Host header.
    ...(proxy.isSecure && { ...tls, servername: serverName(proxy.host) }),
  });
  let giveUp: () => unknown = () => connect.destroy(new TunnelError('ERR_TUNNEL_ABANDONED'));
  connect.on('error', callback);
  connect.once('connect', ({ statusCode = 0 }, socket) => {
    if (statusCode < 200 || statusCode > 299) {
      socket.destroy();
      callback(new TunnelError('ERR_PROXY_REFUSED', statusCode));
      return;
    }
    giveUp = startTls(socket, options, callback);
  });
  connect.end();
  return () => giveUp();
}

function startTls(
  socket: Socket,
  { host, secureContext }: TunnelOptions,
  callback: TunnelCallback,
): () => TLSSocket {
  const secured = connectTls({
    socket,
    host,
    secureContext,
    rejectUnauthorized: true,
    servername: serverName(host),
  });
  const cut = () => callback(new TunnelError('ECONNRESET'));
  secured.on('error', callback).once('close', cut);
  secured.once('secureConnect', () => {
    secured.off('error', callback).off('close', cut);
    callback(null, secured);
  });
  return () => secured.destroy(new TunnelError('ERR_TUNNEL_ABANDONED'));
}

/** Why there is no tunnel. */
export class TunnelError extends Error {
  readonly code: string;
  /** What the proxy answered, if it refused. */
  readonly proxyStatus: number | undefined;

  constructor(code: string, proxyStatus?: number) {
    super(code);
    this.code = code;
    this.proxyStatus = proxyStatus;
  }
}
