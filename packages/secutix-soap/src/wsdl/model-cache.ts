import type { PortChoice } from './choose-port.ts';
import type { LoadedDocuments } from './documents.ts';
import type { ServiceModel } from './model.ts';
import { parseWsdl } from './parse-wsdl.ts';

/** A process talks to a few services, each in a version or two. */
const mostModels = 64;

/** By what they were made of, the least recently used first. */
const models = new Map<string, ServiceModel>();

/**
 * The model of a WSDL, compiled once per process for the same documents, whichever client asks. It is
 * shared, and frozen at every depth.
 *
 * @throws VendorError as {@link parseWsdl} does.
 */
export function modelOf(documents: LoadedDocuments, choice: PortChoice = {}): ServiceModel {
  const key = JSON.stringify([documents.digest, choice.service ?? null, choice.port ?? null]);
  const model = models.get(key) ?? deepFreeze(parseWsdl(documents, choice));
  models.delete(key);
  models.set(key, model);
  if (models.size > mostModels) {
    const [oldest] = models.keys();
    models.delete(oldest ?? '');
  }
  return model;
}

/** Freezes plain data at every depth. Models are seven levels deep at most. */
export function deepFreeze<Data extends object>(data: Data): Data {
  for (const member of Object.values(data)) {
    if (typeof member === 'object' && member !== null) deepFreeze(member as object);
  }
  return Object.freeze(data);
}
