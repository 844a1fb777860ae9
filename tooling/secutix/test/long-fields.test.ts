import { expect, test } from '@jest/globals';
import { isLongField } from '../src/long-fields.ts';

test.each([
  'id',
  'ids',
  'requestId',
  'orderId',
  'productIds',
  'elementsIds',
  'posId',
  'amount',
  'totalAmount',
  'price',
  'unitPrice',
  'unitAmoung',
])('the integers of %s are 64-bit', (key) => {
  expect(isLongField(key)).toBe(true);
});

test.each([
  '',
  'quantity',
  'duration',
  'currentRate',
  'paid',
  'valid',
  'grid',
  'ID',
  'idle',
  'amounts',
  'identity',
  'minIndex',
  'fractionDigit',
])('the integers of %j are not declared as 64-bit', (key) => {
  expect(isLongField(key)).toBe(false);
});
