import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';

const topic = 'company/42/live/certificates/notarize_one';

/** A client that publishes events as the vendor would, and connects again by itself. */
export async function connectPublisher(port: number, login: IClientOptions): Promise<MqttClient> {
  const options = { ...login, reconnectPeriod: 200 };
  const publisher = await connectAsync(`mqtt://127.0.0.1:${port}`, options);
  // That the broker is away is no news: tests kill it.
  return publisher.on('error', () => {});
}

/** Sends an event, and waits until the broker has confirmed it. */
export async function publishText(publisher: MqttClient, text: string): Promise<void> {
  await publisher.publishAsync(topic, text, { qos: 1 });
}
