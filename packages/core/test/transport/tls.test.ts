import { afterEach, describe, expect, test } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';
import { VendorError } from '../../src/errors/vendor-error.ts';
import type { ClientCertificate } from '../../src/transport/transport.ts';
import { fixture } from '../fixtures/fixture.ts';
import { ca, closeAll, connect, failure, request, serve, tls } from './harness.ts';

afterEach(closeAll);

const cert = fixture('client.pem');
const key = fixture('client-key.pem');
const passphrase = 'fixture-passphrase';

function refusal(clientCertificate: ClientCertificate): VendorError {
  try {
    connect('https://127.0.0.1:9', { ca, clientCertificate });
  } catch (error) {
    if (VendorError.is(error)) return error;
  }
  throw new Error('Expected a VendorError');
}

describe('the server', () => {
  test.each<[string, object, object]>([
    ['of an unknown authority', tls, {}],
    [
      'with a certificate for another host',
      { key: fixture('other-host-key.pem'), cert: fixture('other-host.pem') },
      { ca },
    ],
  ])('%s is refused before anything is sent', async (_case, certificate, options) => {
    const server = await serve({ tls: { ...tls, ...certificate } });
    const error = await failure(connect(server.url, options).send(request(server.url)));
    expect(error).toMatchObject({ code: 'CERTIFICATE', outcome: 'not-sent', retryable: false });
    expect(error.hint).toMatch('`ca`');
    expect(server.requests).toEqual([]);
  });

  test('cannot be waved through by the environment', async () => {
    const server = await serve({ tls });
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const error = await failure(connect(server.url).send(request(server.url)));
      expect(error.code).toBe('CERTIFICATE');
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });

  test.each([
    ['text', ca.toString()],
    ['bytes', ca],
    ['DER', new X509Certificate(ca).raw],
    ['a list', [cert, ca]],
  ])(
    'of an authority given as %s is accepted, by address and by name',
    async (_form, authority) => {
      const server = await serve({ tls });
      const urls = [server.url, server.url.replace('127.0.0.1', 'localhost')];
      for (const url of urls) {
        const answer = await connect(url, { ca: authority }).send(request(url));
        expect(answer.status).toBe(200);
      }
    },
  );
});

describe('a client certificate', () => {
  const mutual = { ...tls, ca, requestCert: true };

  test.each<[string, ClientCertificate]>([
    ['PEM', { cert, key }],
    ['PEM with an encrypted key', { cert, key: fixture('client-key-encrypted.pem'), passphrase }],
    ['PKCS #12', { pfx: fixture('client.p12'), passphrase }],
  ])('in %s opens the door', async (_form, clientCertificate) => {
    const server = await serve({ tls: mutual });
    const transport = connect(server.url, { ca, clientCertificate });
    expect((await transport.send(request(server.url))).status).toBe(200);
  });

  test('that is missing keeps it shut', async () => {
    const server = await serve({ tls: mutual });
    const error = await failure(connect(server.url, { ca }).send(request(server.url)));
    expect(['CONNECTION', 'CERTIFICATE']).toContain(error.code);
    expect(server.requests).toEqual([]);
  });

  test.each<[string, ClientCertificate, RegExp]>([
    [
      'a wrong passphrase',
      { cert, key: fixture('client-key-encrypted.pem'), passphrase: 'canary' },
      /passphrase/,
    ],
    ['no passphrase', { cert, key: fixture('client-key-encrypted.pem') }, /passphrase/],
    [
      'a wrong passphrase of a PKCS #12',
      { pfx: fixture('client.p12'), passphrase: 'canary' },
      /passphrase/,
    ],
    ['the key of another', { cert, key: fixture('server-key.pem') }, /does not belong/],
    ['nonsense', { cert: 'canary', key: 'canary' }, /form/],
    ['nonsense for a PKCS #12', { pfx: Buffer.from('canary') }, /form/],
    ['no key', { cert }, /both/],
    ['nothing', {}, /both/],
  ])('with %s is refused at once', (_case, clientCertificate, message) => {
    const error = refusal(clientCertificate);
    expect(error).toMatchObject({ code: 'CERTIFICATE', field: 'certificate', outcome: 'not-sent' });
    expect(error.message).toMatch(message);
    expect(inspect(error, { depth: 12, showHidden: true })).not.toMatch('canary');
  });

  test('is not the place for an authority that is none', () => {
    for (const authority of ['canary', Buffer.from('canary'), [ca, '']]) {
      const open = () => connect('https://127.0.0.1:9', { ca: authority });
      expect(open).toThrow(expect.objectContaining({ code: 'CERTIFICATE', field: 'ca' }));
      expect(open).not.toThrow(/canary/);
    }
  });
});
