import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readDate, readDateTime } from '../../../src/codec/values/read-date.ts';

describe('a dateTime with a zone', () => {
  test.each([
    ['2020-10-13T10:09:27.503+00:00', '2020-10-13T10:09:27.503Z'],
    ['2020-10-13T10:09:27Z', '2020-10-13T10:09:27.000Z'],
    ['2020-10-13T10:09:27.5-03:30', '2020-10-13T13:39:27.500Z'],
    ['2020-10-13T10:09:27.120000+02:00', '2020-10-13T08:09:27.120Z'],
    ['2020-10-13T10:09:27.5039999Z', '2020-10-13T10:09:27.503Z'],
    ['2020-12-31T24:00:00Z', '2021-01-01T00:00:00.000Z'],
    ['2020-12-31T24:00:00.000Z', '2021-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00+14:00', '2024-02-28T10:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0099-12-31T23:59:59.999Z', '0099-12-31T23:59:59.999Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    [' \n2020-10-13T10:09:27Z\t', '2020-10-13T10:09:27.000Z'],
  ])('%j is %s', (text, iso) => {
    expect((readDateTime(text) as Date).toISOString()).toBe(iso);
  });

  test('is the moment that Date reads, whatever the moment and the zone', () => {
    const moments = fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    const zones = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        const local = new Date(moment.getTime() + zone * 60_000).toISOString().slice(0, -1);
        const text = local + zoneText(zone);
        expect(readDateTime(text)).toEqual(moment);
        expect(Date.parse(text)).toBe(moment.getTime());
      }),
      { numRuns: 1000 },
    );
  });
});

describe('stays a text', () => {
  test.each([
    ['without a zone', '2020-10-13T10:09:27.503'],
    ['with a year of five digits', '12020-10-13T10:09:27Z'],
    ['of a year before the first', '-0044-03-15T10:09:27Z'],
    ['of the year 0', '0000-10-13T10:09:27Z'],
    ['on a day that the month does not have', '2020-02-30T10:09:27Z'],
    ['on the leap day of a common year', '2100-02-29T10:09:27Z'],
    ['in a month that does not exist', '2020-13-01T10:09:27Z'],
    ['in an hour that does not exist', '2020-10-13T25:09:27Z'],
    ['after the end of the day', '2020-10-13T24:00:01Z'],
    ['with a leap second', '2016-12-31T23:59:60Z'],
    ['too far from UTC', '2020-10-13T10:09:27+14:01'],
    ['with an empty fraction', '2020-10-13T10:09:27.Z'],
    ['with a space', '2020-10-13 10:09:27Z'],
    ['with something behind it', '2020-10-13T10:09:27Zx'],
    ['with half a zone', '2020-10-13T10:09:27+02'],
    ['that is cut', '2020-10-13T10:0'],
    ['that is a date', '2020-10-13Z'],
    ['that is none', 'tomorrow'],
  ])('a dateTime %s', (_name, text) => {
    expect(readDateTime(` ${text} `)).toBe(text);
  });

  test.each(['2020-10-13', '2020-02-30Z', '2020-10-13T00:00:00Z', '13.10.2020', '2020-1-1Z'])(
    'the date %s',
    (text) => {
      expect(readDate(text)).toBe(text);
    },
  );
});

test.each([
  ['2020-10-13Z', '2020-10-13T00:00:00.000Z'],
  ['2020-10-13+02:00', '2020-10-12T22:00:00.000Z'],
  ['2020-10-13-05:00', '2020-10-13T05:00:00.000Z'],
])('the date %s begins at %s', (text, iso) => {
  expect((readDate(text) as Date).toISOString()).toBe(iso);
});

test('nothing is null', () => {
  expect(readDate(' ')).toBeNull();
  expect(readDateTime('')).toBeNull();
});

function zoneText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}
