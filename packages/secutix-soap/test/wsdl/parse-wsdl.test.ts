import { VendorError } from '@vendorkit/core';
import { readXml } from '@vendorkit/core/xml';
import { describe, expect, test } from '@jest/globals';
import { parseWsdl } from '../../src/wsdl/parse-wsdl.ts';
import { parse, rootUrl, schemaOf, wsdlOf } from './compile.ts';

const body = '<soap:body use="literal"/>';

interface Parts {
  readonly messages?: string;
  readonly portType?: string;
  readonly operations?: string;
  readonly binding?: string;
  readonly services?: string;
  readonly schema?: string;
}

const go = `<operation name="go"><soap:operation soapAction="urn:go"/>
  <input>${body}</input><output>${body}</output></operation>`;
const goAbstract =
  '<operation name="go"><input message="t:in"/><output message="t:out"/></operation>';
const service = `<service name="S"><port name="P" binding="t:B">
  <soap:address location="https://vendor.example/service"/></port></service>`;

/** A WSDL whose parts can be exchanged. */
function wsdl({
  messages = '',
  portType = goAbstract,
  operations = go,
  binding = `<soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>`,
  services = service,
  schema = schemaOf('<xs:complexType name="In"/>'),
}: Parts): string {
  return `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:t" xmlns:t="urn:t"
      xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
      xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/"
      xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/">
    <types>${schema}</types>
    <message name="in"><part name="body" element="t:in"/></message>
    <message name="out"><part name="body" element="t:out"/></message>
    ${messages}
    <portType name="T">${portType}</portType>
    <binding name="B" type="t:T">${binding}${operations}</binding>
    ${services}
  </definitions>`;
}

const operation = (name: string, input = body, output = body) =>
  `<operation name="${name}"><input>${input}</input><output>${output}</output></operation>`;
const abstract = (name: string, input = 'in', output = 'out') =>
  `<operation name="${name}"><input message="t:${input}"/><output message="t:${output}"/></operation>`;

/** The operation `x` of a port that has `go`, too. */
function xOf(parts: { messages?: string; portType?: string; operations?: string }) {
  const { messages = '', portType = abstract('x'), operations = operation('x') } = parts;
  const model = parse(
    wsdl({ messages, portType: goAbstract + portType, operations: go + operations }),
  );
  return {
    operation: model.operations.find(({ name }) => name === 'x'),
    reason: model.omitted?.find(({ name }) => name === 'x')?.reason,
  };
}

test('a service is its name, its namespace, its address and its operations', () => {
  expect(parse(wsdlOf(schemaOf('<xs:complexType name="In"/>')))).toEqual({
    format: 1,
    name: 'S',
    namespace: 'urn:t',
    address: 'https://vendor.example/service',
    operations: [
      {
        name: 'go',
        soapAction: '',
        input: { name: 'in', namespace: 'urn:t', type: 0 },
        output: { name: 'out', namespace: 'urn:t', type: 1 },
      },
    ],
    types: [
      { kind: 'complex', name: 'In', namespace: 'urn:t', fields: [], attributes: [] },
      { kind: 'complex', namespace: 'urn:t', fields: [], attributes: [] },
    ],
  });
});

test.each([
  'http://v1_33.CatalogService.service.secutix.com',
  'http://v2_22.ContactInformationPublicService.service.secutix.com/',
])('the namespace %s is taken as it is written', (namespace) => {
  const text = wsdlOf(schemaOf('<xs:complexType name="In"/>')).replaceAll('urn:t', namespace);
  const model = parse(text);
  expect(model.namespace).toBe(namespace);
  expect(model.operations[0]).toMatchObject({ input: { namespace }, output: { namespace } });
});

describe('documentation', () => {
  test('of a service is its own, else that of the port type', () => {
    const documented = service.replace('>', '><documentation>The service.</documentation>');
    const portType = `<documentation>The port type.</documentation>${goAbstract}`;
    expect(parse(wsdl({ services: documented, portType })).documentation).toBe('The service.');
    expect(parse(wsdl({ portType })).documentation).toBe('The port type.');
  });

  test('of an operation is that of the port type, else that of the binding', () => {
    const described = (text: string) => `<documentation>${text}</documentation>`;
    const inBinding = go.replace('>', `>${described('bound')}`);
    const portType = goAbstract.replace('>', `>${described('abstract')}`);
    const documentation = (parts: Parts) => parse(wsdl(parts)).operations[0]?.documentation;
    expect(documentation({ operations: inBinding, portType })).toBe('abstract');
    expect(documentation({ operations: inBinding })).toBe('bound');
  });
});

describe('ports', () => {
  const port = (name: string, binding = 'B', address = name) =>
    `<port name="${name}" binding="t:${binding}"><soap:address location="https://${address}.example/"/></port>`;
  const two = `<service name="One">${port('a')}${port('b')}</service><service name="Two">${port('c')}</service>`;
  const soap12 = `<soap12:binding transport="http://schemas.xmlsoap.org/soap/http"/>`;

  test.each([
    [{}, 'One', 'https://a.example/'],
    [{ service: 'Two' }, 'Two', 'https://c.example/'],
    [{ port: 'b' }, 'One', 'https://b.example/'],
    [{ port: 'c' }, 'Two', 'https://c.example/'],
    [{ service: 'One', port: 'b' }, 'One', 'https://b.example/'],
  ])('are chosen by %p', (choice, name, address) => {
    expect(parse(wsdl({ services: two }), choice)).toMatchObject({ name, address });
  });

  test.each([
    [{ service: 'Three' }, 'It has no service `Three`; it has `One`, `Two`.'],
    [{ port: 'd' }, 'It has no port `d`; it has `a`, `b`, `c`.'],
    [{ service: 'Two', port: 'a' }, 'It has no port `a`; it has `c`.'],
  ])('%p is refused with the names that there are', (choice, message) => {
    expect(() => parse(wsdl({ services: two }), choice)).toThrow(
      `The WSDL cannot be used. ${message}`,
    );
  });

  test('that do not speak SOAP 1.1 over HTTP are passed over', () => {
    const services = `<service name="S"><port name="no" binding="t:J"/>${port('yes')}</service>`;
    const other = `<binding name="J" type="t:T"><soap:binding transport="http://www.w3.org/2010/soapjms/"/></binding>`;
    expect(parse(wsdl({ services, messages: other })).address).toBe('https://yes.example/');
  });

  test.each([
    [soap12, 'It offers SOAP 1.2 only, and SOAP 1.1 is what is spoken here.'],
    ['', 'It offers nothing that is bound to SOAP 1.1 over HTTP.'],
    [
      '<soap:binding transport="http://www.w3.org/2010/soapjms/"/>',
      'It offers nothing that is bound to SOAP 1.1 over HTTP.',
    ],
  ])('%p alone is refused', (binding, message) => {
    expect(() => parse(wsdl({ binding }))).toThrow(message);
  });

  test.each([
    ['<soap:address/>', null],
    ['<soap:address location=" "/>', null],
    ['', null],
    ['<soap:address location=" https://x.example/ "/>', 'https://x.example/'],
  ])('%p has the address %p', (address, expected) => {
    const services = `<service name="S"><port name="P" binding="t:B">${address}</port></service>`;
    expect(parse(wsdl({ services })).address).toBe(expected);
  });

  test('a WSDL without a service is read by its binding', () => {
    expect(parse(wsdl({ services: '' }))).toMatchObject({
      name: 'B',
      namespace: 'urn:t',
      address: null,
    });
    expect(() => parse(wsdl({ services: '' }), { service: 'S' })).toThrow(
      'It has no services to choose from.',
    );
  });

  test('a port whose binding is not there is refused', () => {
    const services = `<service name="S">${port('P', 'Gone')}</service>`;
    expect(() => parse(wsdl({ services }))).toThrow(
      'The binding `Gone` of `urn:t` is defined nowhere.',
    );
  });
});

describe('operations', () => {
  test('have the SOAPAction of the binding', () => {
    expect(parse(wsdl({})).operations[0]).toMatchObject({ name: 'go', soapAction: 'urn:go' });
    expect(xOf({}).operation?.soapAction).toBe('');
  });

  test('that are not answered have no output', () => {
    const { operation: x } = xOf({
      portType: '<operation name="x"><input message="t:in"/></operation>',
      operations: `<operation name="x"><input>${body}</input></operation>`,
    });
    expect(x?.output).toBeNull();
  });

  test('whose answer is empty have no output', () => {
    const { operation: x } = xOf({
      messages: '<message name="none"/>',
      portType: abstract('x', 'in', 'none'),
    });
    expect(x).toMatchObject({ input: { name: 'in' }, output: null });
  });

  test.each([
    [
      'is in RPC style',
      { operations: operation('x').replace('>', '><soap:operation style="rpc"/>') },
    ],
    ['is encoded', { operations: operation('x', '<soap:body use="encoded"/>') }],
    ['is encoded', { operations: operation('x', body, '<soap:body use="encoded"/>') }],
    ['is in no port type', { portType: '' }],
    [
      'is asked for with an empty body',
      { messages: '<message name="none"/>', portType: abstract('x', 'none') },
    ],
    [
      'has several parts in one body',
      {
        messages:
          '<message name="two"><part name="a" element="t:in"/><part name="b" element="t:out"/></message>',
        portType: abstract('x', 'two'),
      },
    ],
    [
      'has a part that is a type, not an element',
      {
        messages: '<message name="typed"><part name="a" type="xs:int"/></message>',
        portType: abstract('x', 'typed'),
      },
    ],
  ])('that cannot be called are left out: x %s', (reason, parts) => {
    expect(xOf(parts)).toEqual({ operation: undefined, reason });
  });

  test('a model without such operations does not speak of them', () => {
    expect(parse(wsdl({}))).not.toHaveProperty('omitted');
  });

  test.each([
    ['`go` is in RPC style', { binding: '<soap:binding style="rpc"/>' }],
    ['`go` is encoded', { operations: go.replace('literal', 'encoded') }],
  ])('none of which can be called are refused: %s', (reason, parts) => {
    expect(() => parse(wsdl(parts))).toThrow(`None of its operations can be called: ${reason}.`);
  });

  test('a port without operations is refused', () => {
    expect(() => parse(wsdl({ operations: '' }))).toThrow('Its port has no operations.');
  });

  describe('parts', () => {
    const messages =
      '<message name="two"><part name="head" element="t:out"/><part name="main" element="t:in"/></message>';

    test.each([
      ['the binding lists', '<soap:body use="literal" parts="main"/>'],
      [
        'are no headers',
        '<soap:header message="t:two" part="head" use="literal"/><soap:body use="literal"/>',
      ],
      [
        'are no attachments',
        '<mime:multipartRelated><mime:part><soap:body use="literal" parts=" main "/></mime:part></mime:multipartRelated>',
      ],
    ])('are in the body that %s', (_, input) => {
      const { operation: x } = xOf({
        messages,
        portType: abstract('x', 'two'),
        operations: operation('x', input),
      });
      expect(x?.input.name).toBe('in');
    });
  });

  describe('with one name', () => {
    const overloaded = `<operation name="x"><input name="first" message="t:in"/></operation>
      <operation name="x"><input name="second" message="t:out"/></operation>`;

    test('count once: the first of the binding', () => {
      const named = (name: string) =>
        `<operation name="x"><input name="${name}">${body}</input></operation>`;
      const { operation: x } = xOf({
        portType: overloaded,
        operations: named('second') + named('first'),
      });
      expect(x?.input.name).toBe('out');
    });

    test('are the first of the port type if the binding does not say which', () => {
      const { operation: x } = xOf({
        portType: overloaded,
        operations: `<operation name="x"><input>${body}</input></operation>`,
      });
      expect(x?.input.name).toBe('in');
    });
  });

  test.each([
    [
      'The element `gone` of `urn:t`',
      { messages: '<message name="m"><part name="a" element="t:gone"/></message>' },
    ],
    ['The message `m` of `urn:t`', {}],
  ])('%s must be defined', (what, parts) => {
    expect(() => xOf({ ...parts, portType: abstract('x', 'm') })).toThrow(
      `${what} is defined nowhere.`,
    );
  });
});

describe('the error', () => {
  const broken = (root: string) => () =>
    parseWsdl({ root, byUrl: new Map([[root, readXml(Buffer.from(wsdl({ operations: '' })))]]) });

  test('of a WSDL of the vendor is INVALID_RESPONSE', () => {
    expect(broken(rootUrl)).toThrow(VendorError);
    expect(broken(rootUrl)).toThrow(
      expect.objectContaining({ code: 'INVALID_RESPONSE', outcome: 'answered', retryable: false }),
    );
  });

  test('of a WSDL in a file is CONFIGURATION', () => {
    expect(broken('file:///x.wsdl')).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION', outcome: 'not-sent' }),
    );
  });

  test('quotes names on one line, cut and without backticks', () => {
    const name = `a\u202e\n\`${'x'.repeat(300)}`;
    const type = `t:${name.replaceAll('\n', '&#10;')}`;
    const schema = schemaOf(`<xs:complexType name="In"><xs:sequence>
      <xs:element name="a" type="${type}"/></xs:sequence></xs:complexType>`);
    const message = `The type \`a ${'x'.repeat(198)}...\` of \`urn:t\` is defined nowhere.`;
    expect(() => parse(wsdl({ schema }))).toThrow(`The WSDL cannot be used. ${message}`);
  });
});
