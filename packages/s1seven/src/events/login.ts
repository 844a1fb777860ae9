import type { Deadline, VendorError } from '@vendorkit/core';
import type { AccessToken } from '../token.ts';
import { streamError } from './connection-failure.ts';
import type { EventsHost } from './events-host.ts';
import type { TopicOwner } from './topic.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A length is written in two bytes (MQTT 3.1.1, 1.5.3). */
const longestBytes = 65_535;

/**
 * Logs in with the client's token, and decides what a refused login means. The broker answers a wrong
 * token, a wrong virtual host and a wrong id in the same way (return codes 4 and 5), and a token can
 * be renewed once a day only, so that no renewal may be wasted on the latter two.
 */
export class Login {
  readonly #host: EventsHost;
  readonly #owner: TopicOwner;
  #forcedAtMs: number | undefined;
  #isRepeated = false;

  constructor(host: EventsHost, owner: TopicOwner) {
    this.#host = host;
    this.#owner = owner;
  }

  /** `<vhost>:<id>` (S1SEVEN API information, "Authentication"). */
  get username(): string {
    const { vhost } = this.#host;
    return vhost === undefined || vhost === '' ? this.#owner.id : `${vhost}:${this.#owner.id}`;
  }

  /** The token for the next login. */
  async token(deadline: Deadline): Promise<AccessToken> {
    const token = await deadline.until(this.#host.tokens.get(deadline));
    this.#host.redactor.add(token.token);
    if (Buffer.byteLength(token.token) > longestBytes) {
      throw streamError('CONFIGURATION', `A token for MQTT has at most ${longestBytes} bytes.`);
    }
    return token;
  }

  /** Whether the last login was refused. */
  get isRefused(): boolean {
    return this.#isRepeated;
  }

  /** Notes that a login was accepted. */
  accepted(): void {
    this.#isRepeated = false;
  }

  /**
   * Notes that a login was refused.
   *
   * @returns The error that ends the stream; `undefined` if another token may be had at once.
   */
  refused(token: AccessToken): VendorError | undefined {
    const { tokens, clock } = this.#host;
    const nowMs = clock.now();
    if (isJustIssued(token, nowMs)) return this.#error();
    const wasForced = this.#forcedAtMs !== undefined && nowMs - this.#forcedAtMs < dayMs;
    if (this.#isRepeated || wasForced || !tokens.refuse(token.token)) {
      return tokens.refusal(token.token) ?? this.#error();
    }
    this.#isRepeated = true;
    this.#forcedAtMs = nowMs;
    return undefined;
  }

  #error(): VendorError {
    const { kind, id } = this.#owner;
    const vhost = this.#host.vhost === undefined ? 'none is set' : `"${this.#host.vhost}" is set`;
    return streamError(
      'UNAUTHENTICATED',
      `The broker refused the login of ${kind} ${id}. It answers a wrong token, a wrong vhost and a wrong id in the same way.`,
      `Check the vhost (ask S1SEVEN for it; ${vhost}), the ${kind} id, and that the token is valid and of that ${kind}.`,
    );
  }
}

/** Whether a token is new, so that another one would be refused too. */
function isJustIssued({ obtainedAtMs }: AccessToken, nowMs: number): boolean {
  return obtainedAtMs !== undefined && nowMs - obtainedAtMs < 2 * minuteMs;
}
