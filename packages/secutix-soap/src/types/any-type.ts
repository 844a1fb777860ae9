import { fullName } from '../codec/member-key.ts';
import type { ServiceModel, TypeReference } from '../wsdl/model.ts';
import { commentOf } from './documentation.ts';
import type { Declaration } from './declarations.ts';
import type { Direction } from './expression.ts';
import { literalOf } from './naming/identifier.ts';
import { fitsInLine, typeLines } from './layout.ts';
import type { Plan } from './plan.ts';
import type { TypeNames } from './naming/type-names.ts';

/**
 * Declares what may stand where a type is declared from which others are derived: `$type` tells which
 * of them it is. `undefined` if none is derived from it.
 */
export function declareAnyOf(
  { model, families }: Plan,
  names: TypeNames,
  { type, direction }: { type: TypeReference; direction: Direction },
): Declaration | undefined {
  const name = names.anyNameOf(type, direction);
  if (name === undefined) return undefined;
  const members = [type, ...(families.get(type) ?? [])]
    .filter((member) => !isAbstract(model, member))
    .map((member) => ({ member, own: names.nameOf(member, direction) }))
    .toSorted((one, other) => (one.own < other.own ? -1 : 1));
  const tagged = members.map(({ member, own }) => {
    const tag = literalOf(tagOf(model, member));
    return { own, tag: member === type ? `$type?: ${tag} | undefined` : `$type: ${tag}` };
  });
  const comment = commentOf([`\`${names.nameOf(type, direction)}\`, or a type derived from it.`]);
  return { name, lines: [...comment, ...taggedLines(`export type ${name} =`, tagged)] };
}

/** Where every type of a family is abstract, nothing can stand. */
function taggedLines(
  before: string,
  tagged: readonly { readonly own: string; readonly tag: string }[],
): string[] {
  const [only, ...others] = tagged.map(({ own, tag }) => `${own} & { ${tag} }`);
  if (only === undefined) return [`${before} never;`];
  if (others.length === 0) return [`${before} ${only};`];
  const alternatives = tagged.map(({ own, tag }, index) => {
    const text = `(${own} & { ${tag} })`;
    const end = index === others.length ? ';' : '';
    return fitsInLine(`  | ${text}${end}`) ? text : `(${own} & {\n      ${tag};\n    })`;
  });
  return typeLines(before, alternatives);
}

function isAbstract({ types }: ServiceModel, type: TypeReference): boolean {
  const model = types[type];
  return model?.kind === 'complex' && model.abstract === true;
}

/** What `$type` says: the type's name, with its namespace where another type has that name, too. */
function tagOf({ types }: ServiceModel, type: TypeReference): string {
  const { name = '', namespace = '' } = types[type] ?? {};
  const namesakes = types.filter((model) => model.kind === 'complex' && model.name === name);
  return namesakes.length > 1 ? fullName(namespace, name) : name;
}
