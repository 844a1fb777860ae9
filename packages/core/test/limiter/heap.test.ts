import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Heap, type HeapItem } from '../../src/limiter/heap.ts';

interface Task extends HeapItem {
  at: number;
}

interface Step {
  action: 'add' | 'move' | 'remove' | 'pop';
  at: number;
  choice: number;
}

/** Does a step on a heap and on a plain set. */
function perform({ action, at, choice }: Step, heap: Heap<Task>, inside: Set<Task>): void {
  const chosen = [...inside][choice % Math.max(1, inside.size)];
  if (action === 'add' || chosen === undefined) {
    const task = { at, position: -1 };
    heap.put(task);
    inside.add(task);
  } else if (action === 'move') {
    chosen.at = at;
    heap.put(chosen);
  } else {
    const gone = action === 'pop' ? heap.pop() : chosen;
    // Taking out what is out already does nothing.
    if (gone !== undefined) heap.remove(gone);
    if (gone !== undefined) inside.delete(gone);
  }
}

test('whatever is added, moved and taken out, the first comes first', () => {
  const step: fc.Arbitrary<Step> = fc.record({
    action: fc.constantFrom('add', 'move', 'remove', 'pop'),
    at: fc.integer({ min: 0, max: 100 }),
    choice: fc.nat(),
  });
  const property = fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
    const heap = new Heap<Task>((one, other) => one.at < other.at);
    const inside = new Set<Task>();
    for (const each of steps) {
      const first = heap.top;
      perform(each, heap, inside);
      const moments = [...inside].map(({ at }) => at);
      expect(heap.top?.at ?? Infinity).toBe(Math.min(...moments));
      expect([...inside].every((task) => heap.has(task))).toBe(true);
      expect(first === undefined || inside.has(first) === heap.has(first)).toBe(true);
    }
  });
  fc.assert(property);
});

test('an item that stands in one heap does not stand in another', () => {
  const [one, other] = [0, 1].map(() => new Heap<Task>((a, b) => a.at < b.at));
  const task = { at: 1, position: -1 };
  one?.put(task);
  expect([one?.has(task), other?.has(task)]).toEqual([true, false]);
});
