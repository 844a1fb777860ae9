import type { Direction, Expression, Union } from './expression.ts';
import type { TypeNames } from './naming/type-names.ts';

/** The alternatives of a type as they are written, each once. */
export function alternativesOf(union: Union, names: TypeNames, direction: Direction): string[] {
  const texts = new Set(union.map((expression) => textOf(expression, names, direction)));
  return texts.has('unknown') ? ['unknown'] : [...texts];
}

function textOf(expression: Expression, names: TypeNames, direction: Direction): string {
  const inner = (union: Union) => alternativesOf(union, names, direction);
  const isSent = direction === 'sent';
  switch (expression.kind) {
    case 'text':
      return expression.text;
    case 'reference':
      return names.useOf(expression.type, direction);
    case 'array':
      return `${isSent ? 'readonly ' : ''}${itemText(inner(expression.items))}[]`;
    case 'record': {
      const record = `Record<string, ${inner(expression.values).join(' | ')}>`;
      return isSent ? `Readonly<${record}>` : record;
    }
    case 'map':
      break;
  }
  const { keys, values } = expression;
  return `ReadonlyMap<${inner(keys).join(' | ')}, ${inner(values).join(' | ')}>`;
}

/** The items of an array as they stand before `[]`. */
function itemText(alternatives: readonly string[]): string {
  const [only = 'unknown', ...others] = alternatives;
  const isOneWord = others.length === 0 && !only.startsWith('readonly ');
  return isOneWord ? only : `(${alternatives.join(' | ')})`;
}
