import { describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/secrets.ts';
import { SecutixSoap, VendorError } from '../src/index.ts';
import { readOptions, readServiceOptions, readSoapCallOptions } from '../src/options.ts';
import { rightOptions, thrown } from './harness.ts';

const refused = async (options: object) =>
  thrown(() => new SecutixSoap({ ...rightOptions, ...options }));

describe('a wrong option of a client is refused, and named', () => {
  test.each([
    ['institution', { institution: '' }],
    ['environment', { environment: 'moon' }],
    ['environment', { environment: undefined }],
    ['username', { username: undefined }],
    ['username', { username: 5 }],
    ['username', { username: 'a\0' }],
    ['password', { password: '' }],
    ['password', { password: Buffer.from(canaries.password) }],
    ['password', { password: `${canaries.password}\u0001` }],
    ['security', { security: 'digest' }],
    ['mustUnderstand', { mustUnderstand: 1 }],
    ['wsdl', { wsdl: 'https://x/?wsdl' }],
    ['wsdl.file', { wsdl: { file: '' } }],
    ['wsdlCache', { wsdlCache: '/tmp' }],
    ['wsdlCache.directory', { wsdlCache: { directory: '' } }],
    ['wsdlCache.maxAge', { wsdlCache: { directory: '/tmp', maxAge: -1 } }],
    ['wsdlCache.age', { wsdlCache: { directory: '/tmp', age: 1 } }],
    ['wsdlHeaders.authorization', { wsdlHeaders: { authorization: 'a\nb' } }],
    ['wsdlHeaders.Host', { wsdlHeaders: { Host: 'x' } }],
    ['wsdlHeaders["a b"]', { wsdlHeaders: { 'a b': 'x' } }],
    ['locale', { locale: 'français' }],
    ['pollInterval', { pollInterval: 0 }],
    ['baseUrl', { baseUrl: 'http://mosa.ws.secutix.com' }],
    ['pasword', { pasword: 'x' }],
    ['secret', { secret: 'x' }],
    ['timeout', { timeout: '5s' }],
  ])('%s', async (field, options) => {
    expect(await refused(options)).toMatchObject({ code: 'CONFIGURATION', field });
  });
});

test('absent and `undefined` are the same, and the defaults are the documented ones', () => {
  const nothing = Object.fromEntries(
    [
      'security',
      'mustUnderstand',
      'wsdl',
      'wsdlCache',
      'wsdlHeaders',
      'locale',
      'pollInterval',
    ].map((name) => [name, undefined]),
  );
  const { settings, soap, credentials, wsdlHeaders } = readOptions({ ...rightOptions, ...nothing });
  expect(settings).toMatchObject({ timeoutMs: 90_000, deadlineMs: 900_000 });
  expect(soap).toEqual({
    institution: 'MOSA',
    defaultBaseUrl: 'https://mosa.demo-ws.secutix.com',
    locale: undefined,
    pollIntervalMs: 30_000,
    wsdl: 'remote',
    wsdlCache: undefined,
  });
  expect(credentials).toMatchObject({ security: 'passwordText', mustUnderstand: false });
  expect(wsdlHeaders).toEqual({});
  const kept = readOptions({ ...rightOptions, wsdlCache: { directory: '/x', maxAge: undefined } });
  expect(kept.soap.wsdlCache).toEqual({ directory: '/x', maxAgeMs: 86_400_000 });
});

test('the settings hold no secret', () => {
  const { soap, settings } = readOptions({ ...rightOptions, wsdlHeaders: { cookie: 'crumbs' } });
  expect(JSON.stringify([soap, settings])).not.toMatch(/password|crumbs/);
});

describe('a wrong option of a service is refused, and named', () => {
  test.each([
    ['options.version', { version: '1' }],
    ['options.version', { version: 1.33 }],
    ['options.module', { module: '../x' }],
    ['options.package', { package: 'com/secutix' }],
    ['options.package', { package: 'com..x' }],
    ['options.wsdl', { wsdl: 'x' }],
    ['options.wsdl', { wsdl: { file: 'x', url: 'y' } }],
    ['options.locale', { locale: 'x y' }],
    ['options.signal', { signal: {} }],
    ['options.priority', { priority: 'high' }],
    ['options.versoin', { versoin: '1.0' }],
    ['options', 5],
    ['options', null],
    ['options', ['1.33']],
  ])('%s', async (field, options) => {
    const error = await thrown(() => readServiceOptions(options));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
  });
});

test.each(['SOAPAction', 'soapaction', 'Accept', 'Accept-Language', 'accept-language'])(
  'the header %s of a call or a service is refused: the client has its own',
  async (name) => {
    const field = `options.headers.${name}`;
    for (const read of [readSoapCallOptions, readServiceOptions]) {
      const error = await thrown(() => read({ headers: { 'x-a': 'b', [name]: 'fr' } }));
      expect(error).toMatchObject({ code: 'INVALID_REQUEST', field });
      expect(error.message).toContain(
        /language/i.test(name) ? 'Use `locale`' : 'the client itself',
      );
    }
  },
);

test('a call has neither package nor WSDL, and a version and a module of the usual forms', async () => {
  for (const name of ['package', 'wsdl', 'version', 'module']) {
    const wrong = { [name]: 'x/1' };
    expect(await thrown(() => readSoapCallOptions(wrong))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: `options.${name}`,
    });
  }
  expect(readSoapCallOptions({ version: '1.33', module: 'tnco' })).toMatchObject({
    version: '1.33',
    module: 'tnco',
  });
  expect(readSoapCallOptions({ locale: 'fr', deadline: 5 })).toEqual({
    call: { deadline: 5 },
    locale: 'fr',
  });
  expect(readSoapCallOptions(undefined)).toEqual({ call: {}, locale: undefined });
});

test('the error of a wrong option is a VendorError', async () => {
  const error = await refused({ security: canaries.password });
  expect(VendorError.is(error)).toBe(true);
  expect(error.message).toContain('`security` was refused');
});
