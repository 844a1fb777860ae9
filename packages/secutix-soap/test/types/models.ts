import type {
  AttributeModel,
  BuiltinType,
  ComplexTypeModel,
  FieldModel,
  OperationModel,
  ServiceModel,
  TypeModel,
  TypeReference,
} from '../../src/wsdl/model.ts';

/** Where the types of the tests are, unless one says otherwise. */
export const namespace = 'http://service.example.com/v1_33/catalog';

type ComplexParts = Partial<Omit<ComplexTypeModel, 'kind' | 'fields' | 'attributes'>>;

/** Puts a service's model together by hand. */
export class ModelBuilder {
  readonly #types: TypeModel[] = [];
  readonly #operations: OperationModel[] = [];

  /** Adds a type. It may refer to itself by what this returned, later. */
  type(model: TypeModel): TypeReference {
    return this.#types.push(model) - 1;
  }

  builtin(builtin: BuiltinType): TypeReference {
    const known = this.#types.findIndex((type) => type.kind === 'simple' && type.name === builtin);
    return known >= 0 ? known : this.type({ kind: 'simple', name: builtin, namespace, builtin });
  }

  enumeration(values: readonly string[], name?: string, documentation?: string): TypeReference {
    const own = {
      ...(name === undefined ? {} : { name }),
      ...(documentation && { documentation }),
    };
    const builtin = 'string' as const;
    return this.type({ kind: 'simple', namespace, builtin, enumeration: values, ...own });
  }

  complex(
    parts: ComplexParts,
    fields: readonly FieldModel[] = [],
    attributes: readonly AttributeModel[] = [],
  ): TypeReference {
    return this.type({ kind: 'complex', namespace, ...parts, fields, attributes });
  }

  /** A type that has what another has, and more. */
  extension(
    base: TypeReference,
    parts: ComplexParts,
    fields: readonly FieldModel[] = [],
    attributes: readonly AttributeModel[] = [],
  ): TypeReference {
    const inherited = this.#types[base] as ComplexTypeModel;
    return this.complex(
      { base, ...parts },
      [...inherited.fields, ...fields],
      [...inherited.attributes, ...attributes],
    );
  }

  field(
    name: string,
    type: TypeReference | BuiltinType,
    more: Partial<FieldModel> = {},
  ): FieldModel {
    return { name, namespace: '', type: this.#reference(type), ...more };
  }

  attribute(
    name: string,
    type: TypeReference | BuiltinType,
    more: Partial<AttributeModel> = {},
  ): AttributeModel {
    return { name, namespace: '', type: this.#reference(type), ...more };
  }

  /** Changes a type that was added, so that types may refer to one another. */
  setFields(type: TypeReference, fields: readonly FieldModel[]): void {
    this.#types[type] = { ...(this.#types[type] as ComplexTypeModel), fields };
  }

  operation(
    name: string,
    input: TypeReference,
    output: TypeReference | null,
    documentation?: string,
  ): void {
    this.#operations.push({
      name,
      soapAction: '',
      ...(documentation === undefined ? {} : { documentation }),
      input: { name, namespace, type: input },
      output: output === null ? null : { name: `${name}Response`, namespace, type: output },
    });
  }

  /** An operation with a wrapper around what it takes and around its one result. */
  wrapped(
    name: string,
    parameters: readonly FieldModel[],
    result: TypeReference | BuiltinType,
    documentation?: string,
  ): void {
    const output = this.complex({}, [this.field('return', result, { optional: true })]);
    this.operation(name, this.complex({}, parameters), output, documentation);
  }

  build(parts: Partial<ServiceModel> = {}): ServiceModel {
    return {
      format: 1,
      name: 'CatalogService',
      namespace,
      address: null,
      operations: this.#operations,
      types: this.#types,
      ...parts,
    };
  }

  #reference(type: TypeReference | BuiltinType): TypeReference {
    return typeof type === 'number' ? type : this.builtin(type);
  }
}
