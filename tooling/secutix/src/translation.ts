/** A text in one language. */
export interface Translation {
  /** A language tag, for instance `fr` or `de_CH`. */
  readonly locale: string;
  /** The text. */
  readonly value: string;
}

/** A multilingual value, as the catalogue's methods return it (SecuTix REST 5.5). */
export interface Translated {
  readonly translations: readonly Translation[];
}

/**
 * Picks the text for a reader, by RFC 4647 lookup: `fr-CH` takes `fr-CH`, else `fr`. Letters' case
 * does not matter and `_` counts as `-`. Each wanted language is tried in turn; then a text of the
 * same language from another region; then the first text there is, since a text in a wrong language
 * is of more use than none.
 *
 * @param value - The multilingual value.
 * @param locale - The language wanted most.
 * @param fallbacks - Other languages, the better first.
 * @returns The text, or `undefined` when the value has none.
 *
 * @example
 * ```ts
 * translate(product.externalName, 'fr-CH', 'en'); // 'Collection permanente'
 * ```
 */
export function translate(
  value: Translated | null | undefined,
  locale: string,
  ...fallbacks: readonly string[]
): string | undefined {
  const translations = value?.translations ?? [];
  const wanted = [locale, ...fallbacks].map(normalized);
  const find = (matches: (tag: string) => boolean) =>
    translations.find((translation) => matches(normalized(translation.locale)));

  for (const tag of wanted.flatMap(lookupTags)) {
    const exact = find((candidate) => candidate === tag);
    if (exact !== undefined) return exact.value;
  }
  for (const language of wanted.map(languageOf)) {
    const regional = find((candidate) => languageOf(candidate) === language);
    if (regional !== undefined) return regional.value;
  }
  return translations[0]?.value;
}

function normalized(tag: string): string {
  return tag.replaceAll('_', '-').toLowerCase();
}

function languageOf(tag: string): string {
  return tag.split('-', 1).join('');
}

/** The tags that a lookup tries: subtags are cut off from the end (RFC 4647, section 3.4). */
function lookupTags(tag: string): string[] {
  const subtags = tag.split('-');
  return subtags
    .map((_, index) => subtags.slice(0, subtags.length - index))
    .filter((kept) => kept.at(-1)?.length !== 1)
    .map((kept) => kept.join('-'));
}
