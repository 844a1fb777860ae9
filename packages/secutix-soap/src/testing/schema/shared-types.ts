import { assumedRecord, record, type Elements, type SchemaTypes } from './notation.ts';

/**
 * The parameter that continues a call in progress, always the first (SecuTix SOAP 5.2). That it may be
 * nil follows from the `null` of the vendor's example.
 */
export const requestId: Elements = { requestId: 'long~' };

/** Types that several services use. */
export const sharedTypes: SchemaTypes = {
  // SecuTix SOAP 5.1. An answer always includes the three; the vendor was seen to send a nil.
  WebMethodResult: record({ statusCode: 'string!', statusDetail: 'string~', requestId: 'long~' }),
  // For methods of the emulator's user. All three must be there, since what may follow could else be
  // one of them (XML Schema 1, Unique Particle Attribution).
  OpenResult: {
    ...assumedRecord({ statusCode: 'string!', statusDetail: 'string!~', requestId: 'long!~' }),
    open: true,
  },
  MultilingualValue: record({ translations: 'Translation*' }),
  Translation: record({ locale: 'string!', value: 'string!' }),
  KeyValue: record({ key: 'string', value: 'string' }),
  PurchaserInfo: record({ contactReference: 'string' }),
  Currency: assumedRecord({
    currencyCode: 'string',
    fractionDigit: 'int',
    minAmount: 'long',
    symbol: 'string',
  }),
};
