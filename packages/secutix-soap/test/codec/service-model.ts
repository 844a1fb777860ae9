import { codecOf, type SoapAnswer } from '../../src/codec/service-codec.ts';
import { writeEnvelope } from './envelope.ts';
import type {
  AttributeModel,
  BuiltinType,
  ComplexTypeModel,
  FieldModel,
  OperationModel,
  ServiceModel,
  SimpleTypeModel,
  TypeModel,
  TypeReference,
} from '../../src/wsdl/model.ts';

export const namespace = 'http://v1_33.CatalogService.service.secutix.com/';
export const schemaNamespace = 'http://www.w3.org/2001/XMLSchema';

/** A type of a field: one that was made before, or a builtin. */
export type FieldType = BuiltinType | TypeReference;

/** What else a field says of itself. */
export type FieldMore = Partial<Omit<FieldModel, 'name' | 'type'>>;

/** Makes the model of a service by hand: each method that makes a type gives its place. */
export class ModelMaker {
  readonly types: TypeModel[] = [];
  readonly #builtins = new Map<BuiltinType, TypeReference>();

  builtin(builtin: BuiltinType): TypeReference {
    const known = this.#builtins.get(builtin);
    if (known !== undefined) return known;
    const type = this.add({ kind: 'simple', name: builtin, namespace: schemaNamespace, builtin });
    this.#builtins.set(builtin, type);
    return type;
  }

  simple(builtin: BuiltinType, more: Partial<SimpleTypeModel> = {}): TypeReference {
    return this.add({ kind: 'simple', namespace, builtin, ...more });
  }

  complex(
    fields: readonly FieldModel[],
    more: Partial<Omit<ComplexTypeModel, 'kind' | 'fields'>> = {},
  ): TypeReference {
    return this.add({ kind: 'complex', namespace, attributes: [], ...more, fields });
  }

  field(name: string, type: FieldType, more: FieldMore = {}): FieldModel {
    return { name, namespace: '', type: this.#reference(type), ...more };
  }

  /** A field that may be absent. */
  optional(name: string, type: FieldType, more: FieldMore = {}): FieldModel {
    return this.field(name, type, { optional: true, ...more });
  }

  /** A field that may be absent or repeated. */
  many(name: string, type: FieldType, more: FieldMore = {}): FieldModel {
    return this.optional(name, type, { many: true, ...more });
  }

  attribute(name: string, type: FieldType, more: Partial<AttributeModel> = {}): AttributeModel {
    return { name, namespace: '', type: this.#reference(type), ...more };
  }

  /** A map of strings to something, as Java services declare it. */
  map(value: FieldType, key: FieldType = 'string', valueMore: FieldMore = {}): TypeReference {
    const entry = this.complex([
      this.optional('key', key),
      this.optional('value', value, valueMore),
    ]);
    return this.complex([this.many('entry', entry)]);
  }

  add(type: TypeModel): TypeReference {
    return this.types.push(type) - 1;
  }

  /** A service with one operation, `getThing`. */
  service(input: TypeReference, output: TypeReference | null): TestService {
    const operation: OperationModel = {
      name: 'getThing',
      soapAction: '',
      input: { name: 'getThing', namespace, type: input },
      output: output === null ? null : { name: 'getThingResponse', namespace, type: output },
    };
    return new TestService(operation, {
      format: 1,
      name: 'CatalogService',
      namespace,
      address: null,
      operations: [operation],
      types: this.types,
    });
  }

  #reference(type: FieldType): TypeReference {
    return typeof type === 'number' ? type : this.builtin(type);
  }
}

/** A service of one operation. */
export class TestService {
  readonly operation: OperationModel;
  readonly model: ServiceModel;

  constructor(operation: OperationModel, model: ServiceModel) {
    this.operation = operation;
    this.model = model;
  }

  /** The XML of the body for parameters. */
  encode(parameters: unknown, requestId?: bigint | string): string {
    return codecOf(this.model).encode(this.operation, parameters).write(requestId);
  }

  /** What an envelope answers. */
  async decode(envelope: Uint8Array | string): Promise<SoapAnswer> {
    const bytes = typeof envelope === 'string' ? Buffer.from(envelope) : envelope;
    return codecOf(this.model).decode(this.operation, bytes, async () => {
      await new Promise((resume) => setImmediate(resume));
    });
  }

  /** The value of an answer whose wrapper has this content. */
  async valueOf(content: string, attributes = ''): Promise<unknown> {
    const answer = await this.decode(answerEnvelope(content, attributes));
    if (answer.kind === 'fault') throw new Error('A fault');
    return answer.value;
  }
}

/** An answer whose wrapper has some content, with the prefixes `xsi`, `xs`, `tns`. */
export function answerEnvelope(content: string, attributes = ''): string {
  const body =
    `<tns:getThingResponse xmlns:tns="${namespace}" xmlns:xs="${schemaNamespace}"` +
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"${attributes}>${content}</tns:getThingResponse>`;
  return writeEnvelope({ header: '', body });
}

/** A service whose parameters, and whose answer, are some fields. */
export function serviceOf(make: (maker: ModelMaker) => readonly FieldModel[]): TestService {
  const maker = new ModelMaker();
  const type = maker.complex(make(maker));
  return maker.service(type, type);
}

/**
 * A service that takes and gives one `value` of a type. Another field keeps the answer from being
 * unwrapped.
 */
export function serviceOfValue(
  type: FieldType | ((maker: ModelMaker) => FieldType),
  more: FieldMore = { optional: true },
): TestService {
  return serviceOf((maker) => [
    maker.field('value', typeof type === 'function' ? type(maker) : type, more),
    maker.optional('other', 'string'),
  ]);
}
