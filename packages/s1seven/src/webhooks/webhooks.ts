import { fastify, type FastifyScope, type WebhookFastifyOptions } from './fastify.ts';
import type { WebhookHandlerOptions } from './handler-options.ts';
import { handler, type WebhookHandler } from './handler.ts';
import type { RawBody } from './raw-body.ts';
import type { ReplayStore } from './replay-store.ts';
import { sign, type WebhookSignOptions } from './sign.ts';
import type { WebhookVerifyOptions } from './verify-options.ts';
import { verify } from './verify.ts';
import type { WebhookEvent } from './webhook-event.ts';
import type { WebhookHeaders } from './webhook-headers.ts';

/**
 * Receives the vendor's webhooks: `verify` for any server, `handler` for `node:http` and Express,
 * `fastify` for Fastify, `sign` for tests.
 *
 * The signature is over the raw body. The vendor's sample of 2021 tries a second form as well, over the
 * body parsed, its keys sorted and written again. That form is not offered: it vouches for what a parser
 * understood and not for the bytes that were sent, so it lets changed bytes pass, and other parsers may
 * read them otherwise (of duplicate keys, and of numbers beyond 2^53, only one reading is left).
 *
 * The signature's time is not part of what is signed: whoever captured a delivery can send it again
 * with a new time. A `replayStore` refuses that for as long as it remembers.
 */
export interface Webhooks {
  /**
   * Makes sure that a webhook was signed by the vendor, and reads it. The signature is the header
   * `signature: t=<unix seconds>,h=<hexadecimal HMAC-SHA256 of the body>`; it is known from the vendor's
   * portal documentation of 2021, and from nowhere newer, so blanks, another order, capital digits and
   * further members are let pass.
   *
   * @param rawBody - The bytes that were sent, or their text. Not the parsed body.
   * @param headers - The headers that came with it, with names in any case.
   * @returns The event; a promise of it if there is a `replayStore`.
   * @throws VendorError `SIGNATURE_REJECTED`, whose `details.reason` is a `SignatureRejection`;
   * `INVALID_RESPONSE` if the body is signed and cannot be read: without a content type it has to be
   * JSON; `CONNECTION` if the store fails; `INVALID_REQUEST` or `CONFIGURATION` naming the field if it
   * was called wrongly.
   *
   * @example
   * ```ts
   * const event = S1Seven.webhooks.verify(rawBody, request.headers, { secret });
   * if (event.resource === 'certificates') await store(event.payload);
   * ```
   */
  verify<Body = unknown>(
    rawBody: RawBody,
    headers: WebhookHeaders,
    options: WebhookVerifyOptions<Body> & { replayStore?: undefined },
  ): WebhookEvent<Body>;
  verify<Body = unknown>(
    rawBody: RawBody,
    headers: WebhookHeaders,
    options: WebhookVerifyOptions<Body> & { replayStore: ReplayStore },
  ): Promise<WebhookEvent<Body>>;
  verify<Body = unknown>(
    rawBody: RawBody,
    headers: WebhookHeaders,
    options: WebhookVerifyOptions<Body>,
  ): WebhookEvent<Body> | Promise<WebhookEvent<Body>>;

  /**
   * Signs a body as the vendor does, for tests of the code that receives webhooks.
   *
   * @returns The value of the header `signature`.
   * @throws VendorError `CONFIGURATION` or `INVALID_REQUEST` naming the field.
   *
   * @example
   * ```ts
   * const headers = { signature: S1Seven.webhooks.sign(body, { secret }) };
   * await fetch(url, { method: 'POST', body, headers });
   * ```
   */
  sign(rawBody: RawBody, options: WebhookSignOptions): string;

  /**
   * A request handler for `node:http` and Express that verifies each webhook and has it handled. The
   * vendor is told no more than a status: 204 when `onEvent` has resolved, 401 if the signature was
   * rejected, 409 for a replay, 400 for a signed body that cannot be read, 405 for anything but a POST,
   * 408 for a body that does not come in time, 413 for one that is too long, 500 if `onEvent` or the
   * replay store failed or the body was parsed before.
   *
   * @throws VendorError `CONFIGURATION` naming the field.
   *
   * @example
   * ```ts
   * const onEvent = async (event: WebhookEvent) => store(event);
   * app.post('/hooks/s1seven', S1Seven.webhooks.handler({ secret, onEvent }));
   * ```
   */
  handler<Body = unknown>(options: WebhookHandlerOptions<Body>): WebhookHandler;

  /**
   * A Fastify plugin with a route that verifies each webhook and has it handled, and answers as
   * `webhooks.handler` does. It reads bodies in its own scope: other routes are not touched.
   *
   * @throws VendorError `CONFIGURATION` naming the field.
   *
   * @example
   * ```ts
   * app.register(S1Seven.webhooks.fastify({ path: '/hooks/s1seven', secret, onEvent }));
   * ```
   */
  fastify<Body = unknown>(
    options: WebhookFastifyOptions<Body>,
  ): (scope: FastifyScope) => Promise<void>;
}

/** See {@link Webhooks}. */
export const webhooks: Webhooks = { verify, sign, handler, fastify };
