import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { S1Seven } from '../../src/index.ts';
import { testToken } from './test-token.ts';

/** What a consumer is told when it starts. */
export interface ConsumerOrders {
  readonly brokerUrl: string;
  readonly vhost: string | undefined;
  /** The broker's password; if absent, tokens of its own. */
  readonly token: string | undefined;
  readonly clientId: string;
  /** Where each event that was handled becomes a line: its text, with an asterisk if it is a duplicate. */
  readonly file: string;
}

// A consumer in a process of its own, to be killed. The line is written at the very end of the handler:
// whatever is acknowledged before that, and whatever is dropped, is missing in the file.
async function consume({ brokerUrl, vhost, token, clientId, file }: ConsumerOrders): Promise<void> {
  const s1 = new S1Seven({
    environment: 'staging',
    accessToken: token ?? (() => testToken()),
    brokerUrl,
    vhost,
    companyId: '42',
  });
  const stream = await s1.subscribe(
    { resource: 'certificates', action: 'notarize_one' },
    async ({ raw, duplicate }) => {
      await sleep(Math.random() * 40);
      appendFileSync(file, `${raw.toString()}${duplicate ? '*' : ''}\n`);
    },
    { clientId, concurrency: 10 },
  );
  process.send?.('ready');
  process.once('message', () => {
    void s1.close().then(() => process.disconnect());
  });
  await stream.ended;
}

process.once('message', (orders) => {
  void consume(orders as ConsumerOrders);
});
