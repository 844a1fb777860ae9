import { fastify } from './fastify.ts';
import { handler } from './handler.ts';
import { sign } from './sign.ts';
import { verify } from './verify.ts';

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
export const webhooks = { verify, sign, handler, fastify } as const;
