import { isAbsolute } from 'node:path';
import { expect, test } from '@jest/globals';
import { defaultTokenDirectory } from '../../src/token/token-directory.ts';

const home = '/home/wile';

test.each([
  ['linux', {}, '/home/wile/.cache/vendorkit'],
  ['linux', { XDG_CACHE_HOME: '/fast' }, '/fast/vendorkit'],
  ['linux', { XDG_CACHE_HOME: '' }, '/home/wile/.cache/vendorkit'],
  ['linux', { XDG_CACHE_HOME: 'not/absolute' }, '/home/wile/.cache/vendorkit'],
  ['darwin', { XDG_CACHE_HOME: '/fast' }, '/home/wile/Library/Caches/vendorkit'],
  ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\vendorkit'],
  ['win32', {}, '\\home\\wile\\AppData\\Local\\vendorkit'],
] as const)('on %s with %j tokens are kept in %s', (platform, environment, directory) => {
  expect(defaultTokenDirectory({ platform, environment, home })).toBe(directory);
});

test('on this computer it is an absolute path', () => {
  expect(isAbsolute(defaultTokenDirectory())).toBe(true);
});
