import type { CallContext } from './call-context.ts';
import { translate } from '../translation.ts';
import { refused, type MethodResult } from './method-result.ts';
import { MalformedRequest, countOf, longOf, objectsOf, type CallParameters } from './parameters.ts';
import type { Item, Stock } from './stock.ts';

/** So many of one item, at the price of one kind of visitor. */
export interface OrderLine {
  readonly item: Item;
  readonly audienceSubCategoryId: bigint;
  readonly quantity: number;
  /** In thousandths of the currency. */
  readonly unitPrice: bigint;
}

/** The lines that a request asks for, or the refusal if it asks for what there is not. */
export function readLines(
  parameters: CallParameters,
  stock: Stock,
): readonly OrderLine[] | MethodResult {
  const simple = objectsOf(parameters, 'simpleProductOperations').map((operation) =>
    readLine(operation, 'itemId', stock),
  );
  const dated = objectsOf(parameters, 'singleEntryAttributionOperations')
    .flatMap((operation) => objectsOf(operation, 'operationAttributions'))
    .map((attribution) => readLine(attribution, 'performanceId', stock));
  const lines = [...simple, ...dated];
  const known = lines.filter((line) => line !== undefined);
  if (known.length < lines.length) {
    return refused('error.order.item', 'An item or its price does not exist.');
  }
  return known;
}

function readLine(
  operation: CallParameters,
  idName: 'itemId' | 'performanceId',
  stock: Stock,
): OrderLine | undefined {
  const quantity = countOf(operation, 'quantity') ?? 0;
  if (quantity === 0) throw new MalformedRequest('`quantity` is not a positive integer.');
  const item = stock.find(longOf(operation, idName));
  const audienceSubCategoryId = longOf(operation, 'audienceSubCategoryId');
  const price = item?.prices.find(({ audSubCatId }) => audSubCatId === audienceSubCategoryId);
  if (item === undefined || price === undefined) return undefined;
  return { item, audienceSubCategoryId: price.audSubCatId, quantity, unitPrice: price.amount };
}

/** Whether there is enough of everything, taking several lines of one item together. */
export function isAvailable(lines: readonly OrderLine[]): boolean {
  const wanted = new Map<Item, number>();
  for (const { item, quantity } of lines) wanted.set(item, (wanted.get(item) ?? 0) + quantity);
  return [...wanted].every(([item, quantity]) => quantity <= item.left);
}

/** A line as the vendor returns it: an action's texts are in one language (SecuTix REST 5.5). */
export function describeLine(
  line: OrderLine,
  index: number,
  ids: { readonly orderId: bigint; readonly fileId: bigint },
  { languages }: CallContext,
): object {
  const { item, audienceSubCategoryId, quantity, unitPrice } = line;
  return {
    operationId: ids.orderId + 1_000n + BigInt(index),
    fileId: ids.fileId,
    itemId: item.id,
    productId: item.product.id,
    productCode: item.product.code,
    productFamilyType: item.product.productFamilyType,
    product: translate(item.product.externalName, ...languages),
    audienceSubCategoryId,
    quantity,
    unitPrice,
    totalAmount: unitPrice * BigInt(quantity),
  };
}
