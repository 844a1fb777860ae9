const mostNamed = 30;

/** Some names for a message: `a`, `b`. */
export function listOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).map((name) => `\`${name}\``);
  if (names.length > mostNamed) shown.push('…');
  return shown.length === 0 ? 'nothing' : shown.join(', ');
}
