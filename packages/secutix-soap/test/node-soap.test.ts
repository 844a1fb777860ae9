import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { listen, type ISecurity } from 'soap';
import { canaries } from '../../../tooling/canary/secrets.ts';
import type { SecutixSoapOptions } from '../src/index.ts';
import { clientOf, closeAll, closeLater, failure, wsdlOf } from './harness.ts';

afterEach(closeAll);

interface Token {
  readonly Username: string;
  /** A text, or an object if the element has attributes. */
  readonly Password: string | { readonly $value: string; readonly attributes: object };
}

/** node-soap as a server: an independent reader of what the client writes. */
async function startNodeSoap(password: string) {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const seen: { tokens: Token[]; parameters: unknown[] } = { tokens: [], parameters: [] };
  const answer = (parameters: unknown) => {
    seen.parameters.push(parameters);
    return { CatalogResult: { statusCode: 'success', product: [{ id: '9007199254740993' }] } };
  };
  const alive = () => ({ WebMethodResult: { statusCode: 'success' } });
  const methods = { getCatalog: answer, isCatalogServiceAlive: alive };
  const wsdl = wsdlOf({ address: `http://127.0.0.1:${port}/catalog` });
  const services = { CatalogService: { CatalogServicePort: methods } };
  const server = listen(http, '/catalog', services, wsdl);
  server.authenticate = (security: ISecurity) => {
    const { UsernameToken: token } = security as unknown as { UsernameToken: Token };
    seen.tokens.push(token);
    const { Password: given } = token;
    return (typeof given === 'string' ? given : given.$value) === password;
  };
  closeLater({
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  });
  return { url: `http://127.0.0.1:${port}`, seen };
}

const forms: Partial<SecutixSoapOptions>[] = [
  { security: 'passwordText' },
  { security: 'bare' },
  { security: 'passwordText', mustUnderstand: true },
  { security: 'bare', mustUnderstand: true },
];

test.each(forms)('node-soap’s server understands a client with %j', async (options) => {
  const { url, seen } = await startNodeSoap(canaries.password);
  const soap = clientOf({ url }, options);
  const catalog = await soap.service(`${url}/catalog?wsdl`);
  expect(await catalog.isAlive()).toBe(true);
  const result = await catalog.call('getCatalog', {
    seasonCode: 'é <&> "🚀" ]]>',
    productIds: [9_007_199_254_740_993n, 1n],
  });
  expect(result).toEqual({ statusCode: 'success', product: [{ id: 9_007_199_254_740_993n }] });
  expect(seen.tokens[0]).toMatchObject({
    Username: 'INSTIT_ZOE',
    Password:
      options.security === 'bare'
        ? canaries.password
        : {
            $value: canaries.password,
            attributes: { Type: expect.stringMatching(/#PasswordText$/) },
          },
  });
  expect(seen.parameters).toMatchObject([{ seasonCode: 'é <&> "🚀" ]]>' }]);
});

test('node-soap’s refusal of the credentials is one', async () => {
  const { url } = await startNodeSoap('another');
  const catalog = await clientOf({ url }).service(`${url}/catalog?wsdl`);
  const error = await failure(catalog.isAlive());
  expect(error).toMatchObject({ status: 401 });
  expect(error.code).toBe('UNAUTHENTICATED');
});
