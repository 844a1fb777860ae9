import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import type { SimpleShape } from './builtin-types.ts';
import { isSchema } from './document-references.ts';
import type { TypeReference } from './model.ts';
import { restrict, textIfAny } from './simple-types.ts';
import type { TypeLayer } from './type-layers.ts';
import type { TypeSource } from './type-source.ts';

/** The type of the text of a complex type with simple content (XML Schema 1, 3.4.2). */
export function textType(
  [layer, ...below]: readonly TypeLayer[],
  types: TypeSource,
): TypeReference | undefined {
  if (layer?.derivation?.isSimple !== true) return undefined;
  const { body, scope, base } = layer;
  const own = ownType(body);
  const isNarrowed = body.children.some((child) => isSchema(child, 'enumeration'));
  if (own !== undefined || isNarrowed) {
    return types.anonymousSimpleType(own ?? body, scope, () => shapeOf([layer, ...below], types));
  }
  if (base?.kind === 'simple') {
    return types.simpleType(body, attributeOf(body, 'base') ?? '', scope);
  }
  return textType(below, types) ?? types.anonymousSimpleType(body, scope, () => text);
}

const text: SimpleShape = { builtin: 'string' };

function shapeOf([layer, ...below]: readonly TypeLayer[], types: TypeSource): SimpleShape {
  if (layer?.derivation?.isSimple !== true) return text;
  const { body, scope, base } = layer;
  const own = ownType(body);
  const value = attributeOf(body, 'base') ?? '';
  if (own !== undefined) return restrict(types.simpleTypes.shapeOf(own, scope), body);
  if (base?.kind !== 'simple') return restrict(shapeOf(below, types), body);
  return restrict(textIfAny(types.simpleTypes.shapeNamed(body, value, scope)), body);
}

/** The simple type that a restriction defines in itself. */
function ownType(body: XmlElement): XmlElement | undefined {
  return body.children.find((child) => isSchema(child, 'simpleType'));
}
