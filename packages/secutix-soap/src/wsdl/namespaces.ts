/** WSDL 1.1. */
export const wsdlNamespace = 'http://schemas.xmlsoap.org/wsdl/';
/** WSDL 2.0, which is recognised in order to say that it is not read. */
export const wsdl2Namespace = 'http://www.w3.org/ns/wsdl';
/** The binding of WSDL 1.1 to SOAP 1.1 (WSDL 1.1, 3). */
export const soapBindingNamespace = 'http://schemas.xmlsoap.org/wsdl/soap/';
/** The binding of WSDL 1.1 to SOAP 1.2 (WSDL 1.1 Binding Extension for SOAP 1.2). */
export const soap12BindingNamespace = 'http://schemas.xmlsoap.org/wsdl/soap12/';
/** XML Schema 1.0. */
export const schemaNamespace = 'http://www.w3.org/2001/XMLSchema';
/** The data types of SOAP's own encoding (SOAP 1.1, 5). */
export const encodingNamespace = 'http://schemas.xmlsoap.org/soap/encoding/';
/** `xml:lang` and its like. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** What everybody knows without its schema: no such document is ever fetched. */
export const wellKnownNamespaces: ReadonlySet<string> = new Set([
  schemaNamespace,
  encodingNamespace,
  xmlNamespace,
]);
