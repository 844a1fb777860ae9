import type { WebMethodResult } from '@vendorkit/secutix-shared';
import type { LongInput, Method, MethodParameters } from './method.ts';

/** `DataExportService` (module `tnai`, version 1.0): rows of an institution's data. */
export interface DataExportService {
  /**
   * Runs an export. Documented; may take long. It counts as a **write**, since no text rules out that
   * an export without `dateFrom` goes on where the last one ended. Declare your call `idempotent` if
   * yours does not.
   *
   * Dates in the rows have no time zone.
   */
  executeExport: Method<ExecuteExportParameters, WebMethodResult>;
  /** The exports that the partner may run. Reads. Documented. */
  getAvailableExports: Method<MethodParameters, WebMethodResult>;
  /** Marks rows as taken. **Writes.** Documented. */
  flagItems: Method<FlagItemsParameters, WebMethodResult>;
  /** Takes the marks away. **Writes.** Documented. */
  unFlagItems: Method<FlaggedElementsParameters, WebMethodResult>;
  /** Which rows are marked. Reads. Documented. */
  getFlaggingStatus: Method<FlaggedElementsParameters, WebMethodResult>;
  /** The content of a file that was generated before. Reads. Known by name only. */
  retrieveGeneratedFileContent: Method<MethodParameters, WebMethodResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isDataExportServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of `executeExport`, from the vendor's page. */
export interface ExecuteExportParameters extends MethodParameters {
  readonly exportKey?: string;
  readonly dateFrom?: string;
  readonly dateTo?: string;
  readonly parameters?: ReadonlyArray<{
    readonly name?: string;
    readonly value?: unknown;
    readonly [name: string]: unknown;
  }>;
  /** The vendor's default is 1000, and larger values become 1000. */
  readonly nbMaxResults?: number;
}

/** Parameters of `unFlagItems` and `getFlaggingStatus`, from the vendor's page. */
export interface FlaggedElementsParameters extends MethodParameters {
  readonly elementsIds?: readonly LongInput[];
  readonly itemKind?: string;
}

/** Parameters of `flagItems`, from the vendor's page. */
export interface FlagItemsParameters extends FlaggedElementsParameters {
  readonly flagDate?: string;
}
