import { afterEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import {
  acceptsGzip,
  delayed,
  emulatorOptionNames,
  joined,
  refuseUnknown,
  startEmulator,
  vendorClock,
  type SecutixEmulator,
  type SecutixEmulatorOptions,
} from '../../src/museum/index.ts';

const start = new Date('2026-03-01T12:00:00Z');
const running: SecutixEmulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

async function run(options: SecutixEmulatorOptions): Promise<SecutixEmulator> {
  const emulator = await startEmulator(options, vendorClock(options), () => ({ status: 204 }));
  running.push(emulator);
  return emulator;
}

describe('an emulator', () => {
  test('answers by the vendor’s clock, which can be put wrong while it runs', async () => {
    const clock = new VirtualClock(start);
    const emulator = await run({ clock, clockSkewMs: 5_000 });
    const dateOf = async () => (await fetch(emulator.url)).headers.get('date');
    expect(await dateOf()).toBe('Sun, 01 Mar 2026 12:00:05 GMT');
    emulator.clockSkewMs = -5_000;
    expect(await dateOf()).toBe('Sun, 01 Mar 2026 11:59:55 GMT');
    expect(emulator.clock).toBe(clock);
    expect(emulator.requests).toHaveLength(2);
  });

  test('keeps its switches when something is added to it', async () => {
    const clock = new VirtualClock(start);
    const emulator = await run({ clock });
    const more = joined(emulator, { name: 'more' });
    more.clockSkewMs = 3_000;
    expect([more.name, emulator.clockSkewMs, more.clockSkewMs]).toEqual(['more', 3_000, 3_000]);
  });
});

test('an option that does not exist is refused by name', () => {
  expect(() => refuseUnknown({ clock: undefined, port: 1 }, emulatorOptionNames)).not.toThrow();
  expect(() => refuseUnknown({ longrunning: {} }, emulatorOptionNames)).toThrow('`longrunning`');
});

describe('an answer', () => {
  const request = { path: '/slow' } as Parameters<typeof delayed>[0];

  test.each([
    [undefined, undefined],
    [0, undefined],
    [250, 250],
    [({ path }: { path: string }) => path.length, 5],
  ])('with the latency %p is delayed by %p ms', (latencyMs, delayMs) => {
    expect(delayed(request, { status: 200 }, latencyMs).delayMs).toBe(delayMs);
  });
});

test.each([
  ['gzip', true],
  ['gzip,deflate', true],
  ['deflate, GZIP;q=0.5', true],
  ['gzip;q=0', false],
  ['x-gzip', false],
  ['deflate', false],
  [undefined, false],
])('a client that accepts %j takes gzip: %p', (accepted, takes) => {
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
  expect(acceptsGzip({ headers })).toBe(takes);
});
