import type { Clock } from '@vendorkit/core';
import type { ConnectionEnd, MqttClientClass } from './broker-connection.ts';
import { longLifeMs, type TakeoverProof } from './reconnect.ts';
import { isClosedByOtherSide, TakeoverProbe, type ProbeOptions } from './takeover-probe.ts';

/**
 * Keeps one probe beside the connections of a stream, from the first that is suspected until the
 * suspicion is over. It outlives them: what ends each connection after a while ends the probe, too,
 * before it has seen many of them end.
 */
export class TakeoverWatch {
  readonly #Client: MqttClientClass;
  readonly #clock: Clock;
  #probe: TakeoverProbe | undefined;

  constructor(Client: MqttClientClass, clock: Clock) {
    this.#Client = Client;
    this.#clock = clock;
  }

  /** Sees to it that there is a probe beside the next connection, if the broker lets one in. */
  async accompany(options: ProbeOptions): Promise<void> {
    this.#probe ??= await TakeoverProbe.open(this.#Client, options);
  }

  /**
   * Waits for the end of a connection.
   *
   * @returns What the probe says of it; `undefined` if there was none.
   */
  async proofOf(closed: Promise<ConnectionEnd>): Promise<TakeoverProof | undefined> {
    // A connection that lives for long is left alone.
    const timer = this.#clock.schedule(longLifeMs, () => void this.stop());
    const end = await closed;
    timer.cancel();
    const probe = this.#probe;
    if (probe === undefined || !isClosedByOtherSide(end)) return undefined;
    if (await probe.isAlive()) return 'takeover';
    await this.stop();
    return 'network';
  }

  /** Whether the probe lives on for so long, or as long as nobody stops waiting. */
  async isProvedFor(lengthMs: number, signal: AbortSignal): Promise<boolean> {
    return (await this.#probe?.lasts(lengthMs, signal)) ?? false;
  }

  /** Closes the probe. */
  async stop(): Promise<void> {
    const probe = this.#probe;
    this.#probe = undefined;
    await probe?.close();
  }
}
