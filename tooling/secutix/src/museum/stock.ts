import { initialStock, seasons, type Price, type Product } from './catalogue.ts';

/** Something that can be ordered: a performance, or a product without a date. */
export interface Item {
  readonly id: bigint;
  readonly product: Product;
  readonly prices: readonly Price[];
  /** How many are left. */
  left: number;
  /** When that last changed, in milliseconds since the Unix epoch. */
  changedAtMs: number;
}

/** What the museum has left of everything it sells. */
export class Stock {
  readonly #items = new Map<bigint, Item>();

  /** @param nowMs - The emulator's clock when it started. */
  constructor(nowMs: number) {
    for (const product of seasons.flatMap((season) => season.products)) {
      for (const { id, prices } of sellable(product)) {
        const left = initialStock(product);
        this.#items.set(id, { id, product, prices, left, changedAtMs: nowMs });
      }
    }
  }

  /** The item with this id. */
  find(id: bigint | undefined): Item | undefined {
    return id === undefined ? undefined : this.#items.get(id);
  }

  /** The items of a product. */
  itemsOf(productId: bigint): Item[] {
    return [...this.#items.values()].filter((item) => item.product.id === productId);
  }

  /** Takes so many of an item away, or gives them back if the quantity is negative. */
  take(item: Item, quantity: number, nowMs: number): void {
    item.left -= quantity;
    item.changedAtMs = nowMs;
  }
}

function sellable(product: Product): ReadonlyArray<{ id: bigint; prices: readonly Price[] }> {
  return product.event?.performances ?? [{ id: product.id, prices: product.prices ?? [] }];
}
