import type { EmulatorAnswer, EmulatorRequest } from '@vendorkit/core/testing';

/** A JSON answer. */
export const json = (value: unknown, status = 200): EmulatorAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const hash = { algorithm: 'sha256', value: 'c0ffee' };

/** What a success must have at least, by the end of the path; where nothing is said, an empty object. */
const least: readonly (readonly [line: RegExp, answer: EmulatorAnswer])[] = [
  [/^POST .*\/certificates\/hash(?:-file)?$/, json(hash)],
  [/^POST .*\/certificates\/verify(?:-file)?$/, json({ isValid: true, hash })],
  [/^POST .*\/certificates\/notarize(?:-file)?$/, json({ hash, jobId: 1 })],
  [/^POST .*\/transactions\/(?:sign|send)$/, json({ signedTx: [] })],
  [/^GET .*\/(?:users|companies|applications|cointypes|nodes|identities|transactions)$/, json([])],
  [/^GET .*\/(?:hooks|events|mailhooks|mails|ledger|users\/[^/]+\/companies)$/, json([])],
];

const files: Readonly<Record<string, EmulatorAnswer>> = {
  pdf: { status: 200, headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.4' },
  html: { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Steel</p>' },
};

/** An answer that says as little as a success can. */
export function plausibleAnswer({ method, path, query }: EmulatorRequest): EmulatorAnswer {
  const file = path.includes('/render') ? files[query.get('type') ?? ''] : undefined;
  const [, answer = json({})] = least.find(([line]) => line.test(`${method} ${path}`)) ?? [];
  return file ?? answer;
}
