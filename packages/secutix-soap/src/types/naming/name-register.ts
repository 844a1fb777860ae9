/** The names that one file declares. */
export class NameRegister {
  readonly #taken = new Set<string>();

  /** Takes a name, with a number behind it if another declaration has it. */
  take(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number += 1) name = `${wanted}${number}`;
    this.#taken.add(name);
    return name;
  }
}
