import type { IncomingMessage, ServerResponse } from 'node:http';
import { receiveDelivery, reportRejection } from './delivery.ts';
import { readHandlerOptions, type WebhookHandlerOptions } from './handler-options.ts';
import { readRequestBody, refusedDelivery, type WebhookRequest } from './request-body.ts';

/** Answers the requests to a hook's address. It never rejects. */
export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * A request handler for `node:http` and Express that verifies each webhook and has it handled. The
 * vendor is told no more than a status: 204 when `onEvent` has resolved, 401 if the signature was
 * rejected, 409 for a replay, 400 for a signed body that cannot be read, 405 for anything but a POST,
 * 413 for a body that is too long, 500 if `onEvent` failed or the body was parsed before.
 *
 * @throws VendorError `CONFIGURATION` naming the field.
 *
 * @example
 * ```ts
 * const onEvent = async (event: WebhookEvent) => store(event);
 * app.post('/hooks/s1seven', S1Seven.webhooks.handler({ secret, onEvent }));
 * ```
 */
export function handler<Body = unknown>(options: WebhookHandlerOptions<Body>): WebhookHandler {
  const settings = readHandlerOptions<Body>(options);
  return async (request, response) => {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      request.resume();
      await reportRejection(settings, refusedDelivery('BAD_REQUEST', 405, 'It is not a POST.'));
      return answer(response, 405);
    }
    const status = await receiveDelivery(settings, {
      headers: request.headersDistinct,
      signal: whenGone(response),
      readBody: async () => readRequestBody(request as WebhookRequest, settings.maximumBytes),
    });
    return answer(response, status);
  };
}

/** A signal that is aborted when nobody waits for the answer any more. */
export function whenGone(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  response.end();
}
