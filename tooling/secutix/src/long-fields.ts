const longNames: ReadonlySet<string> = new Set(['id', 'ids', 'amount', 'price', 'unitAmoung']);
const longEndings = /(?:Id|Ids|Amount|Price)$/;

/**
 * Whether the integers of a field are declared as 64-bit, and therefore always read as `bigint`.
 *
 * The vendor says it in two sentences (SecuTix REST 5.6): "All numerical Ids have to be considered,
 * by default, as being on 64bits" and "Monetary amounts are provided as longs". No schema is public,
 * so that a field is an id or an amount is inferred from its name: `id`, `ids`, `amount`, `price`, a
 * name that ends in one of them, and `unitAmoung`, which is the vendor's spelling.
 *
 * @param key - The name of the field, for instance `orderId` or `productIds`.
 */
export function isLongField(key: string): boolean {
  return longNames.has(key) || longEndings.test(key);
}
