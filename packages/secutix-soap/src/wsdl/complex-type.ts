import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { AttributeReader } from './attribute-reader.ts';
import { ContentReader, isTrue } from './content-reader.ts';
import { documentationOf } from './documentation.ts';
import type { ComplexTypeModel } from './model.ts';
import type { SchemaScope } from './schema-components.ts';
import { textType } from './text-type.ts';
import { layersOf, type TypeLayer } from './type-layers.ts';
import type { TypeSource } from './type-source.ts';

/** Makes a type of a `complexType` element, its base types' members included. */
export function complexType(
  element: XmlElement,
  scope: SchemaScope,
  types: TypeSource,
): ComplexTypeModel {
  const layers = layersOf(element, scope, types);
  const [own] = layers;
  const base = own?.base?.kind === 'complex' ? types.baseType(own.base.component) : undefined;
  const text = textType(layers, types);
  const name = attributeOf(element, 'name')?.trim();
  const documentation = documentationOf(element);
  return {
    kind: 'complex',
    ...(name !== undefined && { name }),
    namespace: scope.namespace,
    ...(documentation !== undefined && { documentation }),
    ...(isTrue(attributeOf(element, 'abstract')) && { abstract: true }),
    ...(base !== undefined && { base }),
    ...contentOf(layers, types),
    attributes: attributesOf(layers, types),
    ...(text !== undefined && { text }),
  };
}

/** A restriction says again what is left of its base, so that nothing below it counts. */
function contentOf(
  layers: readonly TypeLayer[],
  types: TypeSource,
): Pick<ComplexTypeModel, 'fields' | 'mixed' | 'open'> {
  const lowest = layers.findIndex(
    ({ derivation }) => derivation?.method === 'restriction' && !derivation.isSimple,
  );
  const relevant = lowest === -1 ? layers : layers.slice(0, lowest + 1);
  const reader = new ContentReader(types);
  for (const { body, scope } of relevant.toReversed()) reader.read(body, scope);
  const extendsAny = relevant.some(
    ({ base, derivation }) => base?.kind === 'any' && derivation?.method === 'extension',
  );
  return {
    fields: reader.fields.all(),
    ...(relevant.some(isMixed) && { mixed: true }),
    ...((reader.isOpen || extendsAny) && { open: true }),
  };
}

function attributesOf(layers: readonly TypeLayer[], types: TypeSource) {
  const reader = new AttributeReader(types);
  for (const { body, scope } of layers.toReversed()) reader.read(body, scope);
  return reader.all();
}

function isMixed({ element, derivation }: TypeLayer): boolean {
  const ofContent = derivation && attributeOf(derivation.content, 'mixed');
  return isTrue(ofContent ?? attributeOf(element, 'mixed'));
}
