import { expect, test } from '@jest/globals';
import { visit } from './visit.ts';

test('the visitors can be exported', () => {
  expect(visit().ask('dataExportService.getAvailableExports')).toMatchObject({
    exports: [{ exportKey: 'VISITORS' }],
  });
});

test('rows have dates without a zone', () => {
  const parameters = { exportKey: 'VISITORS', nbMaxResults: 5_000 };
  const { rows } = visit().ask('dataExportService.executeExport', parameters);
  expect(rows).toHaveLength(60);
  expect(rows).toMatchObject({ 0: { visitDate: '2026-01-01 09:30:00' } });
});

test('rows that were taken are remembered', () => {
  const { ask } = visit();
  const id = 9_007_199_254_740_993n;
  const elements = { elementsIds: [id], flagDate: '2026-03-01 00:00:00' };
  ask('dataExportService.flagItems', elements);
  expect(ask('dataExportService.getFlaggingStatus', elements)).toMatchObject({
    flaggingStatus: [{ id, flagDate: '2026-03-01 00:00:00' }],
  });
  ask('dataExportService.unFlagItems', elements);
  expect(ask('dataExportService.getFlaggingStatus', elements)).toMatchObject({
    flaggingStatus: [{ flagDate: null }],
  });
});

test('an export that is not known is refused', () => {
  expect(visit().ask('dataExportService.executeExport', { exportKey: 'X' })).toMatchObject({
    statusCode: 'error.export.unknown',
  });
});
