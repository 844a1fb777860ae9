/** A result that the schema has no form for: a mistake of the handler that made it. */
export class UnwritableResult extends Error {
  override readonly name = 'UnwritableResult';

  /**
   * @param path - Which member of the result.
   * @param expected - What it is not.
   */
  constructor(path: string, expected: string) {
    super(`\`${path}\` of the result is not ${expected}.`);
  }
}
