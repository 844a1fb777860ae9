/** SOAP 1.1 (section 3). */
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';
/** WS-Security 1.0, whose token SecuTix SOAP 4.1 asks for. */
export const securityNamespace =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
/** The kind of password that is sent as it is (UsernameToken Profile 1.0, 3.1). */
export const passwordText =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText';
/** XML Schema: the names of its builtin types. */
export const schemaNamespace = 'http://www.w3.org/2001/XMLSchema';
/** XML Schema: `nil` and `type` in documents. */
export const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
