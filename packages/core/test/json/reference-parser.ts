/**
 * A second JSON reader, slow and by the book, to compare the real one with. It reads valid texts only:
 * each value anew from its characters, so that nothing can be put in a wrong place.
 */
export function referenceParse(
  text: string,
  isLong: (key: string) => boolean = () => false,
): unknown {
  let at = 0;

  function skip(): void {
    while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1;
  }

  function string(): string {
    const match = /"(?:[^"\\]|\\.)*"/suy;
    match.lastIndex = at;
    const [token = ''] = match.exec(text) ?? [];
    at += token.length;
    return JSON.parse(token) as string;
  }

  function array(long: boolean): unknown[] {
    const items: unknown[] = [];
    at += 1;
    for (skip(); text[at] !== ']'; skip()) {
      if (text[at] === ',') at += 1;
      // A list in a list is not directly under the key any more.
      items.push(value(long, false));
    }
    at += 1;
    return items;
  }

  function object(): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    at += 1;
    for (skip(); text[at] !== '}'; skip()) {
      if (text[at] === ',') at += 1;
      skip();
      const key = string();
      skip();
      at += 1;
      const member = value(isLong(key), true);
      Object.defineProperty(result, key, {
        value: member,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
    at += 1;
    return result;
  }

  function value(long: boolean, isMember: boolean): unknown {
    skip();
    if (text[at] === '"') return string();
    if (text[at] === '{') return object();
    if (text[at] === '[') return array(isMember && long);
    const match = /[^\s,\]}]+/y;
    match.lastIndex = at;
    const [token = ''] = match.exec(text) ?? [];
    at += token.length;
    if (token === 'true') return true;
    if (token === 'false') return false;
    return token === 'null' ? null : number(token, long);
  }

  return value(false, false);
}

function number(token: string, long: boolean): bigint | number {
  const double = Number(token);
  const exact = exactFraction(token);
  const isInteger = exact.numerator % exact.denominator === 0n;
  if (!isInteger || !Number.isFinite(double)) {
    return Number.isFinite(double) || /[.e]/i.test(token) ? double : BigInt(token);
  }
  const integer = exact.numerator / exact.denominator;
  if (long) return integer;
  if (Number.isSafeInteger(double)) return double;
  if (!/[.e]/i.test(token)) return integer;
  const shown = exactFraction(String(double));
  return integer === shown.numerator / shown.denominator ? double : integer;
}

function exactFraction(token: string): { numerator: bigint; denominator: bigint } {
  const [mantissa = '', exponent = '0'] = token.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const power = Number(exponent) - fraction.length;
  if (Math.abs(power) > 2000) return { numerator: 1n, denominator: 2n };
  const digits = BigInt(whole + fraction);
  return power < 0
    ? { numerator: digits, denominator: 10n ** BigInt(-power) }
    : { numerator: digits * 10n ** BigInt(power), denominator: 1n };
}

/** A text that differs whenever two values differ in type, key, order of items, or sign of a zero. */
export function show(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(show).join()}]`;
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${show(member)}`,
  );
  return `{${members.join()}}`;
}
