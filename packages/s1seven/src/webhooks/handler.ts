import type { IncomingMessage, ServerResponse } from 'node:http';
import { receiveDelivery, reportRejection } from './delivery.ts';
import { readHandlerOptions, type WebhookHandlerOptions } from './handler-options.ts';
import { readRequestBody, refusedDelivery, type WebhookRequest } from './request-body.ts';

/** Answers the requests to a hook's address. It never rejects. */
export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** `webhooks.handler`. */
export function handler<Body = unknown>(options: WebhookHandlerOptions<Body>): WebhookHandler {
  const settings = readHandlerOptions<Body>(options);
  return async (request, response) => {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      request.resume();
      await reportRejection(settings, refusedDelivery('BAD_REQUEST', 405, 'It is not a POST.'));
      return answer(request, response, 405);
    }
    const status = await receiveDelivery(settings, {
      headers: request.headersDistinct,
      signal: whenGone(response),
      readBody: async () => readRequestBody(request as WebhookRequest, settings.limits),
    });
    return answer(request, response, status);
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

/** Has the connection closed after the answer to a request that has not ended. To be called before it. */
export function closeIfUnended(request: IncomingMessage, response: ServerResponse): void {
  if (!request.complete && !response.headersSent) response.setHeader('connection', 'close');
}

function answer(request: IncomingMessage, response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return;
  closeIfUnended(request, response);
  response.statusCode = status;
  response.end();
}
