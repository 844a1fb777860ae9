import type { LinkedField } from '../linked-type.ts';

/** Sees to it that of elements which stand instead of one another only one is written. */
export class ChoiceGuard {
  readonly #taken = new Map<number, LinkedField>();

  /**
   * Takes a field that is written.
   *
   * @returns The field that was written already and that it excludes. Where both may be repeated the
   * whole choice may be, and they do not exclude one another.
   */
  otherThan(field: LinkedField): LinkedField | undefined {
    const { choice, branch } = field;
    if (choice === undefined) return undefined;
    const other = this.#taken.get(choice);
    if (other === undefined) {
      this.#taken.set(choice, field);
      return undefined;
    }
    return other.branch === branch || (other.isMany && field.isMany) ? undefined : other;
  }
}
