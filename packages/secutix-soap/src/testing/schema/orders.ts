import {
  assumedRecord,
  assumedResult,
  operation,
  record,
  result,
  service,
  type SchemaTypes,
} from './notation.ts';
import { requestId } from './shared-types.ts';

const ownReference = { id: 'long', externalReferenceKind: 'string' };
const attachment = { fileAttachmentId: 'long', contactReference: 'string' };

/** `ExternalOrderFacade`: the vendor's page and public clients. */
export const orderFacade = service(
  'ExternalOrderFacade',
  {
    createOrUpdateOrder: operation(
      {
        ...requestId,
        pointOfSalesId: 'long',
        orderId: 'long~',
        fileId: 'long~',
        orderType: 'string',
        purchasersInfo: 'PurchaserInfo',
        simpleProductOperations: 'SimpleProductOperation*',
        singleEntryAttributionOperations: 'SingleEntryAttributionOperation*',
        externalReference: 'KeyValue',
        origin: 'string',
      },
      'OrderUpdateResult',
    ),
  },
  { importsSchema: true },
);

/** `ExternalOrderService`: the vendor's pages and public clients. */
export const orderService = service(
  'ExternalOrderService',
  {
    closeOrder: operation(
      {
        purchaserInfo: 'PurchaserInfo',
        orderId: 'long',
        generateBarCodes: 'boolean',
        maxWaitingTime: 'int',
        orderType: 'string',
      },
      'CloseOrderResult',
      'result',
    ),
    getOrderDetails: operation(
      { orderId: 'long', granularity: 'string' },
      'OrderDetailsResult',
      'result',
    ),
    getFileDetails: operation({ fileId: 'long' }, 'FileDetailResult'),
    getFileDetailsFromOrderSecretId: operation({ orderSecretId: 'string' }, 'FileDetailResult'),
    uploadFileAttachment: operation(
      {
        fileId: 'long',
        printableFileAttachmentData: 'PrintableFileAttachmentData',
        contactReference: 'string',
      },
      'WebMethodResult',
    ),
    getFileAttachment: operation(attachment, 'PrintableFileAttachmentResult'),
    deleteFileAttachment: operation(attachment, 'WebMethodResult'),
    updateExternalReferences: operation(
      { ...ownReference, externalReference: 'KeyValue' },
      'WebMethodResult',
    ),
    getExternalReference: operation(ownReference, 'ExternalReferenceResult'),
    updateFileStatus: operation(
      { fileId: 'long', fileState: 'string' },
      'WebMethodResult',
      'parameters',
      'result',
    ),
  },
  { importsSchema: true },
);

/** What orders speak of. The spelling of `preferedAreas` is the vendor's. */
export const orderTypes: SchemaTypes = {
  SimpleProductOperation: record({
    audienceSubCategoryId: 'long',
    quantity: 'int!',
    itemId: 'long',
  }),
  SingleEntryAttributionOperation: record({
    operationAttributions: 'OperationAttribution*',
    preferedAreas: 'long*',
  }),
  OperationAttribution: record({
    audienceSubCategoryId: 'long',
    quantity: 'int!',
    performanceId: 'long',
    seatCategoryId: 'long~',
  }),
  OrderUpdateResult: result({
    expectedException: 'boolean',
    statusMessage: 'string~',
    orderUpdateData: 'OrderUpdateData',
  }),
  OrderUpdateData: record({
    orderId: 'long!',
    orderSecretId: 'string',
    orderState: 'string',
    catalogCurrency: 'Currency',
    operationDataUpdates: 'OrderOperation*',
    movementDataUpdates: 'OrderMovement*',
  }),
  OrderOperation: record({
    operationId: 'long!',
    fileId: 'long',
    itemId: 'long',
    productId: 'long',
    productCode: 'string',
    productFamilyType: 'ProductFamilyType',
    product: 'string',
    audienceSubCategoryId: 'long',
    quantity: 'int',
    unitPrice: 'long',
    totalAmount: 'long',
  }),
  OrderMovement: record({ movementId: 'long!', operationId: 'long', type: 'string' }),
  CloseOrderResult: assumedResult({ orderData: 'OrderDetails' }),
  OrderDetailsResult: assumedResult({ orderDetailsData: 'OrderDetails' }),
  OrderDetails: assumedRecord({
    orderId: 'long!',
    orderSecretId: 'string',
    orderState: 'string',
    orderType: 'string',
    contactReference: 'string',
    creationDateTime: 'dateTime',
    catalogCurrency: 'Currency',
    saleAmount: 'long',
    operationDatas: 'OrderOperation*',
  }),
  FileDetailResult: result({ fileDetailsData: 'FileDetails', orderDetailsDatas: 'OrderDetails*' }),
  FileDetails: record({
    fileId: 'long!',
    fileState: 'string',
    fileAttachments: 'PrintableFileAttachmentData*',
  }),
  PrintableFileAttachmentData: record({
    data: 'base64Binary',
    fileName: 'string',
    mimetype: 'string',
    uploadDate: 'dateTime',
  }),
  PrintableFileAttachmentResult: result({ fileAttachment: 'PrintableFileAttachmentData' }),
  ExternalReferenceResult: assumedResult({ externalReferences: 'ExternalReferences' }),
  ExternalReferences: assumedRecord({ id: 'long!', externalReferences: 'KeyValue*' }),
};
