import type { BuiltinType, TypeReference } from '../wsdl/model.ts';

/** Whether a value comes from the vendor or goes there. */
export type Direction = 'received' | 'sent';

/** A TypeScript type, as the union of its alternatives. */
export type Union = readonly Expression[];

/** One alternative of a type. A reference is written as the name of a declaration. */
export type Expression =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly type: TypeReference }
  | { readonly kind: 'array'; readonly items: Union; readonly direction: Direction }
  | { readonly kind: 'record'; readonly values: Union; readonly direction: Direction }
  | { readonly kind: 'map'; readonly keys: Union; readonly values: Union };

/** What is written for a builtin type: what the client gives, and all that it takes. */
const builtins: Readonly<Record<BuiltinType, Readonly<Record<Direction, string>>>> = {
  anyType: { received: 'unknown', sent: 'bigint | boolean | Date | number | string' },
  string: { received: 'string', sent: 'string' },
  boolean: { received: 'boolean', sent: 'boolean' },
  byte: { received: 'number', sent: 'bigint | number' },
  short: { received: 'number', sent: 'bigint | number' },
  int: { received: 'number', sent: 'bigint | number' },
  unsignedByte: { received: 'number', sent: 'bigint | number' },
  unsignedShort: { received: 'number', sent: 'bigint | number' },
  unsignedInt: { received: 'number', sent: 'bigint | number' },
  long: { received: 'bigint', sent: 'bigint | number | string' },
  unsignedLong: { received: 'bigint', sent: 'bigint | number | string' },
  integer: { received: 'bigint', sent: 'bigint | number | string' },
  nonNegativeInteger: { received: 'bigint', sent: 'bigint | number | string' },
  positiveInteger: { received: 'bigint', sent: 'bigint | number | string' },
  nonPositiveInteger: { received: 'bigint', sent: 'bigint | number | string' },
  negativeInteger: { received: 'bigint', sent: 'bigint | number | string' },
  decimal: { received: 'string', sent: 'bigint | number | string' },
  float: { received: 'number', sent: 'number' },
  double: { received: 'number', sent: 'number' },
  dateTime: { received: 'Date | string', sent: 'Date | string' },
  date: { received: 'Date | string', sent: 'Date | string' },
  time: { received: 'string', sent: 'string' },
  base64Binary: { received: 'Buffer', sent: 'Uint8Array' },
  hexBinary: { received: 'Buffer', sent: 'Uint8Array' },
  QName: { received: 'string', sent: 'string' },
};

/** A type that needs no declaration, written out. */
export function textUnion(...texts: readonly string[]): Union {
  return texts.map((text) => ({ kind: 'text', text }));
}

/** What is written for a builtin type (XML Schema 2, 3). */
export function builtinUnion(builtin: BuiltinType, direction: Direction): Union {
  return textUnion(...builtins[builtin][direction].split(' | '));
}

/** The union with `null`. */
export function withNull(union: Union): Union {
  return [...union, ...textUnion('null')];
}

/** The types that an expression refers to, however deep. */
export function referencesIn(union: Union): TypeReference[] {
  return union.flatMap((expression) => {
    switch (expression.kind) {
      case 'text':
        return [];
      case 'reference':
        return [expression.type];
      case 'array':
        return referencesIn(expression.items);
      case 'record':
        return referencesIn(expression.values);
      case 'map':
        break;
    }
    return [...referencesIn(expression.keys), ...referencesIn(expression.values)];
  });
}
