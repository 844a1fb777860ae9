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

const elements = { elementsIds: 'long*', itemKind: 'string' };

/** `DataExportService`: the vendor's pages and a public client. */
export const dataExportService = service('DataExportService', {
  executeExport: operation(
    {
      ...requestId,
      exportKey: 'string',
      dateFrom: 'dateTime~',
      dateTo: 'dateTime~',
      parameters: 'ExportParameter*',
      nbMaxResults: 'int~',
    },
    'ExportResult',
  ),
  getAvailableExports: operation({}, 'AvailableExportsResult'),
  flagItems: operation({ ...elements, flagDate: 'dateTime' }, 'FlagItems'),
  unFlagItems: operation(elements, 'UnFlagItems'),
  getFlaggingStatus: operation(elements, 'GetFlaggingStatus'),
  retrieveGeneratedFileContent: operation(
    { fileName: 'string' },
    'GeneratedFileContentResult',
    'parameters',
    'result',
  ),
});

/** What exports speak of. The dates of rows have no zone, so they are texts. */
export const dataExportTypes: SchemaTypes = {
  ExportParameter: record({ name: 'string', value: 'string' }),
  ExportResult: result({ requestState: 'string', rows: 'ExportRow*' }),
  ExportRow: assumedRecord({ id: 'long!', contactNumber: 'string', visitDate: 'string' }),
  AvailableExportsResult: assumedResult({ exports: 'AvailableExport*' }),
  AvailableExport: assumedRecord({ exportKey: 'string!', name: 'string' }),
  FlagItems: result({}),
  UnFlagItems: result({}),
  GetFlaggingStatus: assumedResult({ flaggingStatus: 'FlaggingStatus*' }),
  FlaggingStatus: assumedRecord({ id: 'long!', flagDate: 'string~' }),
  GeneratedFileContentResult: assumedResult({ data: 'base64Binary' }),
};
