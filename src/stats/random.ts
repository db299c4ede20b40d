import { createHash } from 'node:crypto';

/** A stream of pseudo-random numbers: the same label gives the same numbers, on every machine. */
export interface Random {
  /** Uniform in [0, 1), in steps of 2^-32. */
  next(): number;
  /** Uniform whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** True with the given probability (0–1). */
  chance(probability: number): boolean;
  /** One of the items, each as likely. @throws RangeError for an empty list. */
  pick<T>(items: readonly T[]): T;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
}

/**
 * sfc32 by Chris Doty-Humphrey (PractRand), seeded with SHA-256 of the label: labels that differ in one character give
 * streams that have nothing to do with each other, so a stream can be had for every worker, user and purpose.
 */
export function createRandom(label: string): Random {
  const digest = createHash('sha256').update(label).digest();
  let [a, b, c, counter] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), 1];

  function bits(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }

  const next = (): number => bits() / 4_294_967_296;
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('cannot pick from an empty list');
      return items[integer(0, items.length - 1)] as (typeof items)[number];
    },
    hex: (digits) => {
      let text = '';
      while (text.length < digits) text += bits().toString(16).padStart(8, '0');
      return text.slice(0, digits);
    },
  };
}
