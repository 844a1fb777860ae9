import { commentOf } from './documentation.ts';
import { textUnion, type Direction } from './expression.ts';
import { memberNameOf } from './naming/identifier.ts';
import { typeLines } from './layout.ts';
import type { Member, Shape } from './shape.ts';
import type { TypeNames } from './naming/type-names.ts';
import { alternativesOf } from './union-text.ts';

/** The lines of an interface's body. */
export function bodyLines(shape: Shape, names: TypeNames, direction: Direction): string[] {
  const { members, attributes, isOpen } = shape;
  return [
    ...members.flatMap((member) => memberLines(member, '  ', { names, direction })),
    ...attributesLines(attributes, names, direction),
    ...(isOpen ? ['  [name: string]: unknown;'] : []),
  ];
}

function attributesLines(
  attributes: readonly Member[],
  names: TypeNames,
  direction: Direction,
): string[] {
  if (attributes.length === 0) return [];
  const isOptional = attributes.every((attribute) => attribute.isOptional);
  const indent = isOptional ? '        ' : '    ';
  const lines = attributes.flatMap((member) => memberLines(member, indent, { names, direction }));
  return isOptional
    ? ['  $attributes?:', '    | {', ...lines, '      }', '    | undefined;']
    : ['  $attributes: {', ...lines, '  };'];
}

function memberLines(
  { name, isOptional, union, comment }: Member,
  indent: string,
  { names, direction }: { names: TypeNames; direction: Direction },
): string[] {
  const written = isOptional ? [...union, ...textUnion('undefined')] : union;
  const before = `${indent}${memberNameOf(name)}${isOptional ? '?' : ''}:`;
  return [
    ...commentOf(comment, indent),
    ...typeLines(before, alternativesOf(written, names, direction)),
  ];
}
