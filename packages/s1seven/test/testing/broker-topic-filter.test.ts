import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  filterMatches,
  isTopicFilter,
  isTopicName,
} from '../../src/testing/broker/topic-filter.ts';

describe('a topic filter', () => {
  test.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/b/c', false],
    ['a/b/c', 'a/b', false],
    ['a/+/c', 'a/b/c', true],
    ['a/*/c', 'a/b/c', true],
    ['a/+', 'a', false],
    ['a/+', 'a/', true],
    ['+/+', '/a', true],
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['a/#', 'b/c', false],
    ['#', 'a/b', true],
    ['#', '$SYS/uptime', false],
    ['+/uptime', '$SYS/uptime', false],
    ['$SYS/#', '$SYS/uptime', true],
    ['company/+/live/#', 'company/42/test/hooks/create_one', false],
  ])('%s and the topic %s: %s', (filter, topic, fits) => {
    expect(filterMatches(filter, topic)).toBe(fits);
  });

  test.each([
    ['+', true],
    ['#', true],
    ['/', true],
    ['a/+/#', true],
    ['', false],
    ['a+', false],
    ['a/#/b', false],
    ['a#', false],
    ['a\0', false],
  ])('%j may be one: %s', (filter, may) => {
    expect(isTopicFilter(filter)).toBe(may);
  });

  test('takes in every topic that it was made from by putting wildcards in', () => {
    const level = fc.string({ unit: fc.constantFrom('a', 'b', '-', 'é'), maxLength: 3 });
    const levels = fc.array(fc.tuple(level, fc.boolean()), { minLength: 1, maxLength: 6 });
    const property = (parts: [string, boolean][], kept: number) => {
      const topic = parts.map(([text]) => text).join('/');
      const wanted = parts.map(([text, isWild]) => (isWild ? '+' : text));
      const cut = [...wanted.slice(0, kept), '#'].join('/');
      for (const filter of [wanted.join('/'), cut]) {
        expect(filter === '' || isTopicFilter(filter)).toBe(true);
        expect(filterMatches(filter, topic)).toBe(true);
      }
      expect(topic === '' || isTopicName(topic)).toBe(true);
    };
    fc.assert(fc.property(levels, fc.nat({ max: 6 }), property));
  });
});
