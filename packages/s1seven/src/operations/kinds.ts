import { aList, anObject, anything } from '../answer-shape.ts';
import type { OperationDefinition } from '../operation.ts';

/** What the operations of one kind have in common. */
type Kind = Pick<OperationDefinition, 'method' | 'repeatable' | 'answer' | 'shape' | 'mayBeEmpty'>;

/** Asks and changes nothing, so that it may be repeated whatever happened. */
export const read = {
  method: 'GET',
  repeatable: 'always',
  answer: 'json',
  shape: anObject,
} as const satisfies Kind;

/** A `GET` of many. All lists of 2021 are plain arrays (OpenAPI 0.3.0). */
export const list = { ...read, shape: aList } as const satisfies Kind;

/** A question whose subject is in the body. It changes nothing either. */
export const ask = {
  method: 'POST',
  repeatable: 'always',
  answer: 'json',
  shape: anObject,
} as const satisfies Kind;

/** Makes something, or sets something going. Done twice, it may be there twice. */
export const create = {
  method: 'POST',
  repeatable: 'when-refused',
  answer: 'json',
  shape: anObject,
} as const satisfies Kind;

/** Changes something. */
export const update = {
  method: 'PATCH',
  repeatable: 'when-refused',
  answer: 'json',
  shape: anObject,
} as const satisfies Kind;

/** Removes something. A second time would fail, although the first succeeded. */
export const remove = {
  method: 'DELETE',
  repeatable: 'when-refused',
  answer: 'json',
  shape: anything,
  mayBeEmpty: true,
} as const satisfies Kind;

/** A `GET` that sends mail or uses a token up. */
export const trigger = {
  method: 'GET',
  repeatable: 'when-refused',
  answer: 'json',
  shape: anObject,
} as const satisfies Kind;

/** What belongs to one company and one mode. */
export const companyAndMode = { company: 'required', mode: 'required' } as const;
