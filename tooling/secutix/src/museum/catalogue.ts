import type { Translated } from '../translation.ts';

/*
 * An invented museum, for emulators. The names of the fields are those that public clients read from
 * the vendor's answers; the values are ours. Ids lie on both sides of 2^53, amounts are thousandths.
 */

/** What a ticket costs for one kind of visitor. */
export interface Price {
  readonly seatCatId?: bigint;
  readonly audSubCatId: bigint;
  readonly priceLevelId: bigint;
  /** In thousandths of the currency. */
  readonly amount: bigint;
}

/** A dated admission. */
export interface Performance {
  readonly id: bigint;
  readonly state: 'RUNNING';
  readonly start: string;
  /** In minutes. */
  readonly duration: number;
  readonly seatCategories: ReadonlyArray<{
    readonly id: bigint;
    readonly code: string;
    readonly externalName: Translated;
  }>;
  readonly prices: readonly Price[];
}

/** Something that the museum sells. */
export interface Product {
  readonly id: bigint;
  readonly code: string;
  readonly productFamilyType: 'SINGLE_ENTRY' | 'PASS' | 'SERVICE' | 'GOODS';
  readonly state: 'RUNNING';
  readonly vatCodeId: bigint;
  readonly externalName: Translated;
  /** What is sold with a date. */
  readonly event?: { readonly performances: readonly Performance[] };
  /** What is sold without a date. */
  readonly prices?: readonly Price[];
}

/** A season of the museum. */
export interface Season {
  readonly id: bigint;
  readonly code: string;
  readonly state: 'RUNNING' | 'PREPARING';
  readonly start: string;
  readonly end: string;
  readonly externalName: Translated;
  readonly products: readonly Product[];
}

const text = (fr: string, de: string, en: string): Translated => ({
  translations: [
    { locale: 'fr', value: fr },
    { locale: 'de', value: de },
    { locale: 'en', value: en },
  ],
});

/** The kinds of visitors. */
export const audienceSubCategories = [
  { id: 306159078n, code: 'FULL', externalName: text('Plein tarif', 'Erwachsene', 'Full price') },
  { id: 306159081n, code: 'REDUCED', externalName: text('Tarif réduit', 'Ermäßigt', 'Reduced') },
  { id: 306159084n, code: 'FREE', externalName: text('Gratuit', 'Frei', 'Free of charge') },
].map((audience) => ({
  ...audience,
  audienceCategoryKind: audience.code,
  requiredAudienceSubCategoryIds: [],
  crossSeatCategory: false,
}));

/** The levels that prices are set for. */
export const priceLevels = [
  { id: 4_611_686_018_427_387_905n, code: 'STANDARD', mainCategory: 'OCCASIONAL' },
] as const;

/** Value-added taxes. A rate of 2100 is 2.1 %. */
export const vatCodes = [
  { id: 2101n, code: 'REDUCED', currentRate: 2600, country: 'CH' },
  { id: 2102n, code: 'STANDARD', currentRate: 8100, country: 'CH' },
] as const;

/** The point of sale through which a partner sells. */
export const pointOfSale = {
  posId: 10_228_505_161_000n,
  currencyCode: 'CHF',
  organizationTimeZone: 'Europe/Zurich',
  paymentMethods: [
    {
      id: 9_007_199_254_741_013n,
      code: 'INVOICE',
      externalName: text('Facture', 'Rechnung', 'Invoice'),
    },
  ],
  languageList: ['fr', 'de', 'en'],
  mainLanguage: 'fr',
} as const;

/** The currency that amounts are in. */
export const currency = {
  currencyCode: pointOfSale.currencyCode,
  fractionDigit: 2,
  minAmount: 50n,
  symbol: 'CHF',
} as const;

const seat = { id: 466_681_816n, code: 'FREE', externalName: text('Libre', 'Frei', 'Unreserved') };

/** A price for every kind of visitor: the full one, two thirds of it, and none. */
function pricesOf(fullAmount: bigint, seatCatId?: bigint): readonly Price[] {
  const amounts = [fullAmount, (fullAmount * 2n) / 3n, 0n];
  return audienceSubCategories.map((audience, index) => ({
    ...(seatCatId === undefined ? {} : { seatCatId }),
    audSubCatId: audience.id,
    priceLevelId: priceLevels[0].id,
    amount: amounts[index] ?? 0n,
  }));
}

function daily(days: number, firstId: bigint, firstDay: string, amount: bigint): Performance[] {
  const firstMs = Date.parse(`${firstDay}T10:00:00.000Z`);
  return Array.from({ length: days }, (_, day) => ({
    id: firstId + BigInt(day),
    state: 'RUNNING',
    // The vendor writes the offset as +00:00, never as Z.
    start: new Date(firstMs + day * 86_400_000).toISOString().replace('Z', '+00:00'),
    duration: 90,
    seatCategories: [seat],
    prices: pricesOf(amount, seat.id),
  }));
}

function admission(
  id: bigint,
  code: string,
  externalName: Translated,
  performances: Performance[],
): Product {
  const event = { performances };
  return { ...always, id, code, productFamilyType: 'SINGLE_ENTRY', externalName, event };
}

const always = { state: 'RUNNING', vatCodeId: vatCodes[0].id } as const;

const collection = admission(
  10_228_310_724_422n,
  'COLLECTION',
  text('Collection permanente', 'Sammlung', 'Permanent collection'),
  daily(31, 101_036_924_388n, '2026-07-01', 15_000n),
);
const exhibition = admission(
  9_007_199_254_740_993n,
  'LIGHT',
  text('Ombre et lumière', 'Licht und Schatten', 'Light and shadow'),
  daily(62, 9_007_199_254_750_001n, '2026-07-01', 22_500n),
);
const night = admission(
  9_007_199_254_740_995n,
  'NIGHT',
  text('La nuit des musées', 'Museumsnacht', 'Night at the museum'),
  daily(1, 9_007_199_254_760_001n, '2026-11-07', 30_000n),
);

const undated: readonly Product[] = [
  {
    ...always,
    id: 9_223_372_036_854_775_807n,
    code: 'YEAR',
    productFamilyType: 'PASS',
    externalName: text('Carte annuelle', 'Jahreskarte', 'Annual pass'),
    prices: pricesOf(90_000n),
  },
  {
    ...always,
    id: 10_228_310_724_431n,
    code: 'AUDIO',
    productFamilyType: 'SERVICE',
    externalName: text('Audioguide', 'Audioguide', 'Audio guide'),
    prices: pricesOf(6_000n),
  },
  {
    ...always,
    id: 10_228_310_724_437n,
    code: 'BOOK',
    productFamilyType: 'GOODS',
    externalName: text('Catalogue d’exposition', 'Ausstellungskatalog', 'Exhibition catalogue'),
    prices: pricesOf(45_000n),
  },
];

/**
 * The museum's seasons. The permanent collection stands in both, since the same product can occur in
 * two overlapping seasons.
 */
export const seasons: readonly Season[] = [
  {
    id: 9_007_199_254_740_997n,
    code: '2026',
    state: 'RUNNING',
    start: '2026-01-01T00:00:00.000+00:00',
    end: '2026-12-31T23:59:59.000+00:00',
    externalName: text('Saison 2026', 'Saison 2026', 'Season 2026'),
    products: [collection, exhibition, night, ...undated],
  },
  {
    id: 9_007_199_254_740_999n,
    code: '2027',
    state: 'PREPARING',
    start: '2026-12-01T00:00:00.000+00:00',
    end: '2027-12-31T23:59:59.000+00:00',
    externalName: text('Saison 2027', 'Saison 2027', 'Season 2027'),
    products: [collection],
  },
];

/** How many tickets there are at first: few for the night, so that it can be sold out. */
export function initialStock(product: Product): number {
  return product.code === night.code ? 12 : 400;
}
