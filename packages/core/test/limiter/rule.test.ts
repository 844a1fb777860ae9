import { describe, expect, test } from '@jest/globals';
import { mergeRules, validateRules } from '../../src/limiter/rule.ts';

const scopes = ['institution', 'service', 'method'];
const good = { key: 'service', limit: 60, windowMs: 60_000 };
const day = 24 * 60 * 60 * 1000;

describe('rules are accepted', () => {
  test.each([
    [[]],
    [[good]],
    [[{ ...good, limit: 1, windowMs: 1 }]],
    [[{ ...good, limit: 1_000_000, windowMs: 31 * day }]],
    [[{ key: 'method', limit: 1, windowMs: 600_000, value: 'getCatalogDetailed', polls: false }]],
    [[good, { ...good, windowMs: 1000 }, { ...good, value: 'contact' }]],
    [[{ ...good, value: undefined, polls: undefined }]],
  ])('%j', (rules) => {
    expect(validateRules(rules, scopes)).toBeUndefined();
  });
});

describe('the first mistake is named, with its path', () => {
  test.each([
    ['60 a minute', ''],
    [{ 0: good }, ''],
    [[good, null], '[1]'],
    [[{ ...good, key: 'route' }], '[0].key'],
    [[{ ...good, key: 'constructor' }], '[0].key'],
    [[{ limit: 1, windowMs: 1 }], '[0].key'],
    [[{ ...good, limit: 0 }], '[0].limit'],
    [[{ ...good, limit: 1.5 }], '[0].limit'],
    [[{ ...good, limit: '60' }], '[0].limit'],
    [[{ ...good, limit: 1_000_001 }], '[0].limit'],
    [[{ ...good, limit: Infinity }], '[0].limit'],
    [[good, { ...good, windowMs: NaN }], '[1].windowMs'],
    [[{ ...good, windowMs: 0 }], '[0].windowMs'],
    [[{ ...good, windowMs: 31 * day + 1 }], '[0].windowMs'],
    [[{ ...good, value: '' }], '[0].value'],
    [[{ ...good, value: 7 }], '[0].value'],
    [[{ ...good, polls: 'no' }], '[0].polls'],
    [[{ ...good, burst: 5 }], '[0].burst'],
    [[good, { ...good, windowMs: 1 }, { ...good, limit: 5 }], '[2]'],
  ])('%j', (rules, path) => {
    expect(validateRules(rules, scopes)).toEqual({ path, message: expect.any(String) });
  });

  test('and the wrong value is not printed', () => {
    const problem = validateRules([{ ...good, key: 'a secret' }], scopes);
    expect(problem?.message).toBe('Expected one of the scopes institution, service, method');
  });
});

test('of merged rules that count the same calls the stricter holds', () => {
  const merged = mergeRules([
    [good, { ...good, windowMs: 1000, polls: false }],
    [
      { ...good, limit: 30, polls: false },
      { ...good, limit: 90, windowMs: 1000, polls: false },
    ],
  ]);
  expect(merged).toEqual([
    { ...good, limit: 30, polls: true },
    { ...good, windowMs: 1000, limit: 60, polls: false },
  ]);
});
