import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Session, type Delivery } from '../../src/testing/broker/session.ts';

const topic = 'company/42/live/certificates/notarize_one';

function session(window: number): Session {
  const made = new Session(window);
  made.subscribe('#', 1);
  return made;
}

describe('a session', () => {
  test('survives more messages than there are packet ids', () => {
    const many = session(10);
    const seen: number[] = [];
    const unacknowledged: number[] = [];
    many.attach(({ packetId = 0 }) => {
      seen.push(packetId);
      unacknowledged.push(packetId);
    });
    for (let message = 0; message < 70_000; message += 1) many.offer(topic, Buffer.alloc(0));
    // The first stays unacknowledged, so its packet id is passed over.
    const first = unacknowledged.shift();
    for (let next = unacknowledged.shift(); next !== undefined; next = unacknowledged.shift()) {
      many.acknowledge(next);
    }
    expect(first).toBe(1);
    expect(seen).toHaveLength(70_000);
    expect(seen.slice(65_534, 65_537)).toEqual([65_535, 2, 3]);
  });

  test('gives every message until it is acknowledged, in order, never more than the window', () => {
    const step = fc.oneof(
      fc.constant('offer' as const),
      fc.constant('reconnect' as const),
      fc.nat({ max: 5 }),
    );
    const property = (steps: ('offer' | 'reconnect' | number)[], window: number) => {
      const kept = session(window);
      let inFlight: Delivery[] = [];
      let offered: string[] = [];
      const deliver = (delivery: Delivery) => inFlight.push(delivery);
      kept.attach(deliver);
      steps.forEach((what, index) => {
        if (what === 'offer') {
          offered.push(`${index}`);
          kept.offer(topic, Buffer.from(`${index}`));
        } else if (what === 'reconnect') {
          kept.detach();
          inFlight = [];
          kept.attach(deliver);
        } else {
          const [acknowledged] = inFlight.splice(what, 1);
          offered = offered.filter((text) => text !== acknowledged?.payload.toString());
          kept.acknowledge(acknowledged?.packetId ?? 0);
        }
        expect(inFlight.map(({ payload }) => payload.toString())).toEqual(offered.slice(0, window));
      });
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), property),
    );
  });
});
