import { readXml } from '@vendorkit/core/xml';
import type { PortChoice } from '../../src/wsdl/choose-port.ts';
import type {
  ComplexTypeModel,
  FieldModel,
  ServiceModel,
  SimpleTypeModel,
  TypeModel,
  TypeReference,
} from '../../src/wsdl/model.ts';
import { parseWsdl } from '../../src/wsdl/parse-wsdl.ts';

export const rootUrl = 'https://vendor.example/service?wsdl';

/** A WSDL whose one operation is asked with the element `in` and answered with the element `out`. */
export function wsdlOf(schemas: string): string {
  return `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:t" xmlns:t="urn:t"
      xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <types>${schemas}</types>
    <message name="in"><part name="body" element="t:in"/></message>
    <message name="out"><part name="body" element="t:out"/></message>
    <portType name="T"><operation name="go">
      <input message="t:in"/><output message="t:out"/>
    </operation></portType>
    <binding name="B" type="t:T">
      <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="go">
        <soap:operation soapAction=""/>
        <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
      </operation>
    </binding>
    <service name="S"><port name="P" binding="t:B">
      <soap:address location="https://vendor.example/service"/>
    </port></service>
  </definitions>`;
}

/** A schema of `urn:t`, in which `in` is of the type `In`. */
export function schemaOf(components: string, attributes = ''): string {
  return `<xs:schema targetNamespace="urn:t" ${attributes}>
    <xs:element name="in" type="t:In"/>
    <xs:element name="out"><xs:complexType/></xs:element>
    ${components}
  </xs:schema>`;
}

export function parse(wsdl: string, choice: PortChoice = {}): ServiceModel {
  return parseWsdl(
    { root: rootUrl, byUrl: new Map([[rootUrl, readXml(Buffer.from(wsdl))]]) },
    choice,
  );
}

/** The model of a WSDL whose schema holds these components. */
export function compile(components: string, attributes = ''): ServiceModel {
  return parse(wsdlOf(schemaOf(components, attributes)));
}

/** The type `In`, whose content is this. */
export function typeIn(content: string, components = '', attributes = ''): ComplexTypeModel {
  const model = compile(
    `<xs:complexType name="In">${content}</xs:complexType>${components}`,
    attributes,
  );
  return inputOf(model);
}

/** The type of the first operation's input. */
export function inputOf(model: ServiceModel): ComplexTypeModel {
  return complexAt(model, model.operations[0]?.input.type ?? -1);
}

export function complexAt(model: ServiceModel, reference: TypeReference): ComplexTypeModel {
  const type = model.types[reference];
  if (type?.kind !== 'complex') throw new Error('It should be a complex type.');
  return type;
}

export function simpleAt(model: ServiceModel, reference: TypeReference): SimpleTypeModel {
  const type = model.types[reference];
  if (type?.kind !== 'simple') throw new Error('It should be a simple type.');
  return type;
}

/** The types of that name. */
export function named(model: ServiceModel, name: string): readonly TypeModel[] {
  return model.types.filter((type) => type.name === name);
}

export function complexNamed(model: ServiceModel, name: string): ComplexTypeModel {
  const [type] = named(model, name);
  if (type?.kind !== 'complex') throw new Error(`${name} should be a complex type.`);
  return type;
}

/** How a field is written in these tests: `a?*!` is optional, many and nillable; `a|1.2` is of choice 1, branch 2. */
export function shown({ name, optional, many, nillable, choice, branch }: FieldModel): string {
  const marks = `${optional ? '?' : ''}${many ? '*' : ''}${nillable ? '!' : ''}`;
  return `${name}${marks}${choice === undefined ? '' : `|${choice}.${branch}`}`;
}

export function fieldsOf(type: ComplexTypeModel): string {
  return type.fields.map(shown).join(' ');
}

/** The type of a field of a type. */
export function fieldType(model: ServiceModel, type: ComplexTypeModel, name: string): TypeModel {
  const field = type.fields.find((known) => known.name === name);
  const found = field && model.types[field.type];
  if (found === undefined) throw new Error(`${name} should be a field.`);
  return found;
}
