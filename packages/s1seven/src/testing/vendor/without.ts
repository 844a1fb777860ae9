/** An object without one of its members: what is shown of a record that holds a secret. */
export function without<Item extends object, Name extends keyof Item>(
  item: Item,
  name: Name,
): Omit<Item, Name> {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== name)) as Omit<
    Item,
    Name
  >;
}
