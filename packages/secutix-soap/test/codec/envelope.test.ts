import { expect, test } from '@jest/globals';
import { writeEnvelope } from './envelope.ts';

test('an envelope has the prefix of the vendor’s example', () => {
  expect(writeEnvelope({ header: '<a/>', body: '<b/>' })).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">' +
      '<S:Header><a/></S:Header><S:Body><b/></S:Body></S:Envelope>',
  );
});

test('an envelope without headers has no header', () => {
  expect(writeEnvelope({ header: '', body: '<b/>' })).not.toContain('Header');
});
