/** What the body of an envelope holds (SOAP 1.1, 4.3). */
export type SoapAnswer =
  | { readonly kind: 'result'; readonly value: unknown }
  | ({ readonly kind: 'fault' } & SoapFault);

/** A fault (SOAP 1.1, 4.4). What it does not say is an empty text, or absent. */
export interface SoapFault {
  /** As it was sent, with its prefix if it has one. */
  readonly faultcode: string;
  /** What the prefix of the code stands for; absent if it has none, or one that is not declared. */
  readonly faultcodeNamespace?: string;
  readonly faultstring: string;
  readonly faultactor?: string;
  /** Its elements by name, texts as they are: the WSDL's types are not applied. */
  readonly detail?: unknown;
}
