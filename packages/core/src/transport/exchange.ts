import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Clock, Timer } from '../time/clock.ts';
import type { Connector } from './connector.ts';
import type { Failure, FailureReason, Phase } from './failure.ts';
import { isFramed, readHeaders } from './headers.ts';
import type { Turn } from './socket-gate.ts';
import type { RawAnswer, SignedHeaders, TransportRequest } from './messages.ts';

/** How a request ended. */
export type Ending = { readonly answer: RawAnswer } | { readonly failure: Failure };

/** What an answer may have, unless the request says otherwise: 100 MiB. */
const defaultMaxResponseBytes = 100 * 1024 * 1024;

/**
 * One request on one socket: it waits for the socket, has the request signed when the connection is
 * ready, writes it at once, and reads the answer. Whatever happens, it ends once, in time, and leaves
 * neither timer nor listener behind.
 */
export class Exchange {
  readonly #request: TransportRequest;
  readonly #connector: Connector;
  readonly #clock: Clock;
  readonly #startedAt: number;
  #phase: Phase = 'queue';
  #end: ((ending: Ending) => void) | undefined;
  #timer: Timer | undefined;
  #turn: Turn | undefined;
  #outgoing: ClientRequest | undefined;
  #incoming: IncomingMessage | undefined;
  #giveUpDial: (() => void) | undefined;
  #sentAtMs = 0;
  #signatureAgeMs = 0;
  #socketWaitMs = 0;

  constructor(request: TransportRequest, connector: Connector, clock: Clock) {
    this.#request = request;
    this.#connector = connector;
    this.#clock = clock;
    this.#startedAt = clock.monotonicNow();
  }

  /** Goes through with it. The promise is never rejected. */
  async run(): Promise<Ending> {
    return new Promise((resolve) => {
      this.#end = resolve;
      this.#limit();
      if (this.#end !== undefined) this.#queue();
    });
  }

  /** Ends it, unless it has ended already. */
  fail(reason: FailureReason): void {
    this.#finish({ failure: { reason, phase: this.#phase } });
  }

  /** The attempt's time, the call's deadline and the caller's signal. */
  #limit(): void {
    const { timeoutMs, deadline } = this.#request;
    const { signal } = deadline;
    if (signal?.aborted === true) return this.#abort();
    const leftMs = deadline.remainingMs();
    if (leftMs <= 0) return this.fail({ kind: 'deadline' });
    const reason: FailureReason =
      timeoutMs < leftMs ? { kind: 'timeout', afterMs: timeoutMs } : { kind: 'deadline' };
    this.#timer = deadline.clock.schedule(Math.min(timeoutMs, leftMs), () => this.fail(reason));
    signal?.addEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.fail({ kind: 'aborted', cause: this.#request.deadline.signal?.reason });
  };

  #queue(): void {
    this.#turn = this.#connector.enter(() => this.#open());
    // It may have failed before there was anything to close.
    if (this.#end === undefined && this.#outgoing === undefined) this.#turn.leave();
  }

  #open(): void {
    this.#phase = 'connect';
    const { method, url, headers } = this.#request;
    try {
      const onDial = (giveUp: () => void) => (this.#giveUpDial = giveUp);
      this.#outgoing = this.#connector.open({ method, url, headers, onDial });
    } catch (error) {
      return this.fail({ kind: 'not-sendable', error });
    }
    this.#outgoing
      .on('error', this.#onError)
      .on('close', this.#onClose)
      .on('response', this.#onResponse)
      .on('socket', this.#onSocket);
  }

  readonly #onError = (error: unknown): void => {
    if (this.#isStale()) return;
    const { proxyStatus } = error as { proxyStatus?: number };
    if (proxyStatus !== undefined) this.fail({ kind: 'proxy-refused', status: proxyStatus });
    else this.fail({ kind: 'socket', error });
  };

  /** A connection that is closed without a word, too, is a connection that failed. */
  readonly #onClose = (): void => {
    if (this.#isStale()) return this.#open();
    if (this.#incoming?.complete !== true) this.#onCut();
    // The agent has its socket back right after this event, and not before.
    process.nextTick(() => this.#turn?.leave());
  };

  /**
   * A kept connection that its server closes before anything was written. That is nobody's failure,
   * and the next connection will do: a signer that waits may outlast the time a server keeps one.
   */
  #isStale(): boolean {
    const isWritten = this.#phase === 'answer' || this.#phase === 'body';
    return this.#end !== undefined && !isWritten && this.#outgoing?.reusedSocket === true;
  }

  #onCut(): void {
    this.fail({ kind: 'socket', error: { code: 'ECONNRESET' } });
  }

  readonly #onSocket = (socket: Socket): void => {
    this.#giveUpDial = undefined;
    if (isReady(socket)) this.#sign();
    else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', this.#sign);
  };

  readonly #sign = (): void => {
    const { sign } = this.#request;
    this.#phase = 'sign';
    this.#socketWaitMs = this.#clock.monotonicNow() - this.#startedAt;
    const outgoing = this.#outgoing;
    if (outgoing === undefined) return;
    if (sign === undefined) return this.#write(outgoing, {});
    const signed = async () => sign({ socketWaitMs: this.#socketWaitMs });
    signed().then(
      (headers) => this.#write(outgoing, headers),
      (error: unknown) => {
        if (this.#outgoing === outgoing) this.fail({ kind: 'not-signed', error });
      },
    );
  };

  /** Nothing is written if the request has ended, or its connection was replaced, while it was signed. */
  #write(outgoing: ClientRequest, headers: SignedHeaders): void {
    if (this.#end === undefined || this.#outgoing !== outgoing) return;
    const signedAt = this.#clock.monotonicNow();
    const { body } = this.#request;
    try {
      for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
      // Node does not count the body of a GET or DELETE by itself.
      if (body !== undefined) outgoing.setHeader('Content-Length', Buffer.byteLength(body));
    } catch (error) {
      return this.fail({ kind: 'not-sendable', error });
    }
    this.#phase = 'answer';
    this.#sentAtMs = this.#clock.now();
    outgoing.end(body);
    this.#signatureAgeMs = this.#clock.monotonicNow() - signedAt;
  }

  readonly #onResponse = (incoming: IncomingMessage): void => {
    this.#phase = 'body';
    this.#incoming = incoming;
    const receivedAtMs = this.#clock.now();
    const maxBytes = this.#request.maxResponseBytes ?? defaultMaxResponseBytes;
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('error', this.#onError);
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) this.fail({ kind: 'too-large', maxBytes });
      else chunks.push(chunk);
    });
    incoming.on('end', () => {
      if (!incoming.complete) return this.#onCut();
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
      return this.#finish(this.#answer(incoming, body, receivedAtMs));
    });
  };

  #answer(incoming: IncomingMessage, body: Buffer, receivedAtMs: number): Ending {
    const status = incoming.statusCode ?? 0;
    if (status === 407 && this.#connector.isRelayed) {
      return { failure: { reason: { kind: 'proxy-refused', status }, phase: this.#phase } };
    }
    const headers = readHeaders(incoming.rawHeaders);
    const isSigned = this.#request.sign !== undefined;
    return {
      answer: {
        status,
        headers,
        body,
        framed: isFramed(this.#request.method, status, headers),
        sentAtMs: this.#sentAtMs,
        receivedAtMs,
        durationMs: this.#clock.monotonicNow() - this.#startedAt,
        socketWaitMs: this.#socketWaitMs,
        ...(isSigned && { signatureAgeMs: this.#signatureAgeMs }),
      },
    };
  }

  #finish(ending: Ending): void {
    const end = this.#end;
    if (end === undefined) return;
    this.#end = undefined;
    this.#timer?.cancel();
    this.#request.deadline.signal?.removeEventListener('abort', this.#abort);
    if (this.#outgoing === undefined) this.#turn?.leave();
    else if ('failure' in ending) this.#breakOff(this.#outgoing);
    end(ending);
  }

  /** Half a request or half an answer makes a socket useless. */
  #breakOff(outgoing: ClientRequest): void {
    outgoing.socket?.off('secureConnect', this.#sign).off('connect', this.#sign);
    outgoing.destroy();
    this.#giveUpDial?.();
  }
}

/** Whether a request on this socket would leave at once, encrypted for a server that was verified. */
function isReady(socket: Socket): boolean {
  return socket instanceof TLSSocket ? socket.authorized : !socket.connecting;
}
