import { randomUUID } from 'node:crypto';
import { currency, pointOfSale } from './catalogue.ts';
import type { CallContext } from './call-context.ts';
import { unknownContact, type Contacts } from './contacts.ts';
import {
  refused,
  type MethodHandler,
  type MethodResult,
  type MethodTable,
} from './method-result.ts';
import { describeLine, isAvailable, readLines, type OrderLine } from './order-lines.ts';
import { longOf, objectOf, textOf, type CallParameters } from './parameters.ts';
import type { Stock } from './stock.ts';

/** An order that the emulator holds. */
export interface EmulatedOrder {
  readonly orderId: bigint;
  readonly orderSecretId: string;
  readonly fileId: bigint;
  readonly contactReference: string;
  readonly createdAtMs: number;
  readonly externalReferences: Array<{ key: string; value: string }>;
  orderState: 'PENDING' | 'COMPLETE';
  lines: readonly OrderLine[];
}

/** 2^53 + 1: an id that a client with floating-point numbers loses. */
const firstOrderId = 9_007_199_254_740_993n;

/** The orders of the museum, and the methods that make, close and show them. */
export class Orders {
  readonly #stock: Stock;
  readonly #contacts: Contacts;
  readonly #orders: EmulatedOrder[] = [];

  constructor(stock: Stock, contacts: Contacts) {
    this.#stock = stock;
    this.#contacts = contacts;
  }

  /** All orders, the oldest first. */
  get all(): readonly EmulatedOrder[] {
    return this.#orders;
  }

  /** The methods of `externalOrderFacade` and `externalOrderService`. */
  get methods(): MethodTable {
    const withOrder =
      (show: (order: EmulatedOrder, context: CallContext) => object): MethodHandler =>
      (parameters, context) => {
        const order = this.#find(parameters);
        return order === undefined ? unknownOrder() : { ...show(order, context) };
      };
    return {
      'externalOrderFacade.createOrUpdateOrder': (parameters, context) =>
        this.#createOrUpdate(parameters, context),
      'externalOrderService.closeOrder': withOrder(close),
      'externalOrderService.getOrderDetails': withOrder((order, context) => ({
        orderDetailsData: details(order, context),
      })),
      'externalOrderService.getFileDetails': withOrder(file),
      'externalOrderService.getFileDetailsFromOrderSecretId': withOrder(file),
      'externalOrderService.updateExternalReferences': (parameters) => this.#refer(parameters),
      'externalOrderService.getExternalReference': withOrder((order) => ({
        externalReferences: { id: order.orderId, externalReferences: order.externalReferences },
      })),
    };
  }

  #find(parameters: CallParameters): EmulatedOrder | undefined {
    const orderId = longOf(parameters, 'orderId') ?? longOf(parameters, 'id');
    const fileId = longOf(parameters, 'fileId');
    const secretId = textOf(parameters, 'orderSecretId');
    return this.#orders.find(
      (order) =>
        order.orderId === orderId || order.fileId === fileId || order.orderSecretId === secretId,
    );
  }

  #createOrUpdate(parameters: CallParameters, context: CallContext): MethodResult {
    const existing = this.#find({ orderId: parameters['orderId'] });
    const isUpdate = longOf(parameters, 'orderId') !== undefined;
    if (isUpdate && existing?.orderState !== 'PENDING') return unknownOrder();
    const posId = longOf(parameters, 'pointOfSalesId');
    if (posId !== pointOfSale.posId) {
      return refused('error.pointOfSales.unknown', 'There is no such point of sale.');
    }
    const contactReference = textOf(objectOf(parameters, 'purchasersInfo'), 'contactReference');
    if (contactReference === undefined || this.#contacts.find(contactReference) === undefined) {
      return unknownContact();
    }
    const lines = readLines(parameters, this.#stock);
    if ('statusCode' in lines) return lines;
    this.#move(existing?.lines ?? [], -1, context.nowMs);
    if (!isAvailable(lines)) {
      this.#move(existing?.lines ?? [], 1, context.nowMs);
      return notAvailable();
    }
    this.#move(lines, 1, context.nowMs);
    const order = existing ?? this.#add(contactReference, context.nowMs);
    order.lines = lines;
    return updated(order, context);
  }

  #add(contactReference: string, createdAtMs: number): EmulatedOrder {
    const order: EmulatedOrder = {
      orderId: firstOrderId + BigInt(this.#orders.length) * 1_000_000n,
      orderSecretId: randomUUID(),
      fileId: firstOrderId + BigInt(this.#orders.length) * 1_000_000n + 2n,
      contactReference,
      createdAtMs,
      externalReferences: [],
      orderState: 'PENDING',
      lines: [],
    };
    this.#orders.push(order);
    return order;
  }

  #move(lines: readonly OrderLine[], sign: 1 | -1, nowMs: number): void {
    for (const { item, quantity } of lines) this.#stock.take(item, sign * quantity, nowMs);
  }

  #refer(parameters: CallParameters): Readonly<Record<string, unknown>> {
    const order = this.#find(parameters);
    if (order === undefined) return unknownOrder();
    const reference = objectOf(parameters, 'externalReference');
    const key = textOf(reference, 'key') ?? '';
    const kept = order.externalReferences.filter((other) => other.key !== key);
    const added = { key, value: textOf(reference, 'value') ?? '' };
    order.externalReferences.splice(0, order.externalReferences.length, ...kept, added);
    return {};
  }
}

function close(order: EmulatedOrder, context: CallContext): object {
  order.orderState = 'COMPLETE';
  return { orderData: details(order, context) };
}

function updated(order: EmulatedOrder, context: CallContext): MethodResult {
  return {
    statusCode: 'success',
    expectedException: false,
    statusMessage: null,
    orderUpdateData: {
      orderId: order.orderId,
      orderSecretId: order.orderSecretId,
      orderState: order.orderState,
      catalogCurrency: currency,
      operationDataUpdates: operations(order, context),
      movementDataUpdates: order.lines.flatMap(({ quantity }, line) =>
        Array.from({ length: quantity }, (_, number) => ({
          movementId: order.orderId + 10_000n + BigInt(line * 1_000 + number),
          operationId: order.orderId + 1_000n + BigInt(line),
          type: 'SALE',
        })),
      ),
    },
  };
}

function operations(order: EmulatedOrder, context: CallContext): object[] {
  return order.lines.map((line, index) => describeLine(line, index, order, context));
}

function details(order: EmulatedOrder, context: CallContext): object {
  const total = order.lines.reduce((sum, line) => sum + line.unitPrice * BigInt(line.quantity), 0n);
  return {
    orderId: order.orderId,
    orderSecretId: order.orderSecretId,
    orderState: order.orderState,
    orderType: 'SALE',
    contactReference: order.contactReference,
    creationDateTime: new Date(order.createdAtMs).toISOString().replace('Z', '+00:00'),
    catalogCurrency: currency,
    saleAmount: total,
    operationDatas: operations(order, context),
  };
}

function file(order: EmulatedOrder, context: CallContext): object {
  return {
    fileDetailsData: { fileId: order.fileId, fileState: order.orderState, fileAttachments: [] },
    orderDetailsDatas: [details(order, context)],
  };
}

function unknownOrder(): MethodResult {
  return refused('error.order.unknown', 'There is no such order, or it can no longer be changed.');
}

function notAvailable(): MethodResult {
  return refused('error.order.availability', 'There is not enough of an item.', {
    expectedException: true,
    statusMessage: 'Sold out.',
  });
}
