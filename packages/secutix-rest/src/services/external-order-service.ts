import type { Maybe, WebMethodResult } from '@vendorkit/secutix-shared';
import type { LongInput, Method, MethodParameters, Unknowns } from './method.ts';

/** `ExternalOrderService` (module `tnseb`, version 1.33): orders, the files they stand in, and papers. */
export interface ExternalOrderService {
  /** Completes an order. **Writes.** Documented. */
  closeOrder: Method<CloseOrderParameters, WebMethodResult>;
  /** An order in full. Reads. Documented. */
  getOrderDetails: Method<OrderDetailsParameters, WebMethodResult>;
  /** A file with its orders. Reads. Documented. */
  getFileDetails: Method<FileDetailsParameters, FileDetailsResult>;
  /** The file that an order's secret id leads to. Reads. Documented. */
  getFileDetailsFromOrderSecretId: Method<OrderSecretParameters, FileDetailsResult>;
  /** Puts a document into a file. **Writes.** Documented. */
  uploadFileAttachment: Method<UploadFileAttachmentParameters, WebMethodResult>;
  /** A document of a file. Reads. Documented. */
  getFileAttachment: Method<FileAttachmentParameters, FileAttachmentResult>;
  /** Takes a document out of a file. **Writes.** Documented. */
  deleteFileAttachment: Method<FileAttachmentParameters, WebMethodResult>;
  /** Stores the caller's own reference with an order or a file. **Writes.** Documented. */
  updateExternalReferences: Method<UpdateExternalReferenceParameters, WebMethodResult>;
  /** The references stored with an order or a file. Reads. Documented. */
  getExternalReference: Method<ExternalReferenceParameters, WebMethodResult>;
  /** Changes the status of a file. **Writes.** Known by name only. */
  updateFileStatus: Method<MethodParameters, WebMethodResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isExternalOrderServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of `closeOrder`, from the vendor's page. */
export interface CloseOrderParameters extends MethodParameters {
  /** Who buys: for instance `{ contactReference: '333' }`. */
  readonly purchaserInfo?: unknown;
  readonly orderId?: LongInput;
  readonly generateBarCodes?: boolean;
  /** The unit is not said. */
  readonly maxWaitingTime?: number;
  readonly orderType?: string;
}

/** Parameters of `getOrderDetails`, from the vendor's page. */
export interface OrderDetailsParameters extends MethodParameters {
  readonly orderId?: LongInput;
  readonly granularity?: string;
}

/** Parameters of `getFileDetails`, from the vendor's page. */
export interface FileDetailsParameters extends MethodParameters {
  readonly fileId?: LongInput;
}

/** Parameters of `getFileDetailsFromOrderSecretId`, from the vendor's page. */
export interface OrderSecretParameters extends MethodParameters {
  readonly orderSecretId?: string;
}

/** Parameters of `uploadFileAttachment`, from the vendor's page. */
export interface UploadFileAttachmentParameters extends MethodParameters {
  readonly fileId?: LongInput;
  readonly printableFileAttachmentData?: {
    readonly data?: string;
    readonly fileName?: string;
    readonly mimetype?: string;
    readonly uploadDate?: string;
    readonly [name: string]: unknown;
  };
  readonly contactReference?: string;
}

/** Parameters of `getFileAttachment` and `deleteFileAttachment`, from the vendor's page. */
export interface FileAttachmentParameters extends MethodParameters {
  readonly fileAttachmentId?: LongInput;
  readonly contactReference?: string;
}

/** Parameters of `getExternalReference`, from the vendor's page. */
export interface ExternalReferenceParameters extends MethodParameters {
  readonly id?: LongInput;
  /** For instance `ORDER`. */
  readonly externalReferenceKind?: string;
}

/** Parameters of `updateExternalReferences`, from the vendor's page. */
export interface UpdateExternalReferenceParameters extends ExternalReferenceParameters {
  readonly externalReference?: {
    readonly key?: string;
    readonly value?: string;
    readonly [name: string]: unknown;
  };
}

/** A file with its orders. The fields were seen in a public client. */
export interface FileDetailsResult extends WebMethodResult {
  fileDetailsData?: Maybe<{ fileId?: bigint; fileState?: string } & Unknowns>;
  orderDetailsDatas?: Maybe<Array<{ orderId?: bigint; orderState?: string } & Unknowns>>;
}

/** A document of a file. The fields were seen in a public client. */
export interface FileAttachmentResult extends WebMethodResult {
  fileAttachment?: Maybe<
    { data?: string; fileName?: string; mimetype?: string; uploadDate?: string } & Unknowns
  >;
}
