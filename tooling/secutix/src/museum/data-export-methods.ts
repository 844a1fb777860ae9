import { museumContacts } from './museum-contacts.ts';
import { refused, type MethodTable } from './method-result.ts';
import { countOf, longsOf, textOf } from './parameters.ts';

/** A page of rows has at most so many, whatever is asked for: the vendor's page. */
const largestPage = 1_000;
const exportKey = 'VISITORS';

/** The methods of `dataExportService`. The rows are assumed, but for their dates without a zone. */
export function dataExportMethods(): MethodTable {
  const flagged = new Map<bigint, string>();
  return {
    'dataExportService.getAvailableExports': () => ({ exports: [{ exportKey, name: 'Visitors' }] }),
    'dataExportService.executeExport': (parameters) => {
      if (textOf(parameters, 'exportKey') !== exportKey) {
        return refused('error.export.unknown', 'There is no such export.');
      }
      const count = Math.min(countOf(parameters, 'nbMaxResults') ?? largestPage, largestPage);
      return { rows: rowsOf().slice(0, count) };
    },
    'dataExportService.flagItems': (parameters, { nowMs }) => {
      const flagDate = textOf(parameters, 'flagDate') ?? zoneless(nowMs);
      for (const id of longsOf(parameters, 'elementsIds')) flagged.set(id, flagDate);
      return {};
    },
    'dataExportService.unFlagItems': (parameters) => {
      for (const id of longsOf(parameters, 'elementsIds')) flagged.delete(id);
      return {};
    },
    'dataExportService.getFlaggingStatus': (parameters) => ({
      flaggingStatus: longsOf(parameters, 'elementsIds').map((id) => ({
        id,
        flagDate: flagged.get(id) ?? null,
      })),
    }),
  };
}

function rowsOf(): object[] {
  return museumContacts(60).map((contact, index) => ({
    id: contact.contactId,
    contactNumber: contact.contactNumber,
    visitDate: zoneless(Date.UTC(2026, 0, 1 + index, 9, 30)),
  }));
}

/** `2023-02-09 18:25:10`: a date as the vendor writes it in rows. */
function zoneless(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
}
