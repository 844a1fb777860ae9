import type { XmlReader } from '@vendorkit/core/xml';
import type { ElementModel, OperationModel } from '../../wsdl/model.ts';
import type { LinkedType } from '../linked-type.ts';
import { soapNamespace } from '../namespaces.ts';
import type { Pacer } from './pacer.ts';
import type { SoapAnswer, SoapFault } from '../soap-answer.ts';
import { anyType } from '../builtin-types.ts';
import type { TypeLinks } from '../type-links.ts';
import { UnreadableAnswer } from '../unreadable-answer.ts';
import { unwrap } from './unwrap.ts';
import { tokensAtATime, ValueReader } from './value-reader.ts';
import { trimSpace } from '../values/white-space.ts';

const envelopePath = ['Envelope'];
const bodyPath = ['Envelope', 'Body'];
const faultPath = [...bodyPath, 'Fault'];

/** Reads the envelope of an answer (SOAP 1.1, 4), and the one element of its body. */
export class AnswerReader {
  readonly #reader: XmlReader;
  readonly #links: TypeLinks;
  readonly #pacer: Pacer;

  constructor(reader: XmlReader, links: TypeLinks, pacer: Pacer) {
    this.#reader = reader;
    this.#links = links;
    this.#pacer = pacer;
  }

  /**
   * Reads the whole answer to an operation.
   *
   * @throws XmlError if it is not XML; {@link UnreadableAnswer} if it is another document than the WSDL
   * declares.
   */
  async read({ output }: OperationModel): Promise<SoapAnswer> {
    this.#enterEnvelope();
    let answer: SoapAnswer | undefined;
    while (this.#hasElement(envelopePath)) {
      if (!this.#isAt(soapNamespace, 'Body')) await this.#passOver();
      else if (answer === undefined) answer = await this.#body(output);
      else throw new UnreadableAnswer(bodyPath, 'is there twice');
    }
    if (answer === undefined) throw new UnreadableAnswer(envelopePath, 'has no Body');
    // Only the end of the document tells that it is whole.
    this.#reader.next();
    return answer;
  }

  #enterEnvelope(): void {
    this.#reader.next();
    if (this.#isAt(soapNamespace, 'Envelope')) return;
    const { localName } = this.#reader.name;
    throw new UnreadableAnswer(
      [localName],
      localName === 'Envelope' ? 'is not one of SOAP 1.1' : 'is not a SOAP envelope',
    );
  }

  async #body(output: ElementModel | null): Promise<SoapAnswer> {
    if (!this.#hasElement(bodyPath)) {
      if (output === null) return { kind: 'result', value: undefined };
      throw new UnreadableAnswer(bodyPath, 'is empty');
    }
    const answer = this.#isAt(soapNamespace, 'Fault')
      ? await this.#fault()
      : await this.#result(output);
    if (this.#hasElement(bodyPath)) {
      throw new UnreadableAnswer(bodyPath, 'has more than one element');
    }
    return answer;
  }

  async #result(output: ElementModel | null): Promise<SoapAnswer> {
    const { name } = this.#reader;
    if (output === null || !this.#isAt(output.namespace, output.name)) {
      const isNamespace = output?.name === name.localName;
      throw new UnreadableAnswer(
        [...bodyPath, name.localName],
        isNamespace ? 'is in another namespace than declared' : 'is not the declared element',
      );
    }
    const values = await this.#value(this.#links.at(output.type), bodyPath, true);
    return { kind: 'result', value: unwrap(values) };
  }

  async #fault(): Promise<SoapAnswer> {
    let fault: SoapFault = { faultcode: '', faultstring: '' };
    while (this.#hasElement(faultPath)) {
      const { localName } = this.#reader.name;
      const { value } = await this.#value(anyType, faultPath);
      const text = textOf(value);
      if (localName === 'faultcode') fault = { ...fault, ...this.#faultcode(text) };
      else if (localName === 'faultstring') fault = { ...fault, faultstring: text };
      else if (localName === 'faultactor') fault = { ...fault, faultactor: text };
      else if (localName === 'detail') fault = { ...fault, detail: value };
    }
    return { kind: 'fault', ...fault };
  }

  /** The reader stands at the end of the element, where its prefixes still hold. */
  #faultcode(text: string): Pick<SoapFault, 'faultcode' | 'faultcodeNamespace'> {
    const faultcode = trimSpace(text);
    const colon = faultcode.indexOf(':');
    if (colon === -1) return { faultcode };
    const faultcodeNamespace = this.#reader.namespaceOf(faultcode.slice(0, colon));
    return faultcodeNamespace === undefined ? { faultcode } : { faultcode, faultcodeNamespace };
  }

  /** Reads the element at which the reader stands, and lets others have their turn meanwhile. */
  async #value(
    type: LinkedType,
    outerPath: readonly string[],
    unwraps = false,
  ): Promise<ValueReader> {
    const values = new ValueReader(this.#reader, this.#links, type, { outerPath, unwraps });
    while (!values.advance()) if (this.#pacer.isDue) await this.#pacer.rest();
    return values;
  }

  /** Passes over the element at which the reader stands: a header, which nothing here asks for. */
  async #passOver(): Promise<void> {
    const { depth } = this.#reader;
    for (let tokens = 1; ; tokens += 1) {
      const token = this.#reader.next();
      if (token === 'end' && this.#reader.depth === depth) return;
      const isMuch = token === 'text' || tokens % tokensAtATime === 0;
      if (isMuch && this.#pacer.isDue) await this.#pacer.rest();
    }
  }

  /** Goes on to the next element within another one; `false` at the other one's end. */
  #hasElement(path: readonly string[]): boolean {
    for (;;) {
      const token = this.#reader.next();
      if (token !== 'text') return token === 'start';
      if (!this.#reader.isBlank()) throw new UnreadableAnswer(path, 'has a text between elements');
    }
  }

  #isAt(namespace: string, localName: string): boolean {
    const { name } = this.#reader;
    return name.localName === localName && name.namespace === namespace;
  }
}

/** A text, with attributes or without; what is no text is empty. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { $value } = (value ?? {}) as { $value?: unknown };
  return typeof $value === 'string' ? $value : '';
}
