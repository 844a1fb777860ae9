// What the loops ask about each byte, as tables, because one load is quicker than comparisons. A
// document ends with a zero byte (see `XmlReader`); its kind is 0 everywhere, so that all loops stop.

const space = 0x20;
const carriageReturn = 0x0d;
const firstNonAscii = 0x80;

/** Neither white space nor outside ASCII. */
export const other = 1;
/** Part of a character outside ASCII. */
export const nonAscii = 2;
/** A space. */
const plainSpace = 4;
/** A tab or line feed. */
const tabOrLineFeed = 8;
/** A carriage return, which is read as a line feed, alone or with the one after it. */
export const carriage = 16;
/** What is read as a space in the value of an attribute. */
export const notPlainSpace = tabOrLineFeed | carriage;
/** White space. */
export const anySpace = plainSpace | notPlainSpace;

/** A kind for each byte, 0 for control characters (XML 1.0, 2.2) and for those in `stops`. */
function kindsExcept(stops: string): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    const character = String.fromCharCode(byte);
    if (stops.includes(character)) return 0;
    if (byte >= firstNonAscii) return nonAscii;
    if (byte === space) return plainSpace;
    if (byte === carriageReturn) return carriage;
    if ('\t\n'.includes(character)) return tabOrLineFeed;
    return byte > space ? other : 0;
  });
}

/** The kinds of what may stand in text (XML 1.0, 2.4). */
export const textKinds = kindsExcept('<&]');

/** The kinds of what may stand in a CDATA section (XML 1.0, 2.7). */
export const sectionKinds = kindsExcept(']');

/** The kinds of what may stand in a comment (XML 1.0, 2.5). */
export const commentKinds = kindsExcept('-');

/** The kinds of what may stand in the value of an attribute, which either quote may end. */
export const valueKinds = kindsExcept('<&"\'');

/** 1 for what a name is made of. Whether it is a name is looked at when it is seen first. */
export const nameBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= firstNonAscii || /[\w.:-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** 1 for white space (XML 1.0, 2.3). */
export const spaceBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
  ' \t\r\n'.includes(String.fromCharCode(byte)) ? 1 : 0,
);
