import type { FieldModel, OperationModel, ServiceModel } from '../wsdl/model.ts';
import { textUnion, type Direction, type Union } from './expression.ts';
import { typeUnion } from './type-union.ts';

/** What an operation takes, or what it resolves to. */
export function bodyUnion(
  model: ServiceModel,
  operation: OperationModel,
  direction: Direction,
): Union {
  const { input, output } = operation;
  if (direction === 'sent') return typeUnion(model, input.type, direction);
  if (output === null) return textUnion('undefined');
  // The element within the wrapper is never nil in a success.
  return typeUnion(model, onlyFieldOf(model, operation)?.type ?? output.type, direction);
}

/**
 * The one element inside the wrapper of an answer, which is what the operation resolves to; `undefined`
 * if the wrapper may hold more than one, so that its own object is.
 */
export function onlyFieldOf(
  { types }: ServiceModel,
  { output }: OperationModel,
): FieldModel | undefined {
  const wrapper = output === null ? undefined : types[output.type];
  if (wrapper?.kind !== 'complex' || wrapper.open === true) return undefined;
  const [only, ...others] = wrapper.fields;
  return others.length > 0 || only?.many === true ? undefined : only;
}
