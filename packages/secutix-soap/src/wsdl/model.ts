/**
 * What a WSDL and its schemas say of one service, compiled: plain JSON data without cycles, so that it
 * can be kept on disk. Types refer to one another by their place in `types`.
 */
export interface ServiceModel {
  /** Counted up when this shape changes, so that what was kept in an older one is made anew. */
  readonly format: 1;
  /** The service's name (WSDL 1.1, 2.7), for instance `CatalogService`. */
  readonly name: string;
  /** The target namespace of the definitions, which has the version in it (SecuTix SOAP 5.7). */
  readonly namespace: string;
  /** Where the port says the service is (WSDL 1.1, 3.8), as it is written there. */
  readonly address: string | null;
  readonly documentation?: string;
  /** The operations of the port's binding, in their order. Names are unique. */
  readonly operations: readonly OperationModel[];
  /** The operations of the binding that cannot be called. */
  readonly omitted?: readonly OmittedOperation[];
  /** Every type that an operation can reach, and those derived from these. */
  readonly types: readonly TypeModel[];
}

/** The place of a type in {@link ServiceModel.types}. */
export type TypeReference = number;

/** One operation (WSDL 1.1, 2.4), document style, literal use. */
export interface OperationModel {
  readonly name: string;
  /** The value of the `SOAPAction` header, without quotation marks; often empty. */
  readonly soapAction: string;
  readonly documentation?: string;
  /** The one element of the request's body. */
  readonly input: ElementModel;
  /**
   * The one element of the answer's body; `null` for an operation that is not answered, or whose
   * answer has an empty body.
   */
  readonly output: ElementModel | null;
}

/** An operation that the WSDL has, and that cannot be called. */
export interface OmittedOperation {
  readonly name: string;
  /** Why, as a clause whose subject is the operation, for instance `is in RPC style`. */
  readonly reason: string;
}

/** An element that stands directly in a body. */
export interface ElementModel {
  readonly name: string;
  readonly namespace: string;
  readonly type: TypeReference;
}

/** A type of XML Schema. */
export type TypeModel = SimpleTypeModel | ComplexTypeModel;

/** A type without elements and attributes. */
export interface SimpleTypeModel {
  readonly kind: 'simple';
  /** The name of the type itself; absent if it has none. A builtin has its own name. */
  readonly name?: string;
  /** The namespace of the name; that of XML Schema for a builtin. */
  readonly namespace: string;
  readonly documentation?: string;
  /** The builtin that the type, or each item of a list, comes down to. A union is `string`. */
  readonly builtin: BuiltinType;
  /** Whether this is a list of such values, separated by spaces (XML Schema 2, 2.5.1.2). */
  readonly list?: true;
  /** The values that are allowed, as they are written. */
  readonly enumeration?: readonly string[];
}

/** A type with elements or attributes, its base types' members included. */
export interface ComplexTypeModel {
  readonly kind: 'complex';
  /** Absent if the type has no name. */
  readonly name?: string;
  readonly namespace: string;
  readonly documentation?: string;
  /** Whether a value must be of a derived type. */
  readonly abstract?: true;
  /** The complex type that this one extends or restricts. */
  readonly base?: TypeReference;
  /** The elements in the order in which they are written, those of the base first. */
  readonly fields: readonly FieldModel[];
  readonly attributes: readonly AttributeModel[];
  /** The simple type of the text, where there is text and no elements (`simpleContent`). */
  readonly text?: TypeReference;
  /** Whether text may stand between the elements. */
  readonly mixed?: true;
  /** Whether elements that are not declared are allowed (`xs:any`). */
  readonly open?: true;
}

/** An element within a complex type. */
export interface FieldModel {
  readonly name: string;
  /** Empty for an unqualified element. */
  readonly namespace: string;
  readonly type: TypeReference;
  /** Whether it may be absent: it, or a group around it, is optional or one branch of a choice. */
  readonly optional?: true;
  /** Whether it may stand there several times: it, or a group around it. */
  readonly many?: true;
  readonly nillable?: true;
  /** The number of the innermost choice (within the type) of which the element is a branch of its own. */
  readonly choice?: number;
  /** The number of the branch: elements of one sequence within a choice share it. */
  readonly branch?: number;
  readonly documentation?: string;
}

/** An attribute of a complex type. */
export interface AttributeModel {
  readonly name: string;
  /** Empty for an unqualified attribute. */
  readonly namespace: string;
  readonly type: TypeReference;
  readonly required?: true;
  readonly documentation?: string;
}

/** The builtin simple types (XML Schema 2, 3) that differ in how values are read or written. */
export type BuiltinType =
  | 'anyType'
  | 'string'
  | 'boolean'
  | 'byte'
  | 'short'
  | 'int'
  | 'long'
  | 'unsignedByte'
  | 'unsignedShort'
  | 'unsignedInt'
  | 'unsignedLong'
  | 'integer'
  | 'nonNegativeInteger'
  | 'positiveInteger'
  | 'nonPositiveInteger'
  | 'negativeInteger'
  | 'decimal'
  | 'float'
  | 'double'
  | 'dateTime'
  | 'date'
  | 'time'
  | 'base64Binary'
  | 'hexBinary'
  | 'QName';
