const widestLine = 100;

/** Whether a line need not be broken. */
export function fitsInLine(line: string): boolean {
  return line.length <= widestLine;
}

/**
 * A type as the end of a line, `name: A | B;`, or of several lines if that is too long.
 *
 * @param before - What stands before the type, the indentation included.
 */
export function typeLines(before: string, alternatives: readonly string[]): string[] {
  const line = `${before} ${alternatives.join(' | ')};`;
  if (fitsInLine(line) || alternatives.length === 1) return [line];
  const indent = `${/^ */.exec(before)?.[0] ?? ''}  `;
  const lines = alternatives.map((alternative) => `${indent}| ${alternative}`);
  return [before, ...lines.slice(0, -1), `${lines.at(-1)};`];
}
