const widestLine = 100;

/**
 * The lines of a comment that tells what a WSDL says of something; none if it says nothing. Nothing in
 * the text can end the comment or pass for a tag of TSDoc.
 *
 * @param paragraphs - Those that are `undefined` or blank are left out.
 * @param indent - The spaces before each line.
 */
export function commentOf(paragraphs: readonly (string | undefined)[], indent = ''): string[] {
  const width = widestLine - indent.length - ' * '.length;
  const written = paragraphs.map((text) => linesOf(text ?? '', width)).filter(isNotEmpty);
  const lines = written.flatMap((paragraph, index) =>
    index === 0 ? paragraph : ['', ...paragraph],
  );
  const [only] = lines;
  if (only === undefined) return [];
  if (lines.length === 1 && only.length <= width - '/** */'.length + ' * '.length - 1) {
    return [`${indent}/** ${only} */`];
  }
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'].map(
    (line) => indent + line,
  );
}

/** The lines of a text, wrapped. White space around them is how the WSDL was laid out, and goes. */
function linesOf(text: string, width: number): string[] {
  const lines = harmless(text)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => line.replace(/[\s\p{Cc}]+/gu, ' ').trim());
  const isKept = (line: string, index: number) => line !== '' || (lines[index - 1] ?? '') !== '';
  const kept = lines.filter(isKept);
  if (kept.at(-1) === '') kept.pop();
  return kept.flatMap((line) => wrapped(line, width));
}

function harmless(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll('@', '\\@');
}

/** Breaks a line at its spaces. A word that is too long has a line of its own. */
function wrapped(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (longer.length <= width || current === '') {
      current = longer;
      continue;
    }
    lines.push(current);
    current = word;
  }
  return [...lines, current];
}

function isNotEmpty(lines: readonly string[]): boolean {
  return lines.length > 0;
}
