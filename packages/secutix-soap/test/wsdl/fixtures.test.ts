import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseWsdl } from '../../src/wsdl/parse-wsdl.ts';
import { readWsdlFile } from '../../src/wsdl/read-wsdl-file.ts';
import { complexNamed, fieldsOf, fieldType, inputOf, named, simpleAt } from './compile.ts';

const fixture = (name: string) => join(__dirname, 'fixtures', name);
const read = async (name: string) => parseWsdl(await readWsdlFile(fixture(name)));

describe('a service as JAX-WS describes it', () => {
  test('has wrapper elements in the namespace and unqualified elements in them', async () => {
    const model = await read('catalog/catalog-service.wsdl');
    expect(model).toMatchObject({
      name: 'CatalogService',
      namespace: 'http://v1_33.CatalogService.service.secutix.com',
      documentation: 'The items that an institution sells.',
      operations: [{ name: 'getCatalog', soapAction: '' }, { name: 'isCatalogServiceAlive' }],
    });
    const [getCatalog] = model.operations;
    expect(getCatalog).toMatchObject({
      documentation: 'Exports the catalog.\n\nIt may take long: see requestId.',
      input: { name: 'getCatalog', namespace: 'http://v1_33.CatalogService.service.secutix.com' },
      output: { name: 'getCatalogResponse' },
    });
    expect(fieldsOf(inputOf(model))).toBe('requestId? seasonCode?');
    expect(inputOf(model).fields.every(({ namespace }) => namespace === '')).toBe(true);
  });

  test('has results that extend what every answer has', async () => {
    const model = await read('catalog/catalog-service.wsdl');
    const result = complexNamed(model, 'catalogResult');
    expect(fieldsOf(result)).toBe('statusCode? statusDetail? requestId?! catalogData?');
    expect(fieldsOf(complexNamed(model, 'catalogData'))).toBe('seasons?*! labels');
    expect(fieldsOf(complexNamed(model, 'festivalSeason'))).toBe('id start? state? stages?');
    expect(named(model, 'unused')).toEqual([]);
    expect(named(model, 'state')).toMatchObject([{ enumeration: ['RUNNING', 'CLOSED'] }]);
  });
});

describe('a description of many documents', () => {
  test('is one model, whatever circles its documents make', async () => {
    const model = await read('everything/everything.wsdl');
    expect(model).toMatchObject({ name: 'First', address: 'http://vendor.example/11' });
    const input = inputOf(model);
    expect(input.fields.map(({ name, namespace }) => [name, namespace])).toEqual([
      ['order', 'urn:messages'],
      ['colour', 'urn:messages'],
      ['note', ''],
    ]);
    expect(fieldsOf(complexNamed(model, 'Order'))).toBe('id buyer paint? parts?*');
    expect(complexNamed(model, 'Order').fields.map(({ namespace }) => namespace)).toEqual([
      '',
      '',
      '',
      '',
    ]);
    expect(fieldsOf(complexNamed(model, 'Person'))).toBe('name orders?*');
    expect(complexNamed(model, 'Person').fields[0]?.namespace).toBe('urn:people');
  });

  test('takes a schema without a namespace into each namespace that includes it', async () => {
    const model = await read('everything/everything.wsdl');
    expect(fieldType(model, inputOf(model), 'colour')).toEqual({
      kind: 'simple',
      name: 'Colour',
      namespace: 'urn:messages',
      builtin: 'string',
      enumeration: ['red'],
    });
    const paint = complexNamed(model, 'Paint');
    expect(paint).toMatchObject({ namespace: 'urn:data', fields: [{ namespace: 'urn:data' }] });
    expect(fieldType(model, paint, 'colour')).toMatchObject({
      name: 'Colour',
      namespace: 'urn:data',
    });
  });

  test('may ask with a simple element, and not be answered', async () => {
    const model = await read('everything/everything.wsdl');
    const tell = model.operations[1];
    expect(tell).toMatchObject({ name: 'tell', soapAction: '', output: null });
    expect(simpleAt(model, tell?.input.type ?? -1).builtin).toBe('string');
  });

  test('can hold several services', async () => {
    const documents = await readWsdlFile(fixture('everything/everything.wsdl'));
    expect(parseWsdl(documents, { service: 'Second' }).address).toBe(
      'http://vendor.example/second',
    );
    expect(parseWsdl(documents, { port: 'Spare' })).toMatchObject({
      name: 'Second',
      address: null,
    });
    expect(() => parseWsdl(documents, { port: 'Twelve' })).toThrow('It offers SOAP 1.2 only');
  });
});
