import { createHash } from 'node:crypto';
import { readXml } from '@vendorkit/core/xml';
import { describe, expect, test } from '@jest/globals';
import type { LoadedDocuments } from '../../src/wsdl/documents.ts';
import { modelOf } from '../../src/wsdl/model-cache.ts';
import { rootUrl, schemaOf, wsdlOf } from './compile.ts';

/** Documents whose model has this type. */
function documents(type: string): LoadedDocuments {
  const text = wsdlOf(schemaOf(`<xs:complexType name="${type}"/>`).replace('t:In"', `t:${type}"`));
  const byUrl = new Map([[rootUrl, readXml(Buffer.from(text))]]);
  const digest = createHash('sha256').update(text).digest('hex');
  return { root: rootUrl, byUrl, links: new Map(), digest };
}

describe('the model of the same documents', () => {
  test('is the same, whoever asks', () => {
    expect(modelOf(documents('A'))).toBe(modelOf(documents('A')));
  });

  test('is another for another choice of the port, and for other documents', () => {
    const model = modelOf(documents('A'));
    expect(modelOf(documents('A'), { service: 'S' })).not.toBe(model);
    expect(modelOf(documents('A'), { service: 'S' })).toBe(
      modelOf(documents('A'), { service: 'S' }),
    );
    expect(modelOf(documents('B'))).not.toBe(model);
  });

  test('cannot be changed', () => {
    const model = modelOf(documents('A'));
    expect(Object.isFrozen(model)).toBe(true);
    expect(Object.isFrozen(model.operations[0]?.input)).toBe(true);
    expect(() => (model.types as unknown[]).push({})).toThrow(TypeError);
  });

  test('is kept while it is used, for 64 models', () => {
    const used = modelOf(documents('Used'));
    const forgotten = modelOf(documents('Forgotten'));
    for (let at = 0; at < 63; at += 1) {
      modelOf(documents(`T${at}`));
      expect(modelOf(documents('Used'))).toBe(used);
    }
    expect(modelOf(documents('Forgotten'))).not.toBe(forgotten);
    expect(modelOf(documents('T62'))).toBe(modelOf(documents('T62')));
  });
});

test('a failure is not kept', () => {
  const broken = { ...documents('A'), digest: 'another', byUrl: new Map<string, never>() };
  expect(() => modelOf(broken)).toThrow('The WSDL cannot be used.');
  expect(modelOf({ ...documents('A'), digest: 'another' }).name).toBe('S');
});
