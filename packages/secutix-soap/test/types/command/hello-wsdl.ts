/** The WSDL of a service that greets, with its types in a schema of their own. */
export const helloWsdl = `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Hello" targetNamespace="urn:hello"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="urn:hello"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>
    <xs:schema targetNamespace="urn:hello">
      <xs:include schemaLocation="hello.xsd"/>
    </xs:schema>
  </wsdl:types>
  <wsdl:message name="greet"><wsdl:part name="parameters" element="tns:greet"/></wsdl:message>
  <wsdl:message name="greetResponse">
    <wsdl:part name="parameters" element="tns:greetResponse"/>
  </wsdl:message>
  <wsdl:portType name="HelloPort">
    <wsdl:operation name="greet">
      <wsdl:documentation>Greets somebody.</wsdl:documentation>
      <wsdl:input message="tns:greet"/>
      <wsdl:output message="tns:greetResponse"/>
    </wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="HelloBinding" type="tns:HelloPort">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="greet">
      <soap:operation soapAction=""/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="HelloService">
    <wsdl:port name="HelloPort" binding="tns:HelloBinding">
      <soap:address location="http://127.0.0.1/hello"/>
    </wsdl:port>
  </wsdl:service>
  <wsdl:service name="SecondService">
    <wsdl:port name="SecondPort" binding="tns:HelloBinding"/>
  </wsdl:service>
</wsdl:definitions>
`;

/** The schema that {@link helloWsdl} includes. */
export const helloSchema = `<xs:schema targetNamespace="urn:hello" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="greet">
    <xs:complexType><xs:sequence><xs:element name="id" type="xs:long"/></xs:sequence></xs:complexType>
  </xs:element>
  <xs:element name="greetResponse">
    <xs:complexType><xs:sequence><xs:element name="text" type="xs:string"/></xs:sequence></xs:complexType>
  </xs:element>
</xs:schema>
`;

/** What is written of it. */
export const helloTypes = `// The types of HelloService, written from its WSDL by \`secutix-soap types\`.
// Changes made here are lost when they are written again.
// Namespace: urn:hello

export interface HelloService {
  /** Greets somebody. */
  greet: { parameters: GreetParameters; result: string };
}

/** What \`greet\` takes. */
export interface GreetParameters {
  id: bigint | number | string;
}
`;
