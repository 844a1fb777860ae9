import { randomUUID } from 'node:crypto';
import type { Clock } from '@vendorkit/core';
import { VendorProblem } from './problem.ts';
import type { Stored } from './records.ts';

/** What is said of a record when it is made; the rest is given to it. */
export type Fields<Item extends Stored> = Omit<Item, keyof Stored>;

/** What is to be different in a record. Members that are `undefined` stay as they are. */
export type Change<Item extends Stored> = {
  readonly [Name in keyof Fields<Item>]?: Item[Name] | undefined;
};

/** All records of one kind, oldest first. */
export class Collection<Item extends Stored> {
  readonly #noun: string;
  readonly #clock: Clock;
  readonly #items = new Map<string, Item>();

  /** @param noun - What one of them is called in a refusal: `wallet`. */
  constructor(noun: string, clock: Clock) {
    this.#noun = noun;
    this.#clock = clock;
  }

  get all(): readonly Item[] {
    return [...this.#items.values()];
  }

  /** @param id - An id of the caller's choice, for what the emulator is started with. */
  add(fields: Fields<Item>, id: string = randomUUID()): Item {
    const now = this.#now();
    const item = { id, createdAt: now, updatedAt: now, ...fields } as Item;
    this.#items.set(id, item);
    return item;
  }

  find(id: string): Item | undefined {
    return this.#items.get(id);
  }

  /**
   * @param isVisible - Whether whoever asks may know of the record at all.
   * @throws VendorProblem 404.
   */
  get(id: string, isVisible: (item: Item) => boolean = () => true): Item {
    const item = this.#items.get(id);
    if (item === undefined || !isVisible(item)) {
      throw new VendorProblem(404, `There is no such ${this.#noun}.`);
    }
    return item;
  }

  /** @returns The record as it is now. */
  update(item: Item, change: Change<Item>): Item {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const updated = { ...item, ...Object.fromEntries(given), updatedAt: this.#now() };
    this.#items.set(item.id, updated);
    return updated;
  }

  remove(item: Item): void {
    this.#items.delete(item.id);
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
