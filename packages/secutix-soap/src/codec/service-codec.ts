import { XmlReader } from '@vendorkit/core/xml';
import type { OperationModel, ServiceModel } from '../wsdl/model.ts';
import { AnswerReader } from './reading/answer-reader.ts';
import { fixParameters, type FixedParameters } from './fixed-parameters.ts';
import { Pacer } from './reading/pacer.ts';
import type { SoapAnswer } from './soap-answer.ts';
import { TypeLinks } from './type-links.ts';

export type { SoapAnswer } from './soap-answer.ts';

/** Turns values into the XML of one service's messages, and back. */
export class ServiceCodec {
  readonly #links: TypeLinks;

  constructor(model: ServiceModel) {
    this.#links = new TypeLinks(model);
  }

  /**
   * Checks the parameters of a call and writes them down.
   *
   * @param field - What the parameters are called in errors.
   * @throws VendorError `INVALID_REQUEST` naming what the schema does not have or what is of another
   * type.
   */
  encode(operation: OperationModel, parameters: unknown, field = 'parameters'): FixedParameters {
    return fixParameters(this.#links, operation, parameters, field);
  }

  /**
   * Reads the answer to a call: the value inside the wrapper, or a fault. An answer of more than some
   * ten thousand bytes is read in slices of about 10 ms.
   *
   * @param bytes - The envelope in UTF-8.
   * @param pause - Resolves when others have had their turn; what it rejects with ends the reading.
   * @throws XmlError if it is not well-formed XML; UnreadableAnswer if it is not what the WSDL declares.
   */
  async decode(
    operation: OperationModel,
    bytes: Uint8Array,
    pause: () => Promise<void>,
  ): Promise<SoapAnswer> {
    const pacer = new Pacer(pause, bytes.length);
    return new AnswerReader(new XmlReader(bytes), this.#links, pacer).read(operation);
  }
}

const codecs = new WeakMap<ServiceModel, ServiceCodec>();

/** The codec of a model, made once. */
export function codecOf(model: ServiceModel): ServiceCodec {
  const known = codecs.get(model);
  if (known !== undefined) return known;
  const codec = new ServiceCodec(model);
  codecs.set(model, codec);
  return codec;
}
