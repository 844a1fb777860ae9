import type { Prefix } from './scope.ts';
import type { InternedName } from './xml-name.ts';

/** A name as it is written, with or without a prefix. What it means depends on the place. */
export class WrittenName {
  /** Where it was seen first, to compare others with. */
  readonly start: number;
  /** In bytes. */
  readonly length: number;
  readonly prefix: Prefix;
  /** What it means where it has no prefix and there is no default namespace. */
  readonly plain: InternedName;
  /** What it meant last as the name of an element, or of an attribute with a prefix. */
  meaning: InternedName;
  /** The prefix that an attribute of this name declares: `xmlns`, `xmlns:p`. */
  readonly declares: Prefix | undefined;
  /** The value that an attribute of this name had last, and where: it is often the same again. */
  valueStart = 0;
  valueEnd = 0;
  value = '';

  constructor(
    start: number,
    length: number,
    prefix: Prefix,
    plain: InternedName,
    declares: Prefix | undefined,
  ) {
    this.start = start;
    this.length = length;
    this.prefix = prefix;
    this.plain = plain;
    this.meaning = plain;
    this.declares = declares;
  }
}
