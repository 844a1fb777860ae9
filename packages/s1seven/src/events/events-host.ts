import type { Clock, Redactor } from '@vendorkit/core';
import type { AccessTokens } from '../token.ts';
import type { Mode } from '../operation-caller.ts';

/** What a stream of events needs of its client. */
export interface EventsHost {
  /** Where the broker is: mqtts or wss; mqtt and ws on loopback only. Checked. */
  readonly brokerUrl: string;
  /** The broker's virtual host, which the vendor tells on request. */
  readonly vhost: string | undefined;
  /** The client's company, unless the token has to tell. */
  readonly companyId: string | undefined;
  readonly mode: Mode | undefined;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  /** How long `subscribe` may take, in milliseconds. */
  readonly deadlineMs: number;
  /** Certificates to trust instead of the usual ones, as PEM. */
  readonly ca: string | Buffer | (string | Buffer)[] | undefined;
  readonly redactor: Redactor;
  /** Tells the caller something that fails nothing. */
  warn(warning: string, message: string): void;
  /**
   * Does work that ends with the client: its signal is aborted by the caller's and by `close()`,
   * which waits for it.
   */
  whileOpen<Result>(
    caller: AbortSignal | undefined,
    task: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
}
