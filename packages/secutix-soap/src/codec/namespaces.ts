/** The namespace of envelopes, bodies and faults (SOAP 1.1, 3). */
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The namespace of the builtin types (XML Schema 2, 3). */
export const schemaNamespace = 'http://www.w3.org/2001/XMLSchema';

/** The namespace of `xsi:type` and `xsi:nil` (XML Schema 1, 2.6). */
export const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
