import { randomUUID } from 'node:crypto';
import { refusedInput } from '@vendorkit/core';
import type { TopicOwner } from './topic.ts';

/** It becomes part of a queue's name, which AMQP limits to 255 bytes. */
const longestBytes = 200;

/**
 * How an MQTT client id begins (S1SEVEN API information, client example). It may be a rule of the
 * broker's authorisation (assumed), so it is kept.
 */
export function clientIdPrefix({ kind, id }: TopicOwner): string {
  return `${kind}_${id}_`;
}

/** An id that no other client has. The broker's session is never found again. */
export function randomClientId(owner: TopicOwner): string {
  return `${clientIdPrefix(owner)}${randomUUID()}`;
}

/**
 * Checks an MQTT client id.
 *
 * @throws VendorError `INVALID_REQUEST` with the field `options.clientId`.
 */
export function checkClientId(clientId: string, owner: TopicOwner): void {
  const problem = problemOf(clientId, clientIdPrefix(owner));
  if (problem !== undefined) throw refusedInput('INVALID_REQUEST', 'options.clientId', problem);
}

function problemOf(clientId: string, prefix: string): string | undefined {
  if (!clientId.startsWith(prefix) || clientId === prefix) {
    return `Expected "${prefix}" and a name of your own behind it`;
  }
  if (Buffer.byteLength(clientId) > longestBytes) return `Expected at most ${longestBytes} bytes`;
  // Level separators and wildcards would be part of what the broker authorises.
  if (/[\s\p{C}/+#*]/u.test(clientId)) return 'Expected no blanks and none of / + # *';
  return undefined;
}
