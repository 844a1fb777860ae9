import { assumedRecord, assumedResult, operation, service, type SchemaTypes } from './notation.ts';

/** `ShipmentPublicService`: the vendor's page, which shows the parameters of one method. */
export const shipmentService = service('ShipmentPublicService', {
  getAvailableShipmentModes: operation(
    {
      pointOfSalesId: 'long',
      shipmentContents: 'ShipmentContent*',
      destinationCountryCode: 'string',
      contactAddressId: 'long~',
      orderId: 'long~',
      productFamilyIds: 'long*',
    },
    'ShipmentModesResult',
    'result',
  ),
});

/** What shipments speak of. */
export const shipmentTypes: SchemaTypes = {
  ShipmentContent: assumedRecord({ productId: 'long', quantity: 'int!' }),
  ShipmentModesResult: assumedResult({ shipmentModes: 'ShipmentMode*' }),
  ShipmentMode: assumedRecord({
    id: 'long!',
    code: 'string',
    externalName: 'MultilingualValue',
  }),
};
