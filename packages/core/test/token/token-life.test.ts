import { describe, expect, test } from '@jest/globals';
import { isAgeing, isUsable, readStoredToken, receivedToken } from '../../src/token/token-life.ts';

const margins = { refreshAheadMs: 120_000, minLifetimeMs: 30_000 };
const hour = 3_600_000;
const long = { token: 't', obtainedAtMs: 0, expiresAtMs: hour };
const short = { token: 't', obtainedAtMs: 0, expiresAtMs: 40_000 };

describe('a long-lived token', () => {
  test.each([
    [0, true, false],
    [hour - 120_001, true, false],
    [hour - 120_000, true, true],
    [hour - 30_001, true, true],
    [hour - 30_000, false, true],
    [hour + 1, false, true],
  ])('at %d ms: usable %s, ageing %s', (nowMs, usable, ageing) => {
    expect(isUsable(long, nowMs, margins)).toBe(usable);
    expect(isAgeing(long, nowMs, margins)).toBe(ageing);
  });
});

describe('a short-lived token', () => {
  test.each([
    [0, true, false],
    [29_999, true, false],
    [30_000, true, true],
    [35_999, true, true],
    [36_000, false, true],
  ])('at %d ms: usable %s, ageing %s', (nowMs, usable, ageing) => {
    expect(isUsable(short, nowMs, margins)).toBe(usable);
    expect(isAgeing(short, nowMs, margins)).toBe(ageing);
  });
});

test('a token that is not known to end does not age', () => {
  const token = { token: 't', obtainedAtMs: 0 };
  expect(isUsable(token, 1e15, margins)).toBe(true);
  expect(isAgeing(token, 1e15, margins)).toBe(false);
});

describe('receivedToken', () => {
  test('remembers when it came', () => {
    expect(receivedToken({ token: 't', expiresAtMs: 9 }, 5)).toEqual({
      token: 't',
      expiresAtMs: 9,
      obtainedAtMs: 5,
    });
    expect(receivedToken({ token: 't', obtainedAtMs: 3 }, 5)).toMatchObject({ obtainedAtMs: 3 });
    expect(receivedToken({ token: 't' }, 5)).toEqual({ token: 't', obtainedAtMs: 5 });
  });

  test.each([
    ['is empty', { token: '' }],
    ['is no text', { token: 1 as unknown as string }],
    ['ends at no time', { token: 't', expiresAtMs: Number.NaN }],
    ['had ended', { token: 't', expiresAtMs: 5 }],
  ])('refuses one that %s', (_name, fetched) => {
    expect(() => receivedToken(fetched, 5)).toThrow(
      expect.objectContaining({ code: 'INVALID_RESPONSE' }),
    );
  });
});

test.each([
  [{ mode: 'test' }, { attributes: { mode: 'test' } }],
  [{}, { attributes: {} }],
  [{ mode: 'test', renewed: 7 }, {}],
  [['test'], {}],
  ['test', {}],
  [null, {}],
])('of the attributes %j, %j is read', (attributes, read) => {
  const stored = { token: 't', obtainedAtMs: 1, attributes };
  expect(readStoredToken(stored)).toEqual({ token: 't', obtainedAtMs: 1, ...read });
});

test.each([
  undefined,
  null,
  'text',
  {},
  { token: 't' },
  { token: 't', obtainedAtMs: '1' },
  { token: 't', obtainedAtMs: 1, expiresAtMs: null },
])('what a store gives is no token: %j', (stored) => {
  expect(readStoredToken(stored)).toBeUndefined();
});
