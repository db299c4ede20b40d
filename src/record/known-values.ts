/** From this length on, a value is looked for inside texts; a shorter one would be found by chance. */
const MIN_INSIDE = 6;

/** Shorter values are no secrets worth the name: `1`, `on`. */
const MIN_WHOLE = 4;

/** Not secrets, whatever they stand under. */
const COMMON = new Set(['true', 'false', 'null', 'none', 'undefined']);

/**
 * A set of texts that finds its members inside others, in one pass whose cost does not grow with the number of members.
 * Members of 4 and 5 characters are found only as whole texts.
 */
export class KnownValues {
  readonly #values = new Set<string>();
  /** The first characters of members → the lengths of those members, the longest first. Tokens often begin alike. */
  readonly #lengths = new Map<string, number[]>();
  /** By UTF-16 code unit: whether a member begins with it. Most places of a text are passed with this alone. */
  readonly #begins = new Uint8Array(65_536);

  /** How many members there are. */
  get size(): number {
    return this.#values.size;
  }

  /** @returns whether the value was taken up: it is new, and long enough to be looked for. */
  add(value: string): boolean {
    if (value.length < MIN_WHOLE || COMMON.has(value.toLowerCase()) || this.#values.has(value)) return false;
    this.#values.add(value);
    if (value.length >= MIN_INSIDE) this.#indexByBeginning(value);
    return true;
  }

  /** Whether a whole text is a member. */
  has(text: string): boolean {
    return this.#values.has(text);
  }

  /** The length of the longest member that a text holds at an offset; 0 if there is none. */
  lengthAt(text: string, offset: number): number {
    if (this.#begins[text.charCodeAt(offset)] !== 1) return 0;
    const lengths = this.#lengths.get(text.slice(offset, offset + MIN_INSIDE)) ?? [];
    return lengths.find((length) => this.#values.has(text.slice(offset, offset + length))) ?? 0;
  }

  #indexByBeginning(value: string): void {
    const beginning = value.slice(0, MIN_INSIDE);
    const lengths = this.#lengths.get(beginning) ?? [];
    if (!lengths.includes(value.length)) lengths.push(value.length);
    this.#lengths.set(
      beginning,
      lengths.toSorted((a, b) => b - a),
    );
    this.#begins[value.charCodeAt(0)] = 1;
  }
}
