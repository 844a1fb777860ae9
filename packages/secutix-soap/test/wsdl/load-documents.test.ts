import { VendorError } from '@vendorkit/core';
import { describe, expect, test } from '@jest/globals';
import { loadDocuments, type LoadOptions } from '../../src/wsdl/load-documents.ts';
import { parseWsdl } from '../../src/wsdl/parse-wsdl.ts';
import { rootUrl, schemaOf, wsdlOf } from './compile.ts';

const origin = 'https://vendor.example';
const definitions = (content: string) =>
  `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/">${content}</definitions>`;
const importing = (location: string) => `<import namespace="urn:x" location="${location}"/>`;
const schema = (content: string, attributes = '') =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ${attributes}>${content}</xs:schema>`;
const including = (location: string) => `<xs:include schemaLocation="${location}"/>`;

/** Serves documents by their URLs, and keeps what was asked for. */
function server(documents: Record<string, string | Uint8Array>) {
  const asked: string[] = [];
  const fetchDocument = async (url: string): Promise<Uint8Array> => {
    asked.push(url);
    const document = documents[url];
    if (document === undefined) throw new Error(`Nobody should ask for ${url}.`);
    return Buffer.from(document);
  };
  const load = (options?: LoadOptions) => loadDocuments(fetchDocument, rootUrl, options);
  return { asked, load };
}

async function failure(load: Promise<unknown>): Promise<VendorError> {
  const error: unknown = await load.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!VendorError.is(error)) throw new Error('It should fail with a VendorError.');
  return error;
}

describe('documents', () => {
  test('are each asked for once, in the order in which they are named', async () => {
    const { asked, load } = server({
      [rootUrl]: definitions(
        `${importing('?wsdl=1')}<types>${schema(including('a.xsd') + including('b.xsd'))}</types>`,
      ),
      [`${origin}/service?wsdl=1`]: definitions(importing(rootUrl)),
      [`${origin}/a.xsd`]: schema(including('b.xsd') + including('deep/c.xsd')),
      [`${origin}/b.xsd`]: schema(including('a.xsd#part')),
      [`${origin}/deep/c.xsd`]: schema(including('../a.xsd')),
    });
    const { root, byUrl } = await load();
    expect(root).toBe(rootUrl);
    expect(asked).toEqual([
      rootUrl,
      `${origin}/service?wsdl=1`,
      `${origin}/a.xsd`,
      `${origin}/b.xsd`,
      `${origin}/deep/c.xsd`,
    ]);
    expect([...byUrl.keys()]).toEqual(asked);
  });

  test('that everybody knows, or that have no location, are not asked for', async () => {
    const { asked, load } = server({
      [rootUrl]: definitions(
        `<types>${schema(`
        <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>
        <xs:import namespace="http://schemas.xmlsoap.org/soap/encoding/" schemaLocation="http://schemas.xmlsoap.org/soap/encoding/"/>
        <xs:import namespace="urn:inline"/><xs:import/><xs:include schemaLocation=" "/>`)}</types>`,
      ),
    });
    await load();
    expect(asked).toEqual([rootUrl]);
  });

  test('are found again where they led', async () => {
    const { load } = server({
      [rootUrl]: wsdlOf(schemaOf(including('http://vendor.example:8080/types.xsd?xsd=1'))),
      [`${origin}/types.xsd?xsd=1`]: schema(
        '<xs:complexType name="In"/>',
        'targetNamespace="urn:t"',
      ),
    });
    expect(parseWsdl(await load()).types[0]).toMatchObject({ name: 'In' });
  });

  test('may be in UTF-16 or ISO-8859-1', async () => {
    const text = wsdlOf(schemaOf('<xs:complexType name="Iné"/>').replace('t:In"', 't:Iné"'));
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    const latin1 = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text}`, 'latin1');
    for (const bytes of [utf16, latin1]) {
      const { load } = server({ [rootUrl]: bytes });
      expect(parseWsdl(await load()).types[0]).toMatchObject({ name: 'Iné' });
    }
  });
});

describe('the digest', () => {
  const digestOf = async (documents: Record<string, string>) =>
    (await server(documents).load()).digest;
  const including1 = definitions(importing('?1'));

  test('is the same for the same documents, and another for others', async () => {
    const one = { [rootUrl]: including1, [`${origin}/service?1`]: definitions('') };
    const digests = await Promise.all([
      digestOf(one),
      digestOf({ ...one }),
      digestOf({ ...one, [`${origin}/service?1`]: definitions(' ') }),
      digestOf({ [rootUrl]: definitions('') }),
    ]);
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(digests[1]).toBe(digests[0]);
    expect(new Set(digests).size).toBe(3);
  });
});

describe('refused are', () => {
  const refusal = async (documents: Record<string, string | Uint8Array>, options?: LoadOptions) => {
    const { asked, load } = server(documents);
    const error = await failure(load(options));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', outcome: 'answered' });
    return { message: error.message, asked };
  };

  test('imports from elsewhere, which are never asked for', async () => {
    const remote = 'https://evil.example/a.wsdl?key=1';
    const { message, asked } = await refusal({ [rootUrl]: definitions(importing(remote)) });
    expect(message).toBe(
      "The WSDL imports from `https://evil.example`, which is not the service's own origin.",
    );
    expect(asked).toEqual([rootUrl]);
  });

  test('a thousand imports, before the first of them', async () => {
    const imports = Array.from({ length: 1000 }, (_, at) => importing(`?wsdl=${at}`));
    const { message, asked } = await refusal({ [rootUrl]: definitions(imports.join('')) });
    expect(message).toBe('The WSDL cannot be used. It consists of more than 200 documents.');
    expect(asked).toHaveLength(1);
  });

  test('a chain of imports without an end', async () => {
    const asked: string[] = [];
    const error = await failure(
      loadDocuments(async (url) => {
        asked.push(url);
        return Buffer.from(definitions(importing(`?${asked.length}`)));
      }, rootUrl),
    );
    expect(error.message).toContain('more than 200 documents');
    expect(asked).toHaveLength(200);
  });

  test('100 MB, without being read', async () => {
    const bytes = Buffer.alloc(100_000_000, '<a/>');
    const start = performance.now();
    const { message } = await refusal({ [rootUrl]: bytes });
    expect(message).toBe('The WSDL cannot be used. It is longer than 20971520 bytes.');
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('documents that are too long together', async () => {
    const documents = {
      [rootUrl]: definitions(importing('?1')),
      [`${origin}/service?1`]: definitions(' '.repeat(200)),
    };
    const { message } = await refusal(documents, { maxBytes: 300 });
    expect(message).toContain('It is longer than 300 bytes');
  });

  test('a million tags, before they become a tree', async () => {
    const { message } = await refusal({ [rootUrl]: definitions('<a/>'.repeat(1_000_000)) });
    expect(message).toBe('The WSDL cannot be used. It has more than 1000000 tags.');
  });

  test.each([
    ['<!DOCTYPE definitions><definitions/>', 'It is not the XML that is read here'],
    [`<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${definitions('&x;')}`, 'not the XML'],
    ['<html><body>503</body></html>', 'It has no `definitions` of WSDL 1.1.'],
    ['<definitions/>', 'It has no `definitions` of WSDL 1.1.'],
    ['<description xmlns="http://www.w3.org/ns/wsdl"/>', 'written in WSDL 2.0'],
    [schema(''), 'It has no `definitions` of WSDL 1.1.'],
    ['', 'not the XML'],
    ['{"error":1}', 'not the XML'],
    [definitions('').slice(0, -3), 'not the XML'],
    ['<a>'.repeat(100_000), 'not the XML'],
  ])('what is no WSDL: %#', async (document, problem) => {
    const { message } = await refusal({ [rootUrl]: document });
    expect(message).toContain(problem);
    expect(message).not.toMatch(/passwd|503|\.\.$/);
  });

  test.each([
    ['<html/>', 'A document that it imports is neither a WSDL nor a schema.'],
    ['<html>', 'A document that it imports is not the XML that is read here'],
  ])('an import that is neither a WSDL nor a schema: %s', async (document, problem) => {
    const { message } = await refusal({
      [rootUrl]: definitions(importing('?1')),
      [`${origin}/service?1`]: document,
    });
    expect(message).toContain(problem);
  });
});

test('the errors of who fetches are passed on', async () => {
  const error = new Error('It failed.');
  await expect(loadDocuments(() => Promise.reject(error), rootUrl)).rejects.toBe(error);
});
