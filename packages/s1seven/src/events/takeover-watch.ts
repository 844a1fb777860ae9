import type { Clock, VendorError } from '@vendorkit/core';
import type { ConnectionEnd, MqttClientClass } from './broker-connection.ts';
import { streamError } from './connection-failure.ts';
import {
  longLifeMs,
  suspectsTakeover,
  takeoverProvedInMs,
  withoutSuspicion,
  type Ending,
  type History,
  type TakeoverProof,
} from './reconnect.ts';
import { isClosedByOtherSide, TakeoverProbe, type ProbeOptions } from './takeover-probe.ts';

/**
 * Keeps one probe beside the connections of a stream, from the first that is suspected until the
 * suspicion is over. It outlives them: what ends each connection after a while ends the probe, too,
 * before it has seen many of them end.
 */
export class TakeoverWatch {
  readonly #Client: MqttClientClass;
  readonly #clock: Clock;
  readonly #clientId: string;
  #probe: TakeoverProbe | undefined;

  constructor(Client: MqttClientClass, clock: Clock, clientId: string) {
    this.#Client = Client;
    this.#clock = clock;
    this.#clientId = clientId;
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

  /**
   * Decides what the history, the ending included, says about a takeover.
   *
   * @returns The history, without the suspicion if it was refuted.
   * @throws VendorError `CONFLICT` if there is a rival, or what looks like one.
   */
  async judge(
    history: History,
    ending: Ending,
    readySinceMs: number | undefined,
    closing: AbortSignal,
  ): Promise<History> {
    const judged = await this.#judged(history, ending, readySinceMs, closing);
    if (!suspectsTakeover(judged)) await this.stop();
    return judged;
  }

  async #judged(
    history: History,
    ending: Ending,
    readySinceMs: number | undefined,
    closing: AbortSignal,
  ): Promise<History> {
    if (ending.kind !== 'cut' || readySinceMs === undefined) return history;
    const inMs = takeoverProvedInMs(history, ending, readySinceMs);
    if (inMs === undefined) return history;
    // Without a connection meanwhile: the rival is left alone, so that it does not give up first.
    const isProved = await this.#probe?.lasts(inMs, closing);
    if (closing.aborted) return history;
    if (isProved === true) throw takenOver(this.#clientId);
    return withoutSuspicion(history);
  }

  /** Closes the probe. */
  async stop(): Promise<void> {
    const probe = this.#probe;
    this.#probe = undefined;
    await probe?.close();
  }
}

function takenOver(clientId: string): VendorError {
  return streamError(
    'CONFLICT',
    `Another client with the MQTT client id ${clientId} takes the session over again and again, or something else closes exactly this connection.`,
    'Give each stream a clientId of its own, and run each only once. If it is the only one, look for what closes its connection and leaves others to the same broker alone.',
  );
}
