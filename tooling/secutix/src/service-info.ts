/** The five applications that the vendor's services are spread over: a part of their address. */
export type Module = 'tnseb' | 'tnco' | 'tnci' | 'tnai' | 'tnpsb';

/**
 * Where something is known from: the vendor's own texts, the public code of the vendor's customers,
 * or a conclusion from these.
 */
export type Basis = 'documented' | 'client' | 'inferred';

/** Whether a method only reads, so that it may be sent again when its outcome is unknown. */
export type MethodKind = 'read' | 'write';

/** What is publicly known of a service. */
export interface ServiceInfo {
  /** The vendor's name, for instance `CatalogService`. */
  readonly name: string;
  /** The name in REST addresses, for instance `catalogService`; `null` where no REST form was seen. */
  readonly restName: string | null;
  /** Where the REST name is known from. */
  readonly restNameBasis: Basis;
  /** The application that runs it; `null` where it is not known. */
  readonly module: Module | null;
  /** The Java package in SOAP addresses; `null` where it is not known. */
  readonly soapPackage: string | null;
  /** Every version seen, the oldest first. */
  readonly versions: readonly string[];
  /** The versions among them for which the vendor prints no REST address. */
  readonly soapOnlyVersions: readonly string[];
  /** The version among them that may still change, if one was so marked. The others are frozen. */
  readonly activeVersion: string | null;
  /** Where the service is known from. */
  readonly sources: readonly Basis[];
  /** Methods that only read. */
  readonly reads: readonly string[];
  /** Methods that change something, or of which it is not known. */
  readonly writes: readonly string[];
  /** Methods among them that may answer `in_progress`, according to the vendor's pages. */
  readonly longRunning: readonly string[];
}
