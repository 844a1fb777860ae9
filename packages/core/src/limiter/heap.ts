/** Something that can stand in one heap at a time. */
export interface HeapItem {
  /** Where it stands; -1 when it stands in none. Only the heap writes it. */
  position: number;
}

/** A binary heap whose items know their place, so that any of them can be moved or taken out. */
export class Heap<Item extends HeapItem> {
  readonly #items: Item[] = [];
  readonly #precedes: (one: Item, other: Item) => boolean;

  /** @param precedes - Whether one item comes before another. */
  constructor(precedes: (one: Item, other: Item) => boolean) {
    this.#precedes = precedes;
  }

  /** The item that comes before all others. */
  get top(): Item | undefined {
    return this.#items[0];
  }

  /** Whether an item stands in this heap, rather than in another or in none. */
  has(item: Item): boolean {
    return item.position >= 0 && this.#items[item.position] === item;
  }

  /** Adds an item, or moves it to its place after its order has changed. */
  put(item: Item): void {
    if (!this.has(item)) this.#place(item, this.#items.length);
    this.#rise(item);
    this.#sink(item);
  }

  /** Takes an item out, if it is in. */
  remove(item: Item): void {
    if (!this.has(item)) return;
    const { position } = item;
    const last = this.#items.pop();
    item.position = -1;
    if (last === undefined || last === item) return;
    this.#place(last, position);
    this.put(last);
  }

  /** Takes the first item out. */
  pop(): Item | undefined {
    const first = this.#items[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  #rise(item: Item): void {
    while (item.position > 0) {
      const position = (item.position - 1) >> 1;
      const parent = this.#items[position];
      if (parent === undefined || !this.#precedes(item, parent)) return;
      this.#place(parent, item.position);
      this.#place(item, position);
    }
  }

  #sink(item: Item): void {
    for (;;) {
      const child = this.#firstChild(item.position);
      if (child === undefined || !this.#precedes(child, item)) return;
      const { position } = child;
      this.#place(child, item.position);
      this.#place(item, position);
    }
  }

  #firstChild(position: number): Item | undefined {
    const left = this.#items[2 * position + 1];
    const right = this.#items[2 * position + 2];
    if (left === undefined || right === undefined) return left;
    return this.#precedes(right, left) ? right : left;
  }

  #place(item: Item, position: number): void {
    this.#items[position] = item;
    item.position = position;
  }
}
