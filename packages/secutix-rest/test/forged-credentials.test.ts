import { afterEach, describe, expect, test } from '@jest/globals';
import { fixture } from '../../core/test/fixtures/fixture.ts';
import type { SecutixRestEmulator } from '../src/testing/index.ts';
import { closeAll, connect, emulate, failure, virtualClock } from './harness.ts';

afterEach(closeAll);

/** The ages at arrival of the tokens that were taken. */
function takenAges({ state, requests }: SecutixRestEmulator): number[] {
  return state.tokenAgesMs.filter((_age, index) => requests[index]?.status !== 401);
}

test('50 calls at once over 4 sockets, slow handshakes and slow answers: no token is a second old', async () => {
  const emulator = await emulate({
    tls: {
      key: fixture('server-key.pem'),
      cert: fixture('server.pem'),
      handshakeDelayMs: 700,
    },
    latencyMs: 300,
  });
  const secutix = connect(emulator, { ca: fixture('authority.pem'), maxSockets: 4 });
  const call = () =>
    secutix.call('contactInformationPublicService', 'getContactData', { contactNumber: '333' });
  await Promise.all(Array.from({ length: 50 }, call));

  const { tokenAgesMs, worstTokenAgeMs } = emulator.state;
  expect(emulator.requests.map(({ status }) => status)).toEqual(Array(50).fill(200));
  expect(tokenAgesMs).toHaveLength(50);
  expect(worstTokenAgeMs).toBeLessThan(1_000);
  expect(Math.min(...tokenAgesMs)).toBeGreaterThanOrEqual(0);
}, 30_000);

describe('with a vendor whose clock is off by', () => {
  const skews = [-3_600_000, -5_000, -900, 900, 5_000, 3_600_000];
  const phases = [100, 999];

  test.each(skews.flatMap((skewMs) => phases.map((phaseMs) => ({ skewMs, phaseMs }))))(
    '$skewMs ms, $phaseMs ms into a second, one token is refused at most',
    async ({ skewMs, phaseMs }) => {
      const clock = virtualClock();
      await clock.advance(500 + phaseMs);
      const emulator = await emulate({ clock, clockSkewMs: skewMs });
      const secutix = connect(emulator);
      for (let calls = 0; calls < 4; calls += 1) {
        await clock.run(secutix.call('setupService', 'listSeasons'));
        await clock.advance(417);
      }
      const refused = emulator.requests.flatMap(({ status }, index) =>
        status === 401 ? [index] : [],
      );
      // Off by less than a second, the first token may be right by luck.
      expect(refused.length).toBeLessThanOrEqual(1);
      if (Math.abs(skewMs) > 1_000) expect(refused).toEqual([0]);
      expect(Math.max(...takenAges(emulator))).toBeLessThan(1_000);
      expect(Math.min(...takenAges(emulator))).toBeGreaterThanOrEqual(0);
    },
  );
});

test('a vendor’s clock that is set while the client runs costs one refusal', async () => {
  const clock = virtualClock();
  const emulator = await emulate({ clock });
  const secutix = connect(emulator);
  const call = () => clock.run(secutix.call('setupService', 'listSeasons'));
  await call();
  emulator.clockSkewMs = 60_000;
  await call();
  await call();
  emulator.clockSkewMs = -60_000;
  await call();
  await call();
  expect(emulator.requests.map(({ status }) => status)).toEqual([
    200, 401, 200, 200, 401, 200, 200,
  ]);
});

test('the one more try counts as an attempt', async () => {
  const clock = virtualClock();
  const emulator = await emulate({ clock, clockSkewMs: 60_000 });
  const { response } = await clock.run(
    connect(emulator).call('setupService', 'listSeasons').withResponse(),
  );
  expect(response.attempts).toBe(2);
  const single = connect(emulator, { retry: { attempts: 1 } });
  expect(await failure(clock.run(single.call('setupService', 'listSeasons')))).toMatchObject({
    code: 'UNAUTHENTICATED',
    attempts: 1,
  });
});

test('a 401 without a doubt about the clock is final, for reads and writes', async () => {
  const clock = virtualClock();
  const emulator = await emulate({ clock });
  const stranger = connect(emulator, { partner: 'Somebody else' });
  for (const call of [
    () => stranger.call('setupService', 'listSeasons'),
    () => stranger.call('externalOrderFacade', 'createOrUpdateOrder'),
  ]) {
    expect(await failure(clock.run(call()))).toMatchObject({
      code: 'UNAUTHENTICATED',
      status: 401,
      attempts: 1,
      retryable: false,
      outcome: 'answered',
      details: { message: '`iss` is not the partner.' },
      hint: expect.stringContaining('partner'),
    });
  }
  expect(emulator.requests).toHaveLength(2);
});

test('a clock that was doubted is known to the next call, even if no try was left', async () => {
  const clock = virtualClock();
  const emulator = await emulate({ clock, clockSkewMs: -900 });
  const secutix = connect(emulator, { retry: { attempts: 1 } });
  const call = () => clock.run(secutix.call('setupService', 'listSeasons'));
  expect(await failure(call())).toMatchObject({ code: 'UNAUTHENTICATED', attempts: 1 });
  for (let later = 0; later < 5; later += 1) {
    await clock.advance(417);
    await call();
  }
});

test('a wrong clock that 401 after 401 denies is believed once a call', async () => {
  const clock = virtualClock();
  const emulator = await emulate({ clock, clockSkewMs: 60_000 });
  const secutix = connect(emulator, { partner: 'Somebody else' });
  expect(await failure(clock.run(secutix.call('setupService', 'listSeasons')))).toMatchObject({
    code: 'UNAUTHENTICATED',
    attempts: 2,
  });
});
