import { performance } from 'node:perf_hooks';
import { CleanCopy } from './clean-copy.ts';
import { secretForms } from './secret-forms.ts';
import { SecretIndex } from './secret-index.ts';
import { soundsSecret } from './secret-names.ts';
import { redacted, redactPatterns } from './secret-patterns.ts';

/** A shorter secret would be found in innocent texts, so only a text that equals it is replaced. */
const shortestSearched = 4;

/** How long the event loop is held at a time. */
const sliceMs = 10;

/** A longer text within a value is cut, in characters. It takes a few milliseconds. */
const longestText = 100_000;

/** A longer JSON text is not searched at once, in characters. It takes about a millisecond. */
const longestSearched = 50_000;

/** What is looked at behind a cut at least, for secrets known by their look only, in characters. */
const shortestOverlap = 256;

/**
 * Takes secrets out of what a vendor said before it enters an error, a log or an event. It knows the
 * client's own secrets in all their usual encodings, and what secrets look like.
 *
 * Neither `util.inspect` nor JSON shows what it knows.
 *
 * @example
 * ```ts
 * const redactor = new Redactor([secret]);
 * redactor.text(`Invalid signature for ${secret}`); // 'Invalid signature for [redacted]'
 * ```
 */
export class Redactor {
  readonly #index = new SecretIndex();
  readonly #secrets = new Set<string>();
  #longestForm = 0;

  /** @param secrets - The texts that must appear nowhere. Empty ones are ignored. */
  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** Hides another secret from now on, for instance a token that was just received. */
  add(secret: string): void {
    if (secret === '' || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    if (secret.length < shortestSearched) return;
    for (const form of secretForms(secret)) {
      this.#index.add(form);
      this.#longestForm = Math.max(this.#longestForm, form.length);
    }
  }

  /** The text without secrets, in time proportional to its length. */
  text(value: string): string {
    if (this.#secrets.has(value)) return redacted;
    return redactPatterns(this.#index.replaceIn(value));
  }

  /**
   * The beginning of a text, without secrets. Of a text of megabytes no more is searched than what is
   * kept, and as much behind it as a secret takes that stands at the cut; near such a cut a few
   * hundred characters less may be kept.
   *
   * @param maxLength - How much is kept at most, in characters.
   */
  beginning(text: string, maxLength: number): string {
    const overlap = Math.max(this.#longestForm, shortestOverlap);
    if (text.length <= maxLength + overlap) return this.text(text).slice(0, maxLength);
    const cleaned = this.text(text.slice(0, maxLength + overlap));
    // What the cut left of a secret is not recognised, and must not move up into what is kept.
    const known = cleaned.endsWith(redacted) ? cleaned.length : cleaned.length - overlap;
    return cleaned.slice(0, Math.max(0, Math.min(maxLength, known)));
  }

  /**
   * A deep copy without secrets. Values whose name sounds secret are replaced whatever they are.
   * Numbers, bigints, dates and exact amounts stay what they are; cycles stay cycles; bytes are
   * replaced by their count, what lies more than 100 levels deep is left out, and of a text of more
   * than 100,000 characters the beginning is kept, with a mark that it was cut.
   */
  value<Value>(value: Value): Value {
    const copy = this.#startCopy(value);
    copy.run(() => false);
    return copy.result as Value;
  }

  /**
   * The same as {@link Redactor.value}, made in slices of about 10 ms, so that a value of any size does
   * not hold the event loop. A small value takes one slice. The value must not change meanwhile.
   *
   * @param pause - Resolves when others have had their turn. What it rejects with ends the work.
   */
  async valueInSlices<Value>(value: Value, pause: () => Promise<void>): Promise<Value> {
    const copy = this.#startCopy(value);
    let startMs = performance.now();
    while (!copy.run(() => performance.now() - startMs >= sliceMs)) {
      await pause();
      startMs = performance.now();
    }
    return copy.result as Value;
  }

  /**
   * The same for what was read from a JSON text. If a short text shows that there is nothing to hide,
   * which takes a fraction of the time, the value itself is returned.
   */
  async decodedInSlices<Value>(
    value: Value,
    json: string,
    pause: () => Promise<void>,
  ): Promise<Value> {
    if (json.length <= longestSearched && this.#isHarmless(json)) return value;
    return this.valueInSlices(value, pause);
  }

  #startCopy(value: unknown): CleanCopy {
    return new CleanCopy(value, {
      text: (text) => this.#boundedText(text),
      isSecret: (text) => this.#secrets.has(text),
      value: (inner) => this.value(inner),
    });
  }

  #boundedText(text: string): string {
    if (text.length <= longestText) return this.text(text);
    return `${this.beginning(text, longestText)} [cut: ${text.length} characters]`;
  }

  #isHarmless(json: string): boolean {
    // Such escapes may spell a secret in a way that a search of the text does not see.
    if (/\\[u/bf]/.test(json) || this.text(json) !== json) return false;
    const names = new Set<string>();
    for (const [, name = '', colon] of json.matchAll(jsonString)) if (colon) names.add(name);
    return ![...names].some(soundsSecret);
  }
}

/** A string of a JSON text; with a colon, it is the name of a member. */
const jsonString = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?/g;
