import type { Random } from './random.ts';
import { doubledRanks, signedRankTail } from './signed-rank.ts';

/** Up to this many pairs all signs are gone through, 65,536 at most; beyond, they are drawn. */
const MOST_ENUMERATED = 16;
const DEFAULT_DRAWS = 20_000;

/** What is tested at the same time. */
export interface SignFlipFamily {
  /** One per endpoint and metric: the differences of all pairs in the same order; undefined where a pair has none. */
  readonly columns: readonly (readonly (number | undefined)[])[];
  /** Draws the signs for more than 16 pairs. */
  readonly random: Random;
  /** How many signs are drawn for more than 16 pairs, default 20,000. */
  readonly draws?: number;
}

/** The joint answer. */
export interface JointTest {
  /** Per column, the chance that any column of the family shows as much as this one does upwards, were nothing true. */
  readonly pGreater: readonly number[];
  readonly pLess: readonly number[];
  /**
   * At which level each column has to be tested, so that the chance of any false finding in one direction is at most `alpha`.
   * Between Bonferroni's and `alpha`; 0 where so few pairs can show nothing.
   */
  levelFor(alpha: number): number;
}

/**
 * Tests many endpoints and metrics of the same pairs at once (P. H. Westfall and S. S. Young, Resampling-Based Multiple
 * Testing, 1993: single-step min-P). Were nothing different, the two sides of a pair could be swapped: the sign of all its
 * differences together. Over all such signs, the smallest exact signed-rank p-value of the family is compared with that
 * seen, so that what moves together counts once and not many times. Exact up to 16 pairs, seeded draws beyond.
 */
export function jointSignFlips(family: SignFlipFamily): JointTest {
  const pairs = Math.max(0, ...family.columns.map((column) => column.length));
  const columns = family.columns.map((column) =>
    columnOf(Array.from({ length: pairs }, (_, pair) => column[pair] ?? 0)),
  );
  const draws = family.draws ?? DEFAULT_DRAWS;
  const isExact = pairs <= MOST_ENUMERATED;
  const smallest = isExact ? allSigns(columns, pairs) : drawnSigns(columns, pairs, draws, family.random);
  smallest.sort();
  // The signs seen are one of the possible; where signs are drawn, they are added.
  const extra = isExact ? 0 : 1;
  const adjusted = (p: number): number => (countUpTo(smallest, p) + extra) / (smallest.length + extra);
  return {
    pGreater: columns.map(({ tail, observed }) => adjusted(tail[observed] ?? 1)),
    // The distribution is symmetrical: as far below its middle is as likely as above it.
    pLess: columns.map(({ tail, observed }) => adjusted(tail[tail.length - 1 - observed] ?? 1)),
    levelFor: (alpha) => levelFor(smallest, extra, alpha),
  };
}

interface Column {
  /** Twice the rank of each pair, negative where its difference is. */
  readonly signed: Float64Array;
  /** Twice the sum of the ranks of positive differences. */
  readonly observed: number;
  readonly tail: Float64Array;
}

function columnOf(differences: readonly number[]): Column {
  const ranks = doubledRanks(differences);
  const signed = Float64Array.from(ranks, (rank, pair) => rank * Math.sign(differences[pair] ?? 0));
  const observed = signed.reduce((sum, rank) => sum + Math.max(0, rank), 0);
  return { signed, observed, tail: signedRankTail(ranks) };
}

/** Two ways to the same sum may differ in the last digits of its chance. */
const ALMOST = 1 + 1e-9;

function levelFor(smallest: Float64Array, extra: number, alpha: number): number {
  const allowed = Math.floor(alpha * (smallest.length + extra) * ALMOST) - extra;
  if (allowed <= 0) return 0;
  // Just below the first value that would be one too many.
  return Math.min(alpha, (smallest[allowed] ?? 1) / ALMOST);
}

/** How many sorted values are at most p. */
function countUpTo(sorted: Float64Array, p: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) <= p * ALMOST) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** In the order of a Gray code: from one set of signs to the next a single pair is swapped. */
function allSigns(columns: readonly Column[], pairs: number): Float64Array {
  const smallest = new Float64Array(2 ** pairs);
  const sums = Float64Array.from(columns, ({ observed }) => observed);
  let swapped = 0;
  for (let step = 0; step < smallest.length; step += 1) {
    if (step > 0) {
      const pair = 31 - Math.clz32(step & -step);
      swapped ^= 1 << pair;
      const direction = (swapped >> pair) & 1 ? -1 : 1;
      for (const [index, { signed }] of columns.entries()) {
        sums[index] = (sums[index] ?? 0) + direction * (signed[pair] ?? 0);
      }
    }
    smallest[step] = smallestOf(columns, sums);
  }
  return smallest;
}

function drawnSigns(columns: readonly Column[], pairs: number, draws: number, random: Random): Float64Array {
  const smallest = new Float64Array(draws);
  const sums = new Float64Array(columns.length);
  const groups = Math.ceil(pairs / GROUP);
  const tables = columns.map(({ signed }) => sumsOfGroups(signed, groups));
  const swapped = new Uint32Array(groups);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let group = 0; group < groups; group += 1) swapped[group] = random.integer(0, 2 ** GROUP - 1);
    for (let index = 0; index < columns.length; index += 1) {
      let sum = columns[index]?.observed ?? 0;
      const table = tables[index];
      for (let group = 0; group < groups; group += 1) sum -= table?.[group * 2 ** GROUP + (swapped[group] ?? 0)] ?? 0;
      sums[index] = sum;
    }
    smallest[draw] = smallestOf(columns, sums);
  }
  return smallest;
}

/** Pairs of which every combination is summed up beforehand. */
const GROUP = 8;

function sumsOfGroups(signed: Float64Array, groups: number): Float64Array {
  return Float64Array.from({ length: groups * 2 ** GROUP }, (_, index) => {
    const first = GROUP * Math.floor(index / 2 ** GROUP);
    let sum = 0;
    for (let pair = 0; pair < GROUP; pair += 1) if ((index >> pair) & 1) sum += signed[first + pair] ?? 0;
    return sum;
  });
}

function smallestOf(columns: readonly Column[], sums: Float64Array): number {
  let smallest = 1;
  for (let index = 0; index < columns.length; index += 1) {
    const p = columns[index]?.tail[sums[index] ?? 0] ?? 1;
    if (p < smallest) smallest = p;
  }
  return smallest;
}
