import type { MqttClient } from 'mqtt';

/**
 * Acknowledges a message, whenever its handler has ended. The library does so by itself only while
 * all else waits, the answers to its pings included: a handler slower than the keepalive would lose
 * the connection. There is no public function for this (mqtt 5.16).
 */
export function sendPuback(client: MqttClient, messageId: number): void {
  client['_sendPacket']({ cmd: 'puback', messageId });
}
