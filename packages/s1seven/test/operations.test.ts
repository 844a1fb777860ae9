import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/canary.ts';
import type { S1Seven, S1SevenOptions } from '../src/index.ts';
import type { Evidence, OperationDefinition } from '../src/operation.ts';
import { operations, type OperationName } from '../src/operations.ts';
import { expectedRequests } from './expected-requests.ts';
import { clientOf, closeAll, failure, json, startVendor } from './harness.ts';

afterEach(closeAll);

const definitions: Readonly<Record<OperationName, OperationDefinition>> = operations;
const names = Object.keys(operations) as OperationName[];

/** S1SEVEN API information of 2025, "Requests": which actions there are on which resources. */
const listed: Record<string, string> = {
  users: 'read_one read_many create_one update_one delete_one confirm reset',
  user_onboarding: 'read_one',
  companies: 'read_one read_many validate_one create_one update_one delete_one confirm',
  applications: 'read_one read_many create_one update_one delete_one',
  applications_secrets: 'rotate',
  tokens: 'create_one',
  cointypes: 'read_one read_many create_one update_one delete_one',
  nodes: 'read_one read_many create_one update_one delete_one',
  wallets: 'read_one create_one update_one delete_one',
  identities: 'read_one read_many create_one',
  transactions: 'read_one read_many partial_sign sign send',
  certificates: 'read_one create_one validate_one render_one notarize_one',
  hooks: 'read_one read_many create_one update_one delete_one',
  events: 'read_one read_many update_one retry_one',
  mailhooks: 'read_one read_many create_one update_one delete_one',
  mails: 'read_one read_many update_one retry_one',
};

test('every action that the vendor lists can be called, and no scope is made up', () => {
  const known = Object.entries(listed).flatMap(([resource, actions]) =>
    actions.split(' ').map((action) => `${resource}:${action}`),
  );
  const needed = names.flatMap((name) => {
    const { scope } = definitions[name];
    return scope === undefined ? [] : [`${scope.resource}:${scope.action}`];
  });
  // The list leaves it out, but the document of 2021 guards `POST /transactions` with it.
  const expected = [...known, 'transactions:create_one'];
  expect([...new Set(needed)].toSorted()).toEqual(expected.toSorted());
});

const words: Record<Exclude<Evidence, 'convention'>, string> = {
  documented: '(documentation of 2025)',
  'vendor-client': "(the vendor's own client)",
  'openapi-2021': '(OpenAPI 0.3.0 of 2021)',
};

/** The sentences that an operation's docstring ends with. */
function claimsOf({ method, path, evidence, scope }: OperationDefinition): string {
  const source =
    evidence === 'convention'
      ? ". Not public: assumed from the form of the other paths; correct it with the client's option `paths`"
      : ` ${words[evidence]}`;
  const needed =
    scope === undefined
      ? 'No scope is documented.'
      : `Scope \`${scope.resource}:${scope.action}\`.`;
  return `\`${method} ${path}\`${source}. ${needed}`;
}

/** The docstrings of all methods, by the operation that they call. */
function docstrings(): Map<string, { method: string; text: string }> {
  const folder = join(__dirname, '../src/resources');
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const found = new Map<string, { method: string; text: string }>();
  for (const chunk of sources.flatMap((source) => source.split('/**'))) {
    const [comment = '', code = ''] = chunk.split('*/');
    const [, method] = /^\s+(\w+)\(/.exec(code) ?? [];
    const [, name] = /#caller\.call\(\s*'([\w.]+)'/.exec(code) ?? [];
    if (method === undefined || name === undefined) continue;
    found.set(name, { method, text: comment.replaceAll(/\s*\n\s*\*\s?/g, ' ') });
  }
  return found;
}

describe('what a method’s docstring says of its path and its scope', () => {
  const found = docstrings();

  test('is there for every method', () => {
    expect([...found.keys()].toSorted()).toEqual(names.toSorted());
  });

  test.each(names)('is right for %s', (name) => {
    const { method, text } = found.get(name) ?? {};
    expect(method).toBe(name.split('.')[1]);
    expect(text).toContain(claimsOf(definitions[name]));
  });
});

/** Written by hand from the documents: what needs a mode, and what needs a company. */
const needMode =
  /^(?:companies\.wallet|nodes\..*|wallets\..*|identities\..*|transactions\..*|certificates\.(?:notarize|verify).*)$/;
const needCompany =
  /^(?:applications|wallets|identities|transactions|hooks|mailhooks)\.|^certificates\.notarize/;

test.each([
  ['mode', needMode, { companyId: 'c1' }],
  ['company', needCompany, { mode: 'test' }],
] as [string, RegExp, S1SevenOptions][])('%s must be known where it is needed', async (...row) => {
  const [, needed, options] = row;
  const s1 = clientOf(await startVendor(), options);
  for (const name of names) {
    const outcome = await expectedRequests[name].call(s1).then(
      () => 'sent',
      (error: { code: string }) => error.code,
    );
    expect([name, outcome]).toEqual([name, needed.test(name) ? 'INVALID_REQUEST' : 'sent']);
  }
});

/** Asking again does no harm. Three of the operations that are a `GET` send mail, or use a token up. */
const harmless =
  /\.(?:me|get|list|companies|countries|wallet|identities|did|ledger|schemas)$|^companies\.validate$|^certificates\.(?:hash|validate|verify|render)(?:File)?$/;

test('what does harm when it is done twice is sent once, if its outcome is unknown', async () => {
  const server = await startVendor(() => json({}, 500));
  const retry = { attempts: 2, baseDelay: 1 };
  // Tokens are answered by the harness.
  for (const name of names.filter((one) => one !== 'tokens.create')) {
    // Of one client the retries would be used up.
    const s1 = clientOf(server, { companyId: 'c1', mode: 'test', retry });
    const before = server.requests.length;
    await failure(expectedRequests[name].call(s1));
    const sent = server.requests.length - before;
    expect([name, sent]).toEqual([name, harmless.test(name) ? 2 : 1]);
  }
});

test('a token is never asked for again by itself, not even when the vendor refused it', async () => {
  const server = await startVendor();
  const retry = { attempts: 2, baseDelay: 1 };
  const s1 = clientOf(server, { accessToken: canaries.accessToken, retry });
  const asked = async () => {
    server.faults.answer({ status: 429, body: '{}' });
    return failure(s1.tokens.create({ clientId: 'a', clientSecret: canaries.clientSecret }));
  };
  expect(await asked()).toMatchObject({ code: 'RATE_LIMITED', attempts: 1 });
  expect(server.requests).toHaveLength(1);
});

test.each([
  ['a deletion', (s1: S1Seven) => s1.hooks.delete('h1')],
  ['a repeated event', (s1: S1Seven) => s1.events.retry('e1')],
  ['a confirmed company', (s1: S1Seven) => s1.companies.confirm('c1')],
])('%s may be answered with nothing', async (_name, call) => {
  const server = await startVendor(() => ({ status: 200 }));
  const s1 = clientOf(server, { companyId: 'c1', mode: 'test' });
  expect(await call(s1)).toBeUndefined();
  expect(await failure(s1.hooks.get('h1'))).toMatchObject({ code: 'INVALID_RESPONSE' });
});
