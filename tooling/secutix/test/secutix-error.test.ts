import { expect, test } from '@jest/globals';
import { VendorError } from '@vendorkit/core';
import { SecutixError, sentenceEnd } from '../src/index.ts';

const fields = { code: 'OPERATION_FAILED', statusDetail: 'Sold out' } as const;

class FaultError extends SecutixError {
  protected static override readonly brands = ['FaultError', 'SecutixError', 'VendorError'];
}

test('a SecutixError is a VendorError with the vendor’s explanation', () => {
  const error = new SecutixError('No.', fields);
  expect(error).toBeInstanceOf(VendorError);
  expect(VendorError.is(error)).toBe(true);
  expect(error.toJSON()).toMatchObject({ name: 'SecutixError', ...fields });
});

test('without an explanation the field is absent', () => {
  const error = new SecutixError('No.', { code: 'OPERATION_FAILED', statusDetail: undefined });
  expect(error).not.toHaveProperty('statusDetail');
});

test('a kind of SecutixError is one, and not the other way round', () => {
  const fault = new FaultError('No.', fields);
  expect(fault).toBeInstanceOf(SecutixError);
  expect(fault).toBeInstanceOf(FaultError);
  expect(fault.name).toBe('FaultError');
  expect(new SecutixError('No.', fields)).not.toBeInstanceOf(FaultError);
  expect(new VendorError('No.', { code: 'CLOSED' })).not.toBeInstanceOf(SecutixError);
});

test.each([
  [undefined, '.'],
  ['', '.'],
  ['Sold out', ': Sold out'],
  ['x'.repeat(3_000), `: ${'x'.repeat(2_000)}`],
])('a sentence with the reason %j ends', (reason, end) => {
  expect(sentenceEnd(reason)).toBe(end);
});
