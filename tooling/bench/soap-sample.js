// A catalogue as a SOAP service would answer it, and WSDLs of any size: made up for the bench.
const namespace = 'http://v1_33.CatalogService.service.secutix.com';
const xs = 'http://www.w3.org/2001/XMLSchema';

/** A WSDL with so many operations and complex types, each type with a field of each common kind. */
export function sampleWsdl({ operations = 1, types = 2 } = {}) {
  const extra = Array.from({ length: Math.max(0, types - 2) }, (_, index) => complexType(index));
  const methods = Array.from({ length: operations - 1 }, (_, index) => `getPart${index}`);
  const names = ['getCatalog', ...methods];
  const results = names.map((_, index) => (index === 0 ? 'catalogResult' : typeOf(index, types)));
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="${xs}" xmlns:tns="${namespace}" targetNamespace="${namespace}" name="CatalogService">
<types><xs:schema targetNamespace="${namespace}">
<xs:complexType name="item"><xs:sequence>
<xs:element name="id" type="xs:long"/><xs:element name="code" type="xs:string"/><xs:element name="name" type="xs:string" minOccurs="0"/>
<xs:element name="amount" type="xs:long"/><xs:element name="rate" type="xs:decimal" minOccurs="0"/><xs:element name="start" type="xs:dateTime" minOccurs="0"/>
<xs:element name="quantity" type="xs:int"/><xs:element name="open" type="xs:boolean"/><xs:element name="tag" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType>
<xs:complexType name="catalogResult"><xs:sequence>
<xs:element name="statusCode" type="xs:string"/><xs:element name="requestId" type="xs:long" minOccurs="0" nillable="true"/><xs:element name="item" type="tns:item" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType>
${extra.join('\n')}
${names.map((name, index) => elements(name, results[index])).join('\n')}
</xs:schema></types>
${names.map((name) => messages(name)).join('\n')}
<portType name="CatalogService">${names.map((name) => `<operation name="${name}"><input message="tns:${name}"/><output message="tns:${name}Response"/></operation>`).join('\n')}</portType>
<binding name="CatalogBinding" type="tns:CatalogService"><soap:binding transport="http://schemas.xmlsoap.org/soap/http" style="document"/>
${names.map((name) => `<operation name="${name}"><soap:operation soapAction=""/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>`).join('\n')}
</binding>
<service name="CatalogService"><port name="CatalogPort" binding="tns:CatalogBinding"><soap:address location="http://127.0.0.1/service"/></port></service>
</definitions>`;
}

const typeOf = (index, types) => (types > 2 ? `part${index % (types - 2)}` : 'catalogResult');

function complexType(index) {
  const next = index === 0 ? 'item' : `part${index - 1}`;
  return `<xs:complexType name="part${index}"><xs:sequence><xs:element name="statusCode" type="xs:string"/><xs:element name="id" type="xs:long"/>
<xs:element name="code" type="xs:string" minOccurs="0"/><xs:element name="amount" type="xs:long" minOccurs="0"/><xs:element name="start" type="xs:dateTime" minOccurs="0"/>
<xs:element name="part" type="tns:${next}" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>`;
}

function elements(name, result) {
  return `<xs:element name="${name}"><xs:complexType><xs:sequence><xs:element name="requestId" type="xs:long" minOccurs="0"/><xs:element name="seasonCode" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="${name}Response"><xs:complexType><xs:sequence><xs:element name="CatalogResult" type="tns:${result}"/></xs:sequence></xs:complexType></xs:element>`;
}

function messages(name) {
  return `<message name="${name}"><part name="parameters" element="tns:${name}"/></message><message name="${name}Response"><part name="parameters" element="tns:${name}Response"/></message>`;
}

/** An answer with so many items: ids on both sides of 2^53, texts with accents and references. */
export function sampleAnswer(items) {
  const list = Array.from({ length: items }, (_, index) => item(index));
  return `<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><ns2:getCatalogResponse xmlns:ns2="${namespace}"><CatalogResult><statusCode>success</statusCode><requestId xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>${list.join('')}</CatalogResult></ns2:getCatalogResponse></S:Body></S:Envelope>`;
}

function item(index) {
  const id =
    index % 2 === 0
      ? `9${String(index).padStart(18, '0')}`
      : `1022${String(index).padStart(9, '0')}`;
  return `<item><id>${id}</id><code>P${index}</code><name>Musée, salle ${index} &amp; jardin</name><amount>${15_000 + index}</amount><rate>2.100</rate><start>2026-11-22T10:20:30.400Z</start><quantity>${index % 50}</quantity><open>true</open><tag>adult</tag><tag>day</tag></item>`;
}
