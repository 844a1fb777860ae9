import { isPlainObject, refusedInput } from '@vendorkit/core';
import { escapeText, firstIllegal } from '@vendorkit/core/xml';
import type { OperationModel } from '../wsdl/model.ts';
import { checkMembers, type Members } from './writing/check-members.ts';
import { ChoiceGuard } from './writing/choice-guard.ts';
import { ElementWriter } from './writing/element-writer.ts';
import type { LinkedComplex, LinkedType } from './linked-type.ts';
import { ParameterPlace } from './writing/parameter-place.ts';
import { Prefixes } from './writing/prefixes.ts';
import { writeRequestId } from './writing/request-id.ts';
import type { TypeLinks } from './type-links.ts';

/**
 * The parameters of a call, written as XML at the moment of the call. What the caller changes
 * afterwards changes no poll: the vendor wants all parameters again as they were (SecuTix SOAP 5.2).
 */
export interface FixedParameters {
  /** The text of the `requestId` that the caller passed, if any; `null` counts as none. */
  readonly requestId: string | undefined;
  /**
   * The one element of the request's body.
   *
   * @param requestId - The vendor's `requestId` of a call in progress; the caller's own if absent.
   * @throws VendorError `INVALID_REQUEST` if it has characters that XML cannot carry.
   */
  write(requestId?: bigint | string): string;
}

/**
 * Checks parameters against the schema and writes them down.
 *
 * @param root - What the parameters are called in errors.
 * @throws VendorError `INVALID_REQUEST` naming the parameter.
 */
export function fixParameters(
  links: TypeLinks,
  { name, input }: OperationModel,
  parameters: unknown,
  root: string,
): FixedParameters {
  const place = new ParameterPlace(root);
  const prefixes = new Prefixes();
  const writer = new ElementWriter(links, prefixes, place);
  const type = links.at(input.type);
  const tag = prefixes.name(input.namespace, input.name);
  if (!hasParameters(type)) return fixValue(type, parameters, { writer, prefixes, tag });
  if (parameters !== undefined && !isPlainObject(parameters)) {
    throw place.refusal('Expected an object of parameters by name');
  }
  const members = parameters ?? {};
  checkMembers(type, members, place, { owner: `\`${name}\` has`, more: ['requestId'] });
  const written = writeMembers(type, members, writer, prefixes);
  const start = `<${tag}${prefixes.declarations()}${writer.attributes(type, members)}>`;
  return {
    requestId: written.requestId,
    write: (requestId) => {
      const asked = requestId === undefined ? written.requestId : checked(requestId);
      return start + written.before + written.requestIdXml(asked) + written.after + `</${tag}>`;
    },
  };
}

/** Whether a wrapper has elements of its own only, as an operation's parameters are. */
function hasParameters(type: LinkedType): type is LinkedComplex {
  if (type.kind === 'simple') return false;
  const { isMap, isAny, isMixed, text } = type.parts;
  return !isMap && !isAny && !isMixed && text === undefined;
}

/** Whether an input that may be anything is given as nothing. */
function isNothing(parameters: unknown): boolean {
  if (parameters === undefined) return true;
  return (
    isPlainObject(parameters) && Object.values(parameters).every((value) => value === undefined)
  );
}

/** An input that is one value as a whole has no place for a `requestId`. */
function fixValue(
  type: LinkedType,
  parameters: unknown,
  { writer, prefixes, tag }: { writer: ElementWriter; prefixes: Prefixes; tag: string },
): FixedParameters {
  const isAny = type.kind === 'complex' && type.parts.isAny;
  const isWrapped =
    isPlainObject(parameters) &&
    (type.kind === 'simple' || (isAny && Object.keys(parameters).join() === '$value'));
  const value = isWrapped ? parameters['$value'] : (parameters ?? {});
  const start = `<${tag}`;
  const isEmpty = isAny && isNothing(parameters);
  const rest = isEmpty ? '/>' : writer.element(tag, type, value ?? {}).slice(start.length);
  const xml = start + prefixes.declarations() + rest;
  return { requestId: undefined, write: () => xml };
}

/** The parameters before and after the place of the `requestId`. */
interface WrittenMembers {
  readonly before: string;
  readonly after: string;
  readonly requestId: string | undefined;
  readonly requestIdXml: (requestId: string | undefined) => string;
}

/** A `requestId` that the schema does not have comes first (assumed, as it does where it is declared). */
function writeMembers(
  type: LinkedComplex,
  members: Members,
  writer: ElementWriter,
  prefixes: Prefixes,
): WrittenMembers {
  const { fields } = type;
  const at = fields.findIndex(({ key }) => key === 'requestId');
  const { text, absentXml } = writeRequestId(fields[at], members, writer);
  const choices = new ChoiceGuard();
  const before = writer.members(fields.slice(0, Math.max(at, 0)), members, choices);
  const after = writer.members(fields.slice(at + 1), members, choices);
  const { namespace } = fields[at] ?? fields[0] ?? { namespace: '' };
  const tag = prefixes.name(namespace, 'requestId');
  const requestIdXml = (requestId: string | undefined) =>
    requestId === undefined ? absentXml : `<${tag}>${escapeText(requestId)}</${tag}>`;
  return { before, after, requestId: text, requestIdXml };
}

function checked(requestId: bigint | string): string {
  const text = String(requestId);
  if (firstIllegal(text) === -1) return text;
  throw refusedInput('INVALID_REQUEST', 'requestId', 'XML cannot carry one of its characters');
}
