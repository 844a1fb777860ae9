import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { ClientRequest, RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { parseProxy } from './proxy.ts';
import type { Proxy } from './proxy.ts';
import { loadSecureContext } from './secure-context.ts';
import type { TlsIdentity } from './secure-context.ts';
import { serverName } from './server-name.ts';
import { SocketGate } from './socket-gate.ts';
import type { Turn } from './socket-gate.ts';
import { openTunnel } from './tunnel.ts';

/** How a client reaches its vendor. */
export interface ConnectorOptions extends TlsIdentity {
  readonly baseUrl: URL;
  readonly proxy?: string | undefined;
  readonly maxSockets: number;
}

/** What a request is made of before it is signed. */
export interface RequestHead {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Receives the way to give up a connection that is being made for this request. */
  readonly onDial: (giveUp: () => void) => void;
}

/** Opens requests on the sockets of one client. */
export interface Connector {
  /** Whether an answer of the proxy can be taken for one of the vendor. */
  readonly isRelayed: boolean;
  /** Waits for one of the client's sockets to be free. */
  enter(onTurn: () => void): Turn;
  /** Begins a request with headers that were checked; nothing is written before it is ended. */
  open(head: RequestHead): ClientRequest;
  /** Closes the sockets. */
  close(): void;
}

/**
 * Without a `timeout`, Node's agent ignores a server's `Keep-Alive: timeout=5`, and reuses sockets that
 * the server is about to close.
 */
const idleSocketMs = 60_000;

/**
 * Makes the one agent of a client.
 *
 * @throws VendorError `CERTIFICATE` or `CONFIGURATION` if the options cannot be used.
 */
export function createConnector(options: ConnectorOptions): Connector {
  const { baseUrl, maxSockets, ca, clientCertificate } = options;
  const proxy = options.proxy === undefined ? undefined : parseProxy(options.proxy);
  const secureContext = loadSecureContext({ ca, clientCertificate });
  const pool = { keepAlive: true, maxSockets, scheduling: 'lifo', timeout: idleSocketMs } as const;
  const secure = { ...pool, secureContext, rejectUnauthorized: true };
  if (baseUrl.protocol === 'https:') {
    const agent = proxy
      ? new TunnelAgent({ ...secure, proxy, proxyContext: loadSecureContext({ ca }) })
      : new HttpsAgent(secure);
    return connectorOf(agent, options, undefined);
  }
  if (proxy === undefined) return connectorOf(new HttpAgent(pool), options, undefined);
  // The client's certificate is for the vendor, not for the proxy.
  const relay = { ...pool, secureContext: loadSecureContext({ ca }), rejectUnauthorized: true };
  return connectorOf(proxy.isSecure ? new HttpsAgent(relay) : new HttpAgent(pool), options, proxy);
}

/** @param relay - A proxy that passes plain requests on, if there is one. */
function connectorOf(
  agent: HttpAgent,
  { baseUrl, maxSockets }: ConnectorOptions,
  relay: Proxy | undefined,
): Connector {
  const gate = new SocketGate(maxSockets);
  const isSecure = relay?.isSecure ?? baseUrl.protocol === 'https:';
  const request = isSecure ? httpsRequest : httpRequest;
  const target = {
    agent,
    host: relay?.host ?? baseUrl.hostname.replace(/^\[|\]$/g, ''),
    port: relay?.port ?? (Number(baseUrl.port) || (isSecure ? 443 : 80)),
    setHost: false,
    insecureHTTPParser: false,
  };

  function open({ method, url, headers, onDial }: RequestHead): ClientRequest {
    const route = url.pathname + url.search;
    const options: DialOptions = {
      ...target,
      method,
      path: relay ? url.origin + route : route,
      servername: isSecure ? serverName(target.host) : undefined,
      onDial,
    };
    const outgoing = request(options).on('error', ignore);
    outgoing.setHeader('Host', url.host);
    const own = relay?.credentials() ?? {};
    for (const [name, value] of Object.entries({ ...headers, ...own })) {
      outgoing.setHeader(name, value);
    }
    return outgoing;
  }

  return {
    isRelayed: relay !== undefined,
    enter: (onTurn) => gate.enter(onTurn),
    open,
    close: () => agent.destroy(),
  };
}

interface DialOptions extends RequestOptions {
  readonly servername?: string | undefined;
  readonly onDial?: RequestHead['onDial'];
}

interface TunnelAgentOptions {
  readonly maxSockets: number;
  readonly secureContext: SecureContext;
  readonly proxy: Proxy;
  readonly proxyContext: SecureContext;
}

/** An agent whose sockets are tunnels through a proxy. */
class TunnelAgent extends HttpsAgent {
  readonly #dial: Pick<TunnelAgentOptions, 'secureContext' | 'proxy' | 'proxyContext'>;

  constructor({ proxy, proxyContext, ...options }: TunnelAgentOptions) {
    super(options);
    this.#dial = { proxy, proxyContext, secureContext: options.secureContext };
  }

  override createConnection(
    options: DialOptions,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const host = options.host ?? '';
    const port = Number(options.port);
    // Node's agent takes an error without a socket, whatever its declaration says.
    const done = callback as (error: Error | null, socket?: Duplex) => void;
    options.onDial?.(openTunnel({ ...this.#dial, host, port }, done));
  }
}

/** Listened to for as long as the request lives: what matters is heard by the exchange as well. */
function ignore(): void {}
