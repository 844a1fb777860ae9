import { randomUUID } from 'node:crypto';
import type { IConnectPacket } from 'mqtt-packet';
import type { BrokerClient } from '../emulated-broker.ts';

/** CONNACK's return codes (MQTT 3.1.1, 3.2.2.3) that this broker uses. */
export const returnCodes = {
  accepted: 0,
  wrongProtocolVersion: 1,
  badClientId: 2,
  badLogin: 4,
  notAuthorised: 5,
} as const;

/** The version number of MQTT 3.1.1 (3.1.2.2). */
const protocolLevel = 4;

/** Who a CONNECT is from. A client without a name is given one (MQTT 3.1.1, 3.1.3.1). */
export function clientOf({ clientId, username, password }: IConnectPacket): BrokerClient {
  return {
    clientId: clientId === '' ? randomUUID() : clientId,
    username: username ?? '',
    password: password?.toString('utf8') ?? '',
  };
}

/** What a CONNECT is answered with, as far as that does not depend on who sent it. */
export function judgeConnect(packet: IConnectPacket): number {
  if (packet.protocolVersion !== protocolLevel) return returnCodes.wrongProtocolVersion;
  // A session that is to be found again needs a name (MQTT 3.1.1, 3.1.3.1).
  if (packet.clientId === '' && packet.clean !== true) return returnCodes.badClientId;
  // A last will is a message to be published, and nobody may (S1SEVEN API information, "Async API").
  if (packet.will !== undefined) return returnCodes.notAuthorised;
  return returnCodes.accepted;
}

/** Whether a text holds what no text of MQTT may: a receiver closes the connection (3.1.1, 1.5.3). */
export function holdsNul(...texts: readonly (string | undefined)[]): boolean {
  return texts.some((text) => text?.includes('\0'));
}
