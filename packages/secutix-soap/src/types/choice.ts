import type { ComplexTypeModel, FieldModel } from '../wsdl/model.ts';

/** A note on each of many elements that lists all the others would be longer than the types. */
const mostNamed = 8;

/**
 * Says which elements stand instead of one another, of which the types know only that each may be
 * absent; `undefined` for an element that is no branch of a choice.
 */
export function choiceNote(type: ComplexTypeModel, field: FieldModel): string | undefined {
  if (field.choice === undefined) return undefined;
  const branches = new Map<number | undefined, string[]>();
  for (const { name, choice, branch } of type.fields) {
    if (choice !== field.choice) continue;
    branches.set(branch, [...(branches.get(branch) ?? []), `\`${name}\``]);
  }
  if (branches.size < 2) return undefined;
  if (branches.size > mostNamed)
    return `One of ${branches.size} that stand instead of one another.`;
  const alternatives = [...branches.values()].map(branchText);
  return `One of ${alternatives.slice(0, -1).join(', ')} or ${alternatives.at(-1)}.`;
}

function branchText([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} with ${others.join(', ')}`;
}
