import { parseJson } from '@vendorkit/core';
import type { EventAction, EventResource } from './event-kinds.ts';
import { parseTopic } from './topic.ts';

/** Something that happened at the vendor. */
export interface S1SevenEvent {
  /** The topic as it came: `company/<id>/<mode>/<resource>/<action>`. */
  readonly topic: string;
  /** The topic's level of that name; empty if the topic has another form. So are action and mode. */
  readonly resource: EventResource;
  readonly action: EventAction;
  /** `live` or `test`. */
  readonly mode: string;
  /**
   * What the vendor sent: its JSON with exact integers, or the text if it is not JSON. Its form is not
   * published; a certificate's event probably carries the certificate (inferred from the vendor's
   * set-up guide for SAP).
   */
  readonly payload: unknown;
  /** The payload's bytes as they came. */
  readonly raw: Buffer;
  /**
   * Whether the broker says that it sent this message before. `false` proves nothing; see the option
   * `key`.
   */
  readonly duplicate: boolean;
}

/** A message as it came, and the way to acknowledge it. */
export interface Delivery {
  readonly topic: string;
  readonly raw: Buffer;
  readonly duplicate: boolean;
  /** Whether the broker will send it again if it is not acknowledged (quality of service 1). */
  readonly isKept: boolean;
  /** Which of the broker's sessions it came in, counted by the stream: only that one sends it again. */
  readonly session: number;
  /**
   * Tells the broker that the message was handled, on the connection that it came by.
   *
   * @returns `false` if that connection is gone: then nothing is sent, and the broker will send the
   * message again.
   */
  acknowledge(): boolean;
}

/** Reads a message. Whatever it holds, this does not throw. */
export function readEvent({ topic, raw, duplicate }: Delivery): S1SevenEvent {
  const { mode = '', resource = '', action = '' } = parseTopic(topic) ?? {};
  return { topic, resource, action, mode, payload: readPayload(raw), raw, duplicate };
}

function readPayload(raw: Buffer): unknown {
  const text = raw.toString();
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
