import { inspect } from 'node:util';
import { seconds, type ContactReport } from './contacts.ts';
import type { IdReport } from './ids.ts';
import type { OrderReport } from './order.ts';
import type { SoapReport } from './soap-catalogue.ts';
import type { Screen } from './screen.ts';
import type { SteelReport } from './steel.ts';
import type { Tally } from './tally.ts';
import type { Vendor } from './vendor.ts';

/** What happened in a night. */
export interface Night {
  readonly vendor: Vendor;
  readonly tally: Tally;
  readonly startedAt: number;
  contacts?: ContactReport;
  ids?: IdReport;
  order?: OrderReport;
  soap?: SoapReport;
  steel?: SteelReport;
}

/** Prints the table at the end, and an error as a user sees it. */
export function printReport(night: Night, screen: Screen): void {
  screen.title('The night in figures');
  const rows = rowsOf(night);
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) screen.line(`${name.padEnd(width)}  ${value}`);
  if (night.order) {
    screen.title('An error as a user sees it');
    for (const line of inspect(night.order.error).split('\n')) {
      if (!/^\s+at /.test(line)) screen.line(line);
    }
  }
}

function rowsOf({
  vendor,
  tally,
  startedAt,
  contacts,
  ids,
  order,
  soap,
  steel,
}: Night): [string, string][] {
  const state = vendor.emulator?.state;
  const rows: [string, string | undefined][] = [
    ['calls', `${tally.calls}`],
    ['attempts', `${tally.attempts}`],
    ['refusals (509)', `${state?.quotaRefusals ?? tally.refusals}`],
    ['contacts: time', contacts && seconds(contacts.elapsedMs)],
    ['contacts: theoretical minimum', contacts && seconds(contacts.minimumMs)],
    ['contacts: time / minimum', contacts && (contacts.elapsedMs / contacts.minimumMs).toFixed(3)],
    [
      'worst token age on arrival',
      state && `${Math.round(state.worstTokenAgeMs)} ms of 1000 allowed`,
    ],
    ['64-bit ids verified', ids && `${ids.found} of ${ids.sent}, ${ids.long} above 2^53`],
    ['orders held by the vendor', order && `${order.orders} (1 wanted)`],
    ['ids over SOAP as over REST', soap && `${soap.same} of ${soap.ids}`],
    ['steel: notarized and told of in', steel && `${Math.round(steel.elapsedMs)} ms`],
    ['steel: tokens asked for', steel && `${steel.tokens} (1 a day is allowed)`],
    ['the whole night', seconds(performance.now() - startedAt)],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}
