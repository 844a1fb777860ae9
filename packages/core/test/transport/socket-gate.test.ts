import { expect, test } from '@jest/globals';
import { SocketGate } from '../../src/transport/socket-gate.ts';

/** Enters one after the other, and tells who got in. */
function enter(gate: SocketGate, names: string, entered: string[]) {
  return names.split('').map((name) => gate.enter(() => entered.push(name)));
}

test('so many enter at once, the others in order as places are given up', () => {
  const gate = new SocketGate(2);
  const entered: string[] = [];
  const [a, b] = enter(gate, 'abcde', entered);
  expect([entered, gate.waiting]).toEqual([['a', 'b'], 3]);
  b?.leave();
  a?.leave();
  expect([entered, gate.waiting]).toEqual([['a', 'b', 'c', 'd'], 1]);
});

test('a place can be given up once only', () => {
  const gate = new SocketGate(1);
  const entered: string[] = [];
  const [a] = enter(gate, 'abc', entered);
  a?.leave();
  a?.leave();
  expect(entered).toEqual(['a', 'b']);
});

test('who leaves the queue is passed over', () => {
  const gate = new SocketGate(1);
  const entered: string[] = [];
  const [a, b] = enter(gate, 'abc', entered);
  b?.leave();
  a?.leave();
  b?.leave();
  expect([entered, gate.waiting]).toEqual([['a', 'c'], 0]);
});

test('who enters and leaves at once lets the next in', () => {
  const gate = new SocketGate(1);
  const entered: string[] = [];
  const [a] = enter(gate, 'a', entered);
  const hasty = gate.enter(() => entered.push('hasty'));
  enter(gate, 'z', entered);
  a?.leave();
  hasty.leave();
  expect(entered).toEqual(['a', 'hasty', 'z']);
});
