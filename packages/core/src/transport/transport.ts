// Packages that compile these sources do not include the declaration by themselves.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./axios.d.ts" />
import axios from 'axios/dist/node/axios.cjs';
import { closedError } from '../errors/closed.ts';
import { VendorError } from '../errors/vendor-error.ts';
import type { Clock } from '../time/clock.ts';
import { createConnector } from './connector.ts';
import { Exchange } from './exchange.ts';
import type { Ending } from './exchange.ts';
import { failureError } from './failure.ts';
import { checkRequestHeaders } from './headers.ts';
import type { RawAnswer, TransportRequest } from './messages.ts';
import type { ClientCertificate, PemOrDer } from './secure-context.ts';

export type { RawAnswer, TransportRequest } from './messages.ts';
export type { ClientCertificate } from './secure-context.ts';

/** The way of one client to its vendor. */
export interface Transport {
  /** Scheme, host and port of the vendor. */
  readonly origin: string;
  /**
   * Sends one attempt. A redirect is an answer like any other, and is not followed.
   *
   * @throws VendorError `CONNECTION`, `CERTIFICATE`, `TIMEOUT`, `DEADLINE_EXCEEDED`, `ABORTED`,
   * `INVALID_RESPONSE`, `INVALID_REQUEST` or `CLOSED`, with its `outcome`.
   */
  send(request: TransportRequest): Promise<RawAnswer>;
  /** Ends what is under way with `CLOSED`, and closes the sockets. */
  close(): void;
}

/** What a transport is made of. */
export interface TransportOptions {
  /** The vendor; see `parseBaseUrl`. */
  readonly baseUrl: URL;
  /** `http://[user:password@]host[:port]`. Environment variables are not consulted. */
  readonly proxy?: string | undefined;
  /** The authorities to trust instead of Node's list. */
  readonly ca?: PemOrDer | readonly PemOrDer[] | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
  /** How many requests may be under way at a time. */
  readonly maxSockets: number;
  readonly clock: Clock;
}

/**
 * Makes the transport of one client.
 *
 * @throws VendorError `CERTIFICATE` or `CONFIGURATION` if the options cannot be used.
 */
export function createTransport(options: TransportOptions): Transport {
  const { clock } = options;
  const { origin } = options.baseUrl;
  const connector = createConnector(options);
  const underWay = new Set<Exchange>();
  let isClosed = false;

  async function send(request: TransportRequest): Promise<RawAnswer> {
    const { method, url } = request;
    if (isClosed) throw closedError('not-sent');
    if (url.origin !== origin) throw foreignError();
    checkRequestHeaders(request.headers);
    const exchange = new Exchange(request, connector, clock);
    underWay.add(exchange);
    const { data } = await client.request<Ending>({ exchange });
    underWay.delete(exchange);
    if ('answer' in data) return data.answer;
    throw failureError(data.failure, { method, url });
  }

  function close(): void {
    isClosed = true;
    for (const exchange of underWay) exchange.fail({ kind: 'closed' });
    connector.close();
  }

  return Object.freeze({ origin, send, close });
}

/**
 * The one axios instance. Its adapter does all that touches the network, and takes the request from
 * the exchange, so that axios can neither change a header nor keep a secret in an error. Made by the
 * class, not by `create()`, it has none of axios's defaults: they could be changed by anyone in the
 * process, and merging them costs as much as a third of a request.
 */
const client = new axios.Axios({
  adapter: async (config) => {
    const data = await config.exchange.run();
    return { data, status: 200, statusText: '', headers: {}, config };
  },
  proxy: false,
  maxRedirects: 0,
  allowAbsoluteUrls: false,
  responseType: 'arraybuffer',
  decompress: false,
  validateStatus: () => true,
  transformRequest: [],
  transformResponse: [],
});

function foreignError(): VendorError {
  return new VendorError('The request leads away from the base URL.', {
    code: 'INVALID_REQUEST',
    field: 'path',
    outcome: 'not-sent',
  });
}
