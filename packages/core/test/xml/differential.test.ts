import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventsOf, refusalOf } from './events.ts';
import { mutatedDocument, seeds } from './mutations.ts';
import { readBySaxes } from './saxes-events.ts';

/**
 * Where saxes 6.0.0 departs from the specifications, so that it is no measure: it takes a local part
 * that begins with a character that may only go on (Namespaces in XML 1.0, 4), and removes white space
 * around the name of a namespace.
 */
const saxesIsWrong = /:[\u0300\u00b7\d.-]|xmlns[^=<>]*=\s*(?:"[^"]*[\s&][^"]*"|'[^']*[\s&][^']*')/u;

/** The encodings of the documents here, as an XML declaration may name them. */
const isUtf8 = /^utf-?8$/i;

test.each(seeds)('%j is the same to saxes', (document) => {
  expect(eventsOf(document)).toEqual(readBySaxes(document).events);
});

test('what saxes takes and what it refuses, we take with the same events and refuse', () => {
  fc.assert(
    fc.property(mutatedDocument, (document) => {
      fc.pre(!saxesIsWrong.test(document));
      const { events, hasUntaken, encoding } = readBySaxes(document);
      // What we refuse on purpose: document types, processing instructions, other encodings.
      const isTaken = !hasUntaken && isUtf8.test(encoding ?? 'utf-8');
      const isRefused = refusalOf(document) !== undefined;
      expect(isRefused ? undefined : eventsOf(document)).toEqual(isTaken ? events : undefined);
    }),
    { numRuns: Number(process.env['XML_RUNS'] ?? 3000) },
  );
});
