import { expect, test } from '@jest/globals';
import { initialStock, pointOfSale, seasons } from '../../src/museum/catalogue.ts';

const products = seasons.flatMap((season) => season.products);
const performances = products.flatMap((product) => product.event?.performances ?? []);
const limit = 2n ** 53n;

test('ids lie on both sides of 2^53, up to the largest of 64 bits', () => {
  const ids = [...products, ...performances].map(({ id }) => id);
  expect(ids.some((id) => id < limit)).toBe(true);
  expect(ids.filter((id) => id > limit && BigInt(Number(id)) !== id).length).toBeGreaterThan(20);
  expect(ids).toContain(2n ** 63n - 1n);
  expect(pointOfSale.posId).toBeGreaterThan(2n ** 32n);
});

test('one product stands in two overlapping seasons, all other ids are unique', () => {
  const codes = products.map(({ code }) => code);
  const twice = codes.filter((code, index) => codes.indexOf(code) !== index);
  expect(twice).toEqual(['COLLECTION']);
  const unique = new Set(products.map(({ id }) => id));
  expect(unique.size).toBe(products.length - 1);
});

test('prices are whole thousandths, and a reduced one is two thirds', () => {
  const amounts = performances[0]?.prices.map(({ amount }) => amount);
  expect(amounts).toEqual([15_000n, 10_000n, 0n]);
});

test('names come in several languages', () => {
  for (const { externalName } of products) {
    expect(externalName.translations.map(({ locale }) => locale)).toEqual(['fr', 'de', 'en']);
  }
});

test('dates have an offset, as the vendor writes them', () => {
  for (const { start } of performances) {
    expect(start).toMatch(/^2026-\d\d-\d\dT10:00:00\.000\+00:00$/);
  }
});

test('one product can be sold out quickly', () => {
  expect(products.map(initialStock)).toContain(12);
});
