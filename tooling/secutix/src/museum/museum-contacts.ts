/** A visitor that the museum knows. */
export interface MuseumContact {
  readonly contactId: bigint;
  /** The number that a contact is asked for by. The vendor's examples write it as a text. */
  readonly contactNumber: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly language: 'fr' | 'de' | 'en';
  readonly email: string;
  readonly birthDate: string;
  readonly address: {
    readonly addressId: bigint;
    readonly line1: string;
    readonly zipCode: string;
    readonly town: string;
    readonly countryCode: string;
  };
  /** What the visitor owes or is owed, in thousandths of the currency. */
  readonly balanceAmount: bigint;
}

const firstNames = [
  'Zoé',
  'Émile',
  'Anna',
  'Luca',
  'Maud',
  'Jürg',
  'Inès',
  'Noah',
  'Claire',
  'Beat',
];
const lastNames = ['Rochat', 'Müller', 'Favre', "O'Neill", 'Keller', 'Bianchi', 'Dupont', 'Šimić'];
const towns = [
  { zipCode: '1003', town: 'Lausanne' },
  { zipCode: '1201', town: 'Genève' },
  { zipCode: '3011', town: 'Bern' },
  { zipCode: '8001', town: 'Zürich' },
] as const;
const languages = ['fr', 'de', 'en'] as const;

/** The number of the first contact. */
const firstNumber = 301;
/** The first id: 2^53 + 1, the smallest that a floating-point number cannot hold. */
const firstId = 9_007_199_254_740_993n;

/**
 * Makes the museum's contacts, the same ones each time. The numbers run from 301 on, so that the
 * contact 333 of the vendor's examples is among them.
 *
 * @param count - How many.
 */
export function museumContacts(count: number): MuseumContact[] {
  return Array.from({ length: count }, (_, index) => contactAt(index));
}

function contactAt(index: number): MuseumContact {
  const firstName = pick(firstNames, index);
  const lastName = pick(lastNames, Math.floor(index / firstNames.length));
  const contactNumber = String(firstNumber + index);
  return {
    // Odd, so that none of them survives a detour through a floating-point number.
    contactId: firstId + BigInt(index) * 2n,
    contactNumber,
    firstName,
    lastName,
    language: pick(languages, index),
    email: `visitor.${contactNumber}@example.org`,
    birthDate: `${1950 + (index % 55)}-0${1 + (index % 9)}-15`,
    address: {
      addressId: firstId + 1_000_000n + BigInt(index) * 2n,
      line1: `Rue du Musée ${1 + (index % 40)}`,
      ...pick(towns, index),
      countryCode: 'CH',
    },
    balanceAmount: BigInt((index % 7) * 2_500 - 5_000),
  };
}

function pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}
