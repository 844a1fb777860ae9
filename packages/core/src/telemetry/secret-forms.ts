/**
 * The forms in which a secret may turn up in a text: as it is, and as the usual encodings write it.
 * In base64 a secret looks different depending on what stands before it (`user:` in Basic
 * credentials), so each of the three alignments is a form.
 *
 * @returns The forms without duplicates, the secret itself first.
 */
export function secretForms(secret: string): readonly string[] {
  const forms = new Set([
    secret,
    ...percentForms(secret),
    ...jsonForms(secret),
    ...xmlForms(secret),
    ...hexForms(secret),
    ...base64Forms(secret),
  ]);
  forms.delete('');
  return [...forms];
}

/** RFC 3986 percent-encoding, strict and as `encodeURIComponent` does it, and as an HTML form. */
function percentForms(secret: string): string[] {
  const wellFormed = secret.replaceAll(/\p{Surrogate}/gu, '\ufffd');
  const lenient = encodeURIComponent(wellFormed);
  const strict = lenient.replaceAll(/[!'()*]/g, (character) => `%${hexOf(character)}`);
  const form = new URLSearchParams([['', wellFormed]]).toString().slice(1);
  const upper = [lenient, strict, form];
  const lower = upper.map((text) =>
    text.replaceAll(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase()),
  );
  return [...upper, ...lower];
}

/** JSON (RFC 8259) with few escapes and with many, JSON within JSON, and JavaScript's own quotes. */
function jsonForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const slashes = json.replaceAll('/', '\\/');
  const htmlSafe = escapeAs16Bit(json, /[<>&']/g);
  const ascii = escapeAs16Bit(htmlSafe, /[\u0080-\uffff]/g);
  const twice = JSON.stringify(json).slice(1, -1);
  const singleQuoted = json.replaceAll('\\"', '"').replaceAll("'", "\\'");
  return [json, slashes, htmlSafe, ascii, ascii.toUpperCase(), twice, singleQuoted];
}

function escapeAs16Bit(text: string, characters: RegExp): string {
  return text.replaceAll(
    characters,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** XML 1.0 section 4.6: the predefined entities, of which a writer may leave quotes and `>` alone. */
function xmlForms(secret: string): string[] {
  const text = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const content = text.replaceAll('>', '&gt;');
  const named = content.replaceAll('"', '&quot;').replaceAll("'", '&apos;');
  const numbered = content.replaceAll('"', '&#34;').replaceAll("'", '&#39;');
  const attribute = content.replaceAll('"', '&quot;');
  const html = attribute.replaceAll("'", '&#39;');
  return [text, content, named, numbered, attribute, html];
}

/** Hexadecimal, also with a space between bytes, as Node prints a Buffer. */
function hexForms(secret: string): string[] {
  const hex = hexOf(secret);
  const spaced = hex.replaceAll(/(..)(?=.)/g, '$1 ');
  return [hex, hex.toLowerCase(), spaced.toLowerCase()];
}

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex').toUpperCase();
}

/** A shorter piece of base64 would be found in innocent texts. */
const shortestBase64Core = 8;

function base64Forms(secret: string): string[] {
  const whole = Buffer.from(secret).toString('base64');
  const cores = [0, 1, 2]
    .map((shift) => base64Core(secret, shift))
    .filter((core) => core.length >= shortestBase64Core);
  const standard = [whole, whole.replaceAll('=', ''), ...cores];
  const urlSafe = standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [...standard, ...urlSafe];
}

/** The characters that depend on nothing but the secret when `shift` bytes stand before it. */
function base64Core(secret: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const first = Math.ceil((shift * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(first, end);
}
