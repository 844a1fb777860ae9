import type { IncomingMessage, ServerResponse } from 'node:http';
import { validate } from '@vendorkit/core';
import { z } from 'zod';
import { receiveDelivery, reportRejection } from './delivery.ts';
import { readHandlerOptions, type WebhookHandlerOptions } from './handler-options.ts';
import { whenGone } from './handler.ts';
import type { RawBody } from './raw-body.ts';
import { tooLong } from './request-body.ts';

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
    options: { parseAs: 'buffer' },
    parser: (
      request: never,
      body: Buffer,
      done: (error: Error | null, body?: Buffer) => void,
    ) => void,
  ): void;
  route(route: {
    method: 'POST';
    url: string;
    bodyLimit: number;
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
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.route({
      method: 'POST',
      url: path,
      bodyLimit: settings.maximumBytes,
      async handler(request, reply) {
        const status = await receiveDelivery(settings, {
          headers: request.raw.headersDistinct,
          signal: whenGone(reply.raw),
          readBody: async () => bodyOf(request),
        });
        return reply.code(status).send();
      },
      async errorHandler(error, _request, reply) {
        const { statusCode = 500 } = Object(error) as { statusCode?: number };
        const cause = statusCode === 413 ? tooLong(settings.maximumBytes) : error;
        await reportRejection(settings, cause);
        return reply.code(statusCode).send();
      },
    });
  };
}

/** Without a content type and a body no parser was asked. */
function bodyOf({ body }: FastifyIncoming): RawBody {
  return body === undefined ? '' : (body as Buffer);
}
