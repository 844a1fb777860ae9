import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { Clock } from '@vendorkit/core';
import type { EventRecord, HookRecord } from './records.ts';

/** A webhook that was sent, or that could not be. */
export interface WebhookDelivery {
  readonly hookId: string;
  readonly eventId: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When it was sent, in milliseconds since the Unix epoch, by the emulator's clock. */
  readonly sentAt: number;
  /** What it was answered with; absent until then, and if no answer came. */
  readonly status?: number;
  /** Why it counts as not delivered. */
  readonly error?: string;
}

/** A receiver that takes longer counts as gone. Real time, since a real receiver is asked. */
const timeoutMs = 5_000;

/**
 * Sends webhooks, signed as the vendor's documentation of 2021 says: `signature: t=<unix seconds>,
 * h=<HMAC-SHA256 of the body>`. Nothing is sent beyond this machine.
 */
export class WebhookSender {
  readonly #clock: Clock;
  readonly #deliveries: WebhookDelivery[] = [];
  readonly #attempts: Promise<void>[] = [];
  readonly #end = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Every attempt, oldest first. */
  get deliveries(): readonly WebhookDelivery[] {
    return this.#deliveries;
  }

  /**
   * Sends a webhook once. It is not repeated: the vendor's policy is not public.
   *
   * @param onEnd - Called with what went wrong, or with nothing.
   */
  send(hook: HookRecord, event: EventRecord, onEnd: (problem: string | undefined) => void): void {
    const delivery = prepare(hook, event, this.#clock.now());
    const index = this.#deliveries.push(delivery) - 1;
    this.#attempts.push(this.#deliver(delivery, index, onEnd));
  }

  /** Breaks off what is under way. */
  async close(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#attempts);
  }

  async #deliver(
    delivery: WebhookDelivery,
    index: number,
    onEnd: (problem: string | undefined) => void,
  ): Promise<void> {
    const result = await this.#attempt(delivery);
    this.#deliveries[index] = { ...delivery, ...result };
    onEnd(result.error);
  }

  async #attempt(delivery: WebhookDelivery): Promise<{ status?: number; error?: string }> {
    if (!isLoopback(delivery.url)) {
      return { error: 'The emulator delivers to http on loopback addresses only.' };
    }
    try {
      const status = await post(delivery, this.#end.signal);
      return status < 300 ? { status } : { status, error: `Request failed with status ${status}` };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }
}

function prepare(hook: HookRecord, event: EventRecord, now: number): WebhookDelivery {
  const { id, createdAt, resource, action, payload } = event;
  const body = encode(hook.contentType, { id, createdAt, resource, action, payload });
  const hash = createHmac('sha256', hook.secret).update(body).digest('hex');
  return {
    hookId: hook.id,
    eventId: id,
    url: hook.connectionUrl,
    headers: {
      'content-type': hook.contentType,
      'user-agent': 's1seven-emulator',
      signature: `t=${Math.floor(now / 1_000)},h=${hash}`,
    },
    body,
    sentAt: now,
  };
}

/** The form of the body is not public: the event's own members are assumed. */
function encode(contentType: HookRecord['contentType'], event: Record<string, unknown>): string {
  if (contentType === 'application/json') return JSON.stringify(event);
  const fields = Object.entries(event).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(Object.fromEntries(fields)).toString();
}

function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return protocol === 'http:' && isHere;
}

async function post({ url, headers, body }: WebhookDelivery, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method: 'POST', headers: { ...headers, ...length }, agent: false, signal };
    const request = httpRequest(url, { ...options, timeout: timeoutMs }, (response) => {
      response.resume().once('close', () => resolve(response.statusCode ?? 0));
    });
    request.once('timeout', () => request.destroy(new Error('No answer within 5 s')));
    request.once('error', reject).end(body);
  });
}
