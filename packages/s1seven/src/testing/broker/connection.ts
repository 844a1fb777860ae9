import type { Timer } from '@vendorkit/core';
import {
  generate,
  type IConnectPacket,
  type ISubscribePacket,
  type IUnsubscribePacket,
  type Packet,
} from 'mqtt-packet';
import type { BrokerClient, BrokerCloseReason } from '../emulated-broker.ts';
import type { BrokerState } from './broker-state.ts';
import { clientOf, holdsNul, judgeConnect, returnCodes } from './connect-request.ts';
import { PacketReader } from './packet-reader.ts';
import type { Delivery, Session } from './session.ts';
import { SilenceGuard } from './silence-guard.ts';
import { isTopicFilter } from './topic-filter.ts';
import type { Wire, WireReader } from './wire.ts';

/** How long a client may take to say CONNECT, in milliseconds (assumed). */
const connectWithinMs = 10_000;
/** SUBACK's code for a refused filter (MQTT 3.1.1, 3.9.3). */
const refusedCode = 0x80;

/** A client that was let in. */
interface Login {
  readonly client: BrokerClient;
  readonly session: Session;
  readonly clean: boolean;
  readonly expiry: Timer | undefined;
}

/** One connection of a client, from its first byte to its last. */
export class BrokerConnection implements WireReader {
  readonly #wire: Wire;
  readonly #state: BrokerState;
  readonly #reader = new PacketReader();
  readonly #silence: SilenceGuard;
  #login: Login | undefined;
  #isOver = false;

  constructor(wire: Wire, state: BrokerState) {
    this.#wire = wire;
    this.#state = state;
    this.#silence = new SilenceGuard(state.keepaliveClock, () => this.close('silent'));
    this.#silence.allow(connectWithinMs);
    state.connections.add(this);
  }

  get clientId(): string {
    return this.#login?.client.clientId ?? '';
  }

  receive(bytes: Buffer): void {
    if (this.#isOver) return;
    this.#silence.heard();
    const packets = this.#reader.read(bytes);
    if (packets === undefined) return this.close('malformed');
    for (const packet of packets) if (!this.#isOver) this.#handle(packet);
  }

  closed(): void {
    this.#leave('lost');
  }

  /** Ends the connection. */
  close(reason: BrokerCloseReason): void {
    this.#leave(reason);
    this.#wire.close(reason);
  }

  #handle(packet: Packet): void {
    const login = this.#login;
    if (login === undefined) {
      if (packet.cmd === 'connect') return this.#connect(packet);
      return this.close('protocol');
    }
    if (packet.cmd === 'puback') return this.#acknowledge(packet.messageId ?? 0, login);
    if (packet.cmd === 'pingreq') return this.#send({ cmd: 'pingresp' });
    if (packet.cmd === 'subscribe') return this.#subscribe(packet, login);
    if (packet.cmd === 'unsubscribe') return this.#unsubscribe(packet, login);
    if (packet.cmd === 'disconnect') return this.close('disconnect');
    // S1SEVEN's Async API is "read-only (subscribe-only)".
    this.close(packet.cmd === 'publish' ? 'published' : 'protocol');
  }

  #connect(packet: IConnectPacket): void {
    if (holdsNul(packet.clientId, packet.username)) return this.close('malformed');
    const client = clientOf(packet);
    const returnCode = judgeConnect(packet) || this.#state.judgeLogin(client);
    if (returnCode !== returnCodes.accepted) return this.#refuse(client, returnCode);
    this.#state.takeOver(client.clientId);
    const clean = packet.clean === true;
    const { session, isPresent } = this.#state.sessions.open(client.clientId, clean);
    const expiry = this.#state.atTokenEnd(client, () => this.close('token-expired'));
    this.#login = { client, session, clean, expiry };
    this.#silence.allow((packet.keepalive ?? 0) * 1_500);
    this.#state.record({ kind: 'connect', clientId: this.clientId, sessionPresent: isPresent });
    this.#send({ cmd: 'connack', returnCode, sessionPresent: isPresent });
    // Messages follow at once, before any SUBSCRIBE (RabbitMQ MQTT plugin 3.10, measured).
    session.attach((delivery) => this.#deliver(delivery));
  }

  #refuse({ clientId }: BrokerClient, returnCode: number): void {
    this.#state.record({ kind: 'refuse', clientId, returnCode });
    if (this.#wire.tellsRefusal || this.#state.refusedFilter === 'suback') {
      this.#send({ cmd: 'connack', returnCode, sessionPresent: false });
    }
    this.close('refused-login');
  }

  #subscribe({ messageId = 0, subscriptions }: ISubscribePacket, login: Login): void {
    if (holdsNul(...subscriptions.map(({ topic }) => topic))) return this.close('malformed');
    const isWellFormed = subscriptions.every(({ topic }) => isTopicFilter(topic));
    if (messageId === 0 || subscriptions.length === 0 || !isWellFormed)
      return this.close('protocol');
    const granted: number[] = [];
    // The last one first (RabbitMQ MQTT plugin 3.10, measured): a refusal leaves those behind it bound.
    for (const { topic, qos } of subscriptions.toReversed()) {
      // QoS 2 is granted as 1 (RabbitMQ MQTT plugin 3.10, measured).
      const grantedQos = qos === 0 ? 0 : 1;
      login.session.beginSubscribe(messageId, grantedQos);
      const isGranted = this.#state.mayRead(login.client, topic);
      if (!isGranted && this.#state.refusedFilter === 'close') return this.close('refused-filter');
      granted.unshift(isGranted ? grantedQos : refusedCode);
      if (isGranted) login.session.subscribe(topic, grantedQos);
    }
    this.#send({ cmd: 'suback', messageId, granted });
    if (granted.includes(refusedCode)) this.close('refused-filter');
  }

  #unsubscribe({ messageId = 0, unsubscriptions }: IUnsubscribePacket, { session }: Login): void {
    if (holdsNul(...unsubscriptions)) return this.close('malformed');
    if (messageId === 0 || unsubscriptions.length === 0) return this.close('protocol');
    for (const topic of unsubscriptions) {
      session.unsubscribe(topic);
      this.#state.record({ kind: 'unsubscribe', clientId: this.clientId, topic });
    }
    // The packet's type asks for codes that only MQTT 5 writes.
    this.#send({ cmd: 'unsuback', messageId, granted: [] });
  }

  #acknowledge(packetId: number, { session }: Login): void {
    const { clientId } = this;
    // Recorded first, because it may make room for the next delivery.
    const topic = session.topicOf(packetId);
    if (topic === undefined) {
      return this.#state.record({ kind: 'stray-acknowledge', clientId, packetId });
    }
    this.#state.record({ kind: 'acknowledge', clientId, topic, packetId });
    session.acknowledge(packetId);
  }

  #deliver({ topic, payload, packetId, duplicate }: Delivery): void {
    const publish = { cmd: 'publish', topic, payload, dup: duplicate, retain: false } as const;
    const { clientId } = this;
    if (packetId === undefined) {
      this.#state.record({ kind: 'deliver', clientId, topic, duplicate });
      return this.#send({ ...publish, qos: 0 });
    }
    this.#state.record({ kind: 'deliver', clientId, topic, packetId, duplicate });
    this.#send({ ...publish, qos: 1, messageId: packetId });
  }

  #send(packet: Packet): void {
    this.#wire.send(generate(packet));
  }

  #leave(reason: BrokerCloseReason): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#silence.stop();
    this.#login?.expiry?.cancel();
    this.#login?.session.detach();
    this.#state.record({ kind: 'close', clientId: this.clientId, reason });
    this.#state.connections.delete(this);
    if (this.#login !== undefined) this.#state.sessions.leave(this.clientId, this.#login.clean);
  }
}
