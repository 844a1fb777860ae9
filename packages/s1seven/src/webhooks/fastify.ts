import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { validate } from '@vendorkit/core';
import { z } from 'zod';
import { receiveDelivery, reportRejection } from './delivery.ts';
import { readHandlerOptions, type WebhookHandlerOptions } from './handler-options.ts';
import { closeIfUnended, whenGone } from './handler.ts';
import { readBytes } from './request-body.ts';

/** How webhooks are received by Fastify. */
export interface WebhookFastifyOptions<Body = unknown> extends WebhookHandlerOptions<Body> {
  /**
   * The route's path, below the `prefix` of the registration if there is one.
   * @defaultValue '/'
   */
  path?: string | undefined;
}

/** What is used of a Fastify instance: of version 5, and 4. */
export interface FastifyScope {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    contentType: '*',
    options: { bodyLimit?: number },
    parser: (
      request: never,
      payload: Readable,
      done: (error: Error | null, body?: Readable) => void,
    ) => void,
  ): void;
  route(route: {
    method: 'POST';
    url: string;
    onRequest(request: FastifyIncoming, reply: FastifyAnswer, done: () => void): void;
    handler(request: FastifyIncoming, reply: FastifyAnswer): Promise<unknown>;
    errorHandler(error: unknown, request: FastifyIncoming, reply: FastifyAnswer): Promise<unknown>;
  }): unknown;
}

/** What is used of a request. */
export interface FastifyIncoming {
  readonly raw: IncomingMessage;
  readonly body: unknown;
}

/** What is used of a reply. */
export interface FastifyAnswer {
  readonly raw: ServerResponse;
  code(status: number): FastifyAnswer;
  send(): unknown;
}

const pathSchema = z.object({ path: z.string().startsWith('/').default('/') });

/** `webhooks.fastify`. */
export function fastify<Body = unknown>(
  options: WebhookFastifyOptions<Body>,
): (scope: FastifyScope) => Promise<void> {
  const { path: given, ...others } = { ...options };
  const settings = readHandlerOptions<Body>(others);
  const { path } = validate(pathSchema, { path: given }, { code: 'CONFIGURATION' });
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    // The bytes are read by the handler, so that the same limits hold as over node:http.
    scope.addContentTypeParser('*', {}, (_request, payload, done) => done(null, payload));
    scope.route({
      method: 'POST',
      url: path,
      onRequest({ raw }, _reply, done) {
        // Fastify refuses an empty type, and takes a request without one.
        if (raw.headers['content-type'] === '') delete raw.headers['content-type'];
        done();
      },
      async handler(request, reply) {
        const status = await receiveDelivery(settings, {
          headers: request.raw.headersDistinct,
          signal: whenGone(reply.raw),
          // Without a content type and a body no parser was asked.
          readBody: async () =>
            request.body === undefined ? '' : readBytes(request.body as Readable, settings.limits),
        });
        closeIfUnended(request.raw, reply.raw);
        return reply.code(status).send();
      },
      async errorHandler(error, _request, reply) {
        const { statusCode = 500 } = Object(error) as { statusCode?: number };
        await reportRejection(settings, error);
        return reply.code(statusCode).send();
      },
    });
  };
}
