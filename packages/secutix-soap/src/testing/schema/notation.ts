/**
 * The elements of a type or of a request, in their order, by name. Each has the name of its type, a
 * builtin of XML Schema (`long`) or one of ours (`Season`), and these marks, in any order:
 *
 * - `!` it must be there (`minOccurs` 1); else it may be absent, as JAX-WS has it for objects
 * - `*` it may stand there several times
 * - `~` it may be nil
 */
export type Elements = Readonly<Record<string, string>>;

/** An element within a type or a request. */
export interface Field {
  readonly name: string;
  /** A builtin, which begins with a small letter, or the name of a type of ours. */
  readonly type: string;
  readonly required: boolean;
  readonly many: boolean;
  readonly nillable: boolean;
}

/** A type with elements. */
export interface RecordType {
  readonly kind: 'record';
  /** The type whose elements come first. */
  readonly base?: string;
  readonly fields: readonly Field[];
  /** Whether elements that are not declared may follow (`xs:any`). */
  readonly open?: true;
  /** Whether the elements are our choice, since no public text or client shows them. */
  readonly assumed?: true;
}

/** A text out of a list. */
export interface EnumerationType {
  readonly kind: 'enumeration';
  readonly values: readonly string[];
}

/** What JAX-WS makes of a map: a list of entries with a key and a value. */
export interface MapType {
  readonly kind: 'map';
  /** The type of the values. */
  readonly value: Field;
}

/** A type of ours. */
export type SchemaType = RecordType | EnumerationType | MapType;

/** Types by name. */
export type SchemaTypes = Readonly<Record<string, SchemaType>>;

/** A method of a service. */
export interface OperationSchema {
  readonly parameters: readonly Field[];
  /** Whether parameters that are not declared are read too, for methods of the emulator's user. */
  readonly open?: true;
  /** The one element of the answer, whose name is that of its type. */
  readonly result: Field;
  /** What of it is our choice, since no public text or client shows it. */
  readonly assumed: ReadonlyArray<'parameters' | 'result'>;
}

/** A service. */
export interface ServiceSchema {
  /** The vendor's name, for instance `CatalogService`. */
  readonly name: string;
  /** Whether its namespace ends in a slash. */
  readonly hasSlash: boolean;
  /** Whether its WSDL imports its schema from an address of its own. */
  readonly importsSchema: boolean;
  /** All but `is…Alive`, which every service has. */
  readonly operations: Readonly<Record<string, OperationSchema>>;
}

/** Reads elements as they are noted. */
export function fieldsOf(elements: Elements): readonly Field[] {
  return Object.entries(elements).map(([name, noted]) => fieldOf(name, noted));
}

/** A type whose elements were seen in the vendor's pages or in public clients. */
export function record(elements: Elements): RecordType {
  return { kind: 'record', fields: fieldsOf(elements) };
}

/** A type whose elements are our choice. */
export function assumedRecord(elements: Elements): RecordType {
  return { ...record(elements), assumed: true };
}

/** The result of a method: a `WebMethodResult` with data (SecuTix SOAP 5.1). */
export function result(elements: Elements): RecordType {
  return { ...record(elements), base: 'WebMethodResult' };
}

/** The result of a method whose data are our choice. */
export function assumedResult(elements: Elements): RecordType {
  return { ...result(elements), assumed: true };
}

/** A text out of a list. */
export function enumeration(...values: readonly string[]): EnumerationType {
  return { kind: 'enumeration', values };
}

/** A map from texts to values of a type. */
export function mapOf(value: string): MapType {
  return { kind: 'map', value: fieldOf('value', value) };
}

/**
 * A method.
 *
 * @param resultType - The type of its answer; the element has the same name.
 * @param assumed - What of it is our choice.
 */
export function operation(
  parameters: Elements,
  resultType: string,
  ...assumed: ReadonlyArray<'parameters' | 'result'>
): OperationSchema {
  return { parameters: fieldsOf(parameters), result: fieldOf(resultType, resultType), assumed };
}

/** A service whose WSDL has its schema within, and whose namespace ends without a slash. */
export function service(
  name: string,
  operations: Readonly<Record<string, OperationSchema>>,
  differences: Partial<Pick<ServiceSchema, 'hasSlash' | 'importsSchema'>> = {},
): ServiceSchema {
  return { name, hasSlash: false, importsSchema: false, operations, ...differences };
}

function fieldOf(name: string, noted: string): Field {
  return {
    name,
    type: noted.replaceAll(/[!*~]/g, ''),
    required: noted.includes('!'),
    many: noted.includes('*'),
    nillable: noted.includes('~'),
  };
}
