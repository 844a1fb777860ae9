import { afterEach, describe, expect, test } from '@jest/globals';
import { aliveMethod, methodsOf, services } from '@vendorkit/secutix-shared';
import {
  startSecutixSoapEmulator,
  type SecutixSoapEmulator,
  type SecutixSoapEmulatorOptions,
} from '../../src/testing/index.ts';
import { builtins } from '../../src/testing/lexical.ts';
import { serviceSchemas, typeNamed, typeTables } from '../../src/testing/schema/services.ts';
import { membersOf, reachableTypes } from '../../src/testing/schema/type-members.ts';
import { get, pathOf, readTree } from './hand-written-client.ts';

const known = services.filter(({ versions }) => versions.length > 0);
const versions = known.flatMap((service) =>
  service.versions.map((version) => [service.name, version, service] as const),
);

let running: SecutixSoapEmulator[] = [];

async function start(options?: SecutixSoapEmulatorOptions): Promise<SecutixSoapEmulator> {
  const emulator = await startSecutixSoapEmulator({ quota: [], ...options });
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  await Promise.all(running.map((emulator) => emulator.close()));
  running = [];
});

/** What a WSDL says, as far as these tests ask. */
interface Definitions {
  readonly portType: { readonly operation: ReadonlyArray<{ readonly documentation?: string }> };
}

describe('what is known', () => {
  test('is a schema for every service with a version', () => {
    const names = serviceSchemas.map(({ name }) => name);
    expect(names.toSorted()).toEqual(known.map(({ name }) => name).toSorted());
  });

  test.each(known.map((service) => [service.name, service] as const))(
    'of %s are all its methods',
    (name, service) => {
      const schema = serviceSchemas.find((other) => other.name === name);
      const described = [...Object.keys(schema?.operations ?? {}), aliveMethod(service)];
      expect(described.toSorted()).toEqual(methodsOf(service).toSorted());
    },
  );

  test('has no two types of one name', () => {
    const names = typeTables.flatMap((table) => Object.keys(table));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('has no type that there is not', () => {
    const fields = serviceSchemas.flatMap(({ operations }) =>
      Object.values(operations).flatMap(({ parameters, result }) => [...parameters, result]),
    );
    const types = reachableTypes(fields);
    const members = [...types.values()].flatMap((type) =>
      type.kind === 'record' ? membersOf(type) : [],
    );
    const names = new Set([...fields, ...members].map(({ type }) => type));
    const missing = [...names].filter((name) => !builtins.has(name) && !typeNamed(name));
    expect(missing).toEqual([]);
  });
});

describe('a WSDL', () => {
  test.each(versions)('stands at the address of %s %s', async (name, version, service) => {
    const emulator = await start();
    const segment = `v${version.replace('.', '_')}`;
    const soapPackage = service.soapPackage ?? 'com.secutix.anything';
    const path = `/${service.module}/external-remoting/${soapPackage}.${segment}.${name}.webservice`;
    const { status, headers, text } = await get(emulator, `${path}?wsdl`);
    expect([status, headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(text).toContain(`targetNamespace="http://${segment}.${name}.service.secutix.com`);
    expect(text).toContain(`<soap:address location="${emulator.url}${path}"/>`);
    for (const method of methodsOf(service)) {
      expect(text).toContain(`<operation name="${method}">`);
    }
  });

  test.each([
    ['ContactInformationPublicService', true],
    ['ExternalCampaignService', true],
    ['CatalogService', false],
    ['ExternalAccessControlService', false],
  ])('of %s has a namespace with a slash at the end: %s', async (name, hasSlash) => {
    const { text } = await get(await start(), `${pathOf(name)}?wsdl`);
    const namespace = /targetNamespace="([^"]*)"/.exec(text)?.[1] ?? '';
    expect(namespace.endsWith('/')).toBe(hasSlash);
  });

  test('says what of it is assumed', async () => {
    const path = pathOf('ContactInformationPublicService');
    const { text } = await get(await start({ importsSchemas: false }), `${path}?wsdl`);
    const { definitions } = readTree(text) as { definitions: Definitions };
    expect(definitions.portType.operation.map(({ documentation }) => documentation)).toEqual([
      undefined,
      undefined,
      'Assumed: the parameters and the name of the result element.',
      undefined,
    ]);
    expect(text).toContain('since no WSDL of the vendor is public');
    expect(text).toContain('Assumed: no public text shows these elements.');
  });

  test('may send its clients to another origin, but for the schema', async () => {
    const emulator = await start({ addressOrigin: 'https://mosa.ws.secutix.com' });
    const path = pathOf('ContactInformationPublicService');
    const { text } = await get(emulator, `${path}?wsdl`);
    expect(text).toContain(`location="https://mosa.ws.secutix.com${path}"`);
    expect(text).toContain(`schemaLocation="${emulator.url}${path}?xsd=1"`);
  });

  test.each([
    ['ContactInformationPublicService', undefined, true],
    ['ExternalOrderFacade', undefined, true],
    ['CatalogService', undefined, false],
    ['CatalogService', true, true],
    ['ExternalOrderFacade', false, false],
  ])('of %s, asked %s, imports its schema: %s', async (name, importsSchemas, imports) => {
    const emulator = await start({ importsSchemas });
    const wsdl = await get(emulator, `${pathOf(name)}?wsdl`);
    expect(wsdl.text.includes('<xs:import ')).toBe(imports);
    const schema = await get(emulator, `${pathOf(name)}?xsd=1`);
    expect(schema.status).toBe(imports ? 200 : 405);
    const { text } = imports ? schema : wsdl;
    expect(text).toContain('<xs:complexType name="WebMethodResult">');
  });

  test('declares what JAX-WS does: unqualified children, maps without a name, types derived', async () => {
    const { text } = await get(await start(), `${pathOf('AvailabilityService')}?wsdl`);
    expect(text).not.toContain('elementFormDefault');
    expect(text).toContain(
      '<xs:element name="requestId" minOccurs="0" nillable="true" type="xs:long"/>',
    );
    expect(text).toContain(
      '<xs:element name="languagesByTheme" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="entry" minOccurs="0" maxOccurs="unbounded">',
    );
    expect(text).toContain('<xs:extension base="tns:WebMethodResult">');
  });
});
