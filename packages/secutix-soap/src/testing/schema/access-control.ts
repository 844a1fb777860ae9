import {
  assumedRecord,
  assumedResult,
  enumeration,
  operation,
  record,
  result,
  service,
  type SchemaTypes,
} from './notation.ts';
import { requestId } from './shared-types.ts';

const ticket = { ...requestId, barCodeOrTaxNumber: 'string' };

/** `ExternalAccessControlService`: the vendor's pages. */
export const accessControlService = service('ExternalAccessControlService', {
  exportList: operation(
    {
      ...requestId,
      listType: 'AccessListType',
      ticketType: 'AccessTicketType',
      seasonCode: 'string',
      productCodes: 'string*',
      performanceCodes: 'string*',
      paginationStart: 'string',
      nbMaxResults: 'int',
    },
    'AccessControlListResult',
  ),
  getAccessControlCatalog: operation(
    { ...requestId, seasonCode: 'string' },
    'AccessControlCatalogResult',
  ),
  getControlledTicket: operation(ticket, 'ControlledTicketResult'),
  importControlledTicket: operation(
    { ...requestId, controlledTickets: 'ControlledTicket*' },
    'WebMethodResult',
    'result',
  ),
  burnTicket: operation(ticket, 'ControlledTicketResult'),
  getTimeZone: operation({ ...requestId }, 'TimeZoneResult', 'result'),
});

/** What access control speaks of. */
export const accessControlTypes: SchemaTypes = {
  AccessListType: enumeration('GREY', 'BLACK', 'WHITE'),
  AccessTicketType: enumeration('ALL', 'THIRD_PARTY'),
  AccessControlListResult: result({ paginationEnd: 'string', entries: 'AccessListEntry*' }),
  AccessListEntry: assumedRecord({ barcode: 'string!', performanceCode: 'string' }),
  AccessControlCatalogResult: assumedResult({ seasons: 'Season*' }),
  ControlledTicketResult: assumedResult({ controlledTicket: 'ControlledTicket' }),
  ControlledTicket: record({
    acIdentifier: 'string',
    barcode: 'string',
    controlDate: 'dateTime',
    controlResult: 'string',
    failureReason: 'string~',
  }),
  TimeZoneResult: assumedResult({ timeZone: 'string' }),
};
