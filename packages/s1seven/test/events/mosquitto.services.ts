import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { MqttClient } from 'mqtt';
import { startMosquitto, type RealMosquitto } from '../../../../tooling/real-server/mosquitto.ts';
import { tcpRoute, webSocketRoute } from './consumer.ts';
import { proveNothingIsLost } from './loss-proof.ts';
import { connectPublisher, publishText } from './publisher.ts';
import { closeStreams, testStreams } from './stream-proofs.ts';
import { testToken } from './test-token.ts';

// A second broker that we did not write. It knows nothing of virtual hosts, tells a refused filter by
// SUBACK 128, and keeps twenty messages unacknowledged.

const token = testToken();
const login = { username: 'publisher', password: 'not-a-secret' };
let mosquitto: RealMosquitto;
let publisher: MqttClient;

beforeAll(async () => {
  mosquitto = await startMosquitto([
    { name: '42', password: token, reads: 'company/42/+/certificates/notarize_one' },
    { name: login.username, password: login.password, writes: 'company/#' },
  ]);
  publisher = await connectPublisher(mosquitto.mqttPort, login);
});

afterAll(async () => {
  await publisher.endAsync(true);
  await mosquitto.close();
});

afterEach(closeStreams);

const routes = () =>
  [tcpRoute(mosquitto.mqttPort), webSocketRoute(mosquitto.webSocketPort)] as const;

describe.each([
  ['TCP', 0],
  ['WebSocket', 1],
] as const)('Mosquitto over %s', (_, index) => {
  testStreams(() => ({
    route: routes()[index],
    vhost: undefined,
    token: () => token,
    publish: async (text) => publishText(publisher, text),
  }));
});

test('Mosquitto: nothing is lost over cuts, a killed broker and a killed process', async () => {
  const reports = await proveNothingIsLost({
    vhost: undefined,
    token,
    routes: routes(),
    publisher,
    kill: async () => mosquitto.kill(),
    start: async () => mosquitto.start(),
  });
  console.info('Mosquitto:', reports);
  expect(reports.map(({ lost }) => lost)).toEqual([0, 0]);
}, 180_000);
