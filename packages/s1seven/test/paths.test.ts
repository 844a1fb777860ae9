import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { operations, type OperationName } from '../src/operations.ts';
import { fillPath, readPaths, routeOf } from '../src/paths.ts';
import { clientOf, closeAll, failure, lastOf, startVendor, thrown } from './harness.ts';

afterEach(closeAll);

describe('the option paths', () => {
  test('replaces the base path of a resource, or the path of one operation', async () => {
    const vendor = await startVendor();
    const paths = { wallets: '/key-management/wallet', 'mails.retry': '/letters/{id}/again' };
    const s1 = clientOf(vendor, { paths, mode: 'test', companyId: 'c' });
    const calls: [() => Promise<unknown>, string][] = [
      [() => s1.wallets.get('w'), '/api/key-management/wallet/w'],
      [() => s1.wallets.identities('w'), '/api/key-management/wallet/w/identities'],
      [() => s1.mails.retry('m'), '/api/letters/m/again'],
      [() => s1.mails.get('m'), '/api/mails/m'],
    ];
    for (const [call, path] of calls) {
      await call();
      expect(lastOf(vendor).path).toBe(path);
    }
  });

  test('an operation wins over its resource', () => {
    const paths = readPaths({ mails: '/letters', 'mails.get': '/post/{id}' });
    expect([paths['mails.get'].template, paths['mails.list'].template]).toEqual([
      '/post/{id}',
      '/letters',
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ['paths["wallet"]', { wallet: '/wallet' }],
    ['paths["users.neverHeardOf"]', { 'users.neverHeardOf': '/x' }],
    ['paths["constructor"]', { constructor: '/x' }],
    ['paths["wallets"]', { wallets: 'wallet' }],
    ['paths["wallets"]', { wallets: '/wallet/' }],
    ['paths["wallets"]', { wallets: '//evil.example' }],
    ['paths["wallets"]', { wallets: '/..' }],
    ['paths["wallets"]', { wallets: '/wallet?x=y' }],
    ['paths["wallets"]', { wallets: '/wallet/{id}' }],
    ['paths["wallets"]', { wallets: '' }],
    ['paths["mails.get"]', { 'mails.get': '/mails' }],
    ['paths["mails.get"]', { 'mails.get': '/mails/{mail}' }],
    ['paths["mails.get"]', { 'mails.get': '/mails/{id}/{id}' }],
    ['paths["users.me"]', { 'users.me': '/users/{id}' }],
  ])('refuses %s in %j', async (field, paths) => {
    const error = await thrown(() => readPaths(paths));
    expect(error).toMatchObject({ code: 'CONFIGURATION', field });
  });

  test('undefined is the same as absent', () => {
    expect(readPaths({ wallets: undefined })).toEqual(readPaths());
  });
});

describe('an id', () => {
  test('is one segment, whatever characters it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        fc.pre(id !== '.' && id !== '..');
        const segments = fillPath('/users/{id}/companies', { id }).split('/');
        expect(segments).toHaveLength(4);
        expect(decodeURIComponent(segments[2] ?? '')).toBe(id);
      }),
    );
  });

  test.each(['', '.', '..', undefined, null, {}, 1.5, '\ud800'])('%p is refused', async (id) => {
    const vendor = await startVendor();
    const error = await failure(clientOf(vendor).companies.get(id as string));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'id', outcome: 'not-sent' });
    expect(vendor.requests).toEqual([]);
  });
});

describe('a route', () => {
  const paths = readPaths({ wallets: '/wallet' });

  test('is the path with its variables', () => {
    const routes = (Object.keys(operations) as OperationName[]).map((name) => {
      const { template } = paths[name];
      const values = { id: 'a', email: 'a@b.c', coinType: 822 };
      const { method } = operations[name];
      return [`${method} ${template}`, routeOf(method, fillPath(template, values), paths)];
    });
    for (const [expected, found] of routes) expect(found).toBe(expected);
  });

  test.each([
    ['GET', '/users/me', 'GET /users/me'],
    ['GET', '/users/me/', 'GET /users/me'],
    ['GET', '/users/5', 'GET /users/{id}'],
    ['GET', '/wallet/5', 'GET /wallet/{id}'],
    ['PUT', '/users/5', 'PUT /users/{id}'],
    ['GET', '/totp/5b7ac3d0/codes', 'GET /totp/{id}/codes'],
    ['GET', '/totp/codes', 'GET /totp/codes'],
  ])('of %s %s is %s', (method, path, route) => {
    expect(routeOf(method, path, paths)).toBe(route);
  });
});
