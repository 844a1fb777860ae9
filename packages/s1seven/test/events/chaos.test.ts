import { afterEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.ts';
import { closeAll, connect, count, startBroker, topic } from './harness.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(240_000);
afterEach(closeAll);

const trouble = fc.constantFrom('cut', 'restart', 'close and open', 'nothing');

/** Each event is marked as handled before it is acknowledged: a mark that is missing is a loss. */
test('whatever happens and when, each event is handled, and nothing else acknowledged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ trouble, messages: fc.nat(15), pauseMs: fc.nat(12) }), {
        maxLength: 12,
      }),
      fc.record({ concurrency: fc.integer({ min: 1, max: 12 }), ordered: fc.boolean() }),
      fc.record({ slownessMs: fc.nat(8), failsEach: fc.integer({ min: 2, max: 9 }) }),
      async (steps, options, { slownessMs, failsEach }) => {
        const broker = await startBroker();
        const handled = new Set<unknown>();
        let tries = 0;
        let isOver = false;
        const handler = async ({ payload }: { payload: unknown }) => {
          tries += 1;
          const isFailing = tries % failsEach === 0 && !isOver;
          await sleep(slownessMs * Math.random());
          if (isFailing) throw new Error('no');
          handled.add(payload);
        };
        const open = async () =>
          connect({ broker, handler, options, timing: { random: () => Math.random() / 20 } });
        let stream = await open();
        let sent = 0;
        for (const step of steps) {
          for (let more = 0; more < step.messages; more += 1)
            broker.publish(topic, String((sent += 1)));
          await sleep(step.pauseMs);
          if (step.trouble === 'cut') broker.cut();
          if (step.trouble === 'restart') await broker.stop().then(() => broker.start());
          if (step.trouble === 'close and open') {
            await stream.close();
            stream = await open();
          }
        }
        // Poison comes again with the next connection.
        isOver = true;
        broker.cut();
        await eventually(() => handled.size === sent, 30_000);
        await stream.close();
        expect(count(broker, 'stray-acknowledge')).toBe(0);
        await closeAll();
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
});
