import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as realSleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { EmulatorAnswer, EmulatorRequest } from './messages.ts';
import { lowerCased } from './send-answer.ts';

/** The ways to misbehave; see {@link FaultMode}. */
export const faultModes = [
  'f',
  'p',
  'pc',
  'pa',
  'pn',
  'n',
  'nc',
  'na',
  'chunk_cut',
  'gzip_cut',
  'drip',
  'garbage',
  'header_overflow',
  'duplicate_content_length',
  'lost',
] as const;

/**
 * A way to misbehave. The first eight are those of Azure's http-fault-injector.
 *
 * - `f` no fault: the full answer.
 * - `p` headers and half of the body, then silence; `pc` then the connection is closed; `pa` then it
 *   is reset; `pn` then a pause, and the rest.
 * - `n` no answer, silence; `nc` no answer, the connection is closed; `na` no answer, it is reset.
 * - `chunk_cut` a chunked body that ends before its last chunk; `gzip_cut` half of a gzip stream, ended
 *   by the close of the connection; `drip` a byte every 300 ms.
 * - `garbage` an answer that is not HTTP; `header_overflow` 64 kB of headers;
 *   `duplicate_content_length` two lengths that differ.
 * - `lost` the request is handled, then the connection is reset before the answer.
 *
 * The emulator's handler runs for `lost` and for the modes that send a part of its answer: `p`, `pc`,
 * `pa`, `pn`, `chunk_cut`, `gzip_cut`, `drip`. For the others the request leaves no trace.
 */
export type FaultMode = (typeof faultModes)[number];

/** Which requests meet a fault. */
export interface FaultOptions {
  /** How many requests meet it. @defaultValue 1 */
  times?: number;
  /** Only requests for which this holds meet it. @defaultValue every request */
  when?: (request: EmulatorRequest) => boolean;
  /**
   * A wait in milliseconds on the server's clock: before the fault; for `pn` between the halves; for
   * `drip` between the bytes.
   * @defaultValue 0; 50 for `pn`; 300 for `drip`
   */
  delayMs?: number;
}

/** Makes a server misbehave, request by request. */
export interface Faults {
  /** The next requests that fit meet a fault. Faults are used up in the order they were ordered in. */
  next(mode: FaultMode, options?: FaultOptions): void;
  /** The next requests that fit get this answer; the handler does not run. */
  answer(answer: EmulatorAnswer, options?: Omit<FaultOptions, 'delayMs'>): void;
  /** Forgets the faults that were not met yet. */
  clear(): void;
  /** How many faults were not met yet. */
  readonly pending: number;
}

/** One fault, ready to be committed. */
export interface Fault {
  readonly mode: FaultMode;
  readonly delayMs: number | undefined;
}

/** What committing a fault needs. */
export interface Scene {
  readonly response: ServerResponse;
  /** The TCP socket below the response. */
  readonly socket: Socket;
  /** Asks the handler. */
  readonly ask: () => Promise<EmulatorAnswer>;
  readonly wait: (delayMs: number) => Promise<void>;
  readonly date: string;
}

/** Commits a fault. */
export async function misbehave(fault: Fault, scene: Scene): Promise<void> {
  const { mode, delayMs } = fault;
  if (delayMs !== undefined && mode !== 'pn' && mode !== 'drip') await scene.wait(delayMs);
  switch (mode) {
    case 'f':
    case 'n':
      break;
    case 'nc':
      closeAfter(scene, '');
      break;
    case 'na':
      reset(scene);
      break;
    case 'garbage':
      closeAfter(scene, 'I AM NOT HTTP\r\n\r\n');
      break;
    case 'header_overflow':
      closeAfter(scene, `HTTP/1.1 200 OK\r\nx-filler: ${'x'.repeat(65_536)}\r\n\r\n`);
      break;
    case 'duplicate_content_length':
      closeAfter(scene, 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 5\r\n\r\n{}');
      break;
    case 'p':
    case 'pc':
    case 'pa':
    case 'pn':
    case 'chunk_cut':
    case 'gzip_cut':
    case 'drip':
    case 'lost':
      await breakOff(mode, delayMs, scene, await scene.ask());
      break;
  }
}

type PartialMode = 'p' | 'pc' | 'pa' | 'pn' | 'chunk_cut' | 'gzip_cut' | 'drip' | 'lost';

/** The faults that begin after the handler's answer is known. */
async function breakOff(
  mode: PartialMode,
  delayMs: number | undefined,
  scene: Scene,
  answer: EmulatorAnswer,
): Promise<void> {
  const body = Buffer.from(answer.body ?? '');
  switch (mode) {
    case 'lost':
      reset(scene);
      break;
    case 'p':
      await sendHalf(scene, answer, body);
      break;
    case 'pc':
      await sendHalf(scene, answer, body);
      closeAfter(scene, '');
      break;
    case 'pa':
      await sendHalf(scene, answer, body);
      // A reset that arrives together with data is seen as an orderly end by the receiver.
      await realSleep(20);
      reset(scene);
      break;
    case 'pn':
      await sendHalf(scene, answer, body);
      await scene.wait(delayMs ?? 50);
      scene.response.end(body.subarray(half(body)));
      break;
    case 'chunk_cut':
      await sendPart(
        scene,
        answer,
        { 'transfer-encoding': 'chunked' },
        body.subarray(0, half(body)),
      );
      closeAfter(scene, '');
      break;
    case 'gzip_cut':
      await cutGzip(scene, answer, body);
      break;
    case 'drip':
      await drip(scene, answer, body, delayMs ?? 300);
      break;
  }
}

async function drip(
  scene: Scene,
  answer: EmulatorAnswer,
  body: Buffer,
  delayMs: number,
): Promise<void> {
  await sendPart(scene, answer, { 'content-length': String(body.length) }, body.subarray(0, 1));
  for (let sent = 1; sent < body.length && !scene.socket.destroyed; sent += 1) {
    await scene.wait(delayMs);
    scene.response.write(body.subarray(sent, sent + 1));
  }
  scene.response.end();
}

/** Half of a gzip stream in a body that only the close of the connection ends. */
async function cutGzip(scene: Scene, answer: EmulatorAnswer, body: Buffer): Promise<void> {
  const encoded = 'content-encoding' in (answer.headers ?? {}) ? body : gzipSync(body);
  scene.response.shouldKeepAlive = false;
  scene.response.removeHeader('transfer-encoding');
  const headers = { 'content-encoding': 'gzip', connection: 'close' };
  await sendPart(scene, answer, headers, encoded.subarray(0, half(encoded)));
  closeAfter(scene, '');
}

async function sendHalf(scene: Scene, answer: EmulatorAnswer, body: Buffer): Promise<void> {
  const length = { 'content-length': String(body.length) };
  await sendPart(scene, answer, length, body.subarray(0, half(body)));
}

/** Writes the head and a part of the body, and waits until the system has taken them. */
async function sendPart(
  { response, date }: Scene,
  answer: EmulatorAnswer,
  framing: Record<string, string>,
  part: Buffer,
): Promise<void> {
  response.sendDate = false;
  response.writeHead(answer.status, { date, ...lowerCased(answer.headers ?? {}), ...framing });
  response.flushHeaders();
  if (part.length === 0) return;
  await new Promise<void>((resolve) => response.write(part, () => resolve()));
}

/** Writes raw bytes, then closes the connection in good order, below TLS if there is TLS. */
function closeAfter({ response }: Scene, bytes: string): void {
  response.socket?.end(bytes);
}

/** Closes the connection at once, with a TCP RST. */
function reset({ socket }: Scene): void {
  // Node's resetAndDestroy() would send a FIN first.
  Object.assign(socket, { resetAndClosing: true }).destroy();
}

function half(body: Buffer): number {
  return Math.floor(body.length / 2);
}
