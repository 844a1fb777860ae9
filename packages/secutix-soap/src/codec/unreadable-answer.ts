/** An answer that is well-formed XML, but not what the WSDL declares. Its message quotes no value. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';

  /**
   * @param path - The names of the elements that lead there, the outermost first.
   * @param problem - What is wrong there, as the end of a sentence.
   */
  constructor(path: readonly string[], problem: string) {
    super(`${shown(path)} ${problem}.`);
  }
}

const mostElements = 16;
const longestName = 80;

/** Names come from the vendor, so that a hostile one must not fill a log. */
function shown(path: readonly string[]): string {
  const names = path.slice(-mostElements).map((name) => name.slice(0, longestName));
  return `\`${path.length > mostElements ? '…/' : ''}${names.join('/')}\``;
}
