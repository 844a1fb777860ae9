import { randomUUID } from 'node:crypto';
import type { IConnectPacket } from 'mqtt-packet';
import type { BrokerClient } from '../emulated-broker.ts';

/** CONNACK's return codes (MQTT 3.1.1, 3.2.2.3) that this broker uses. */
export const returnCodes = {
  accepted: 0,
  wrongProtocolVersion: 1,
  badClientId: 2,
  badLogin: 4,
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
  return returnCodes.accepted;
}
