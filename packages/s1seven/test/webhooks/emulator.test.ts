import { EventEmitter, once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { S1Seven } from '../../src/client.ts';
import { startS1SevenEmulator } from '../../src/testing/index.ts';
import type { WebhookEvent } from '../../src/webhooks/webhook-event.ts';
import { closeAll, closeLater, secret, serve } from './vendor.ts';

afterEach(closeAll);

test.each(['application/json', 'application/x-www-form-urlencoded'] as const)(
  'what the emulator delivers as %s is believed and read',
  async (contentType) => {
    const emulator = await startS1SevenEmulator();
    closeLater(async () => emulator.close());
    const s1 = new S1Seven(emulator.options);
    closeLater(async () => s1.close());
    const told = new EventEmitter();
    const receive = S1Seven.webhooks.handler({
      secret,
      toleranceSeconds: 600,
      onEvent: (event) => void told.emit('event', event),
    });
    await s1.hooks.create({
      secret,
      contentType,
      connectionUrl: await serve((request, response) => void receive(request, response)),
      status: 'enabled',
      enableSSL: false,
      scopes: [{ resource: 'certificates', actions: ['receive_one'] }],
    });
    const heard = once(told, 'event');
    emulator.announce({ resource: 'certificates', action: 'receive_one', payload: { a: 'ß' } });
    const [event] = (await heard) as [WebhookEvent];
    expect(event).toMatchObject({
      resource: 'certificates',
      action: 'receive_one',
      id: expect.any(String),
      payload: contentType === 'application/json' ? { a: 'ß' } : '{"a":"ß"}',
    });
  },
);
