import { hodgesLehmann, jointSignFlips, type Random, signedRankTest, walshAverages } from '../../stats/index.ts';
import type { Distribution, Pair, Target } from './block.ts';
import { figuresOf, targetsIn } from './metric-values.ts';

/** What betrays a culprit. */
export type CulpritEvidence = 'low quantile' | 'mean service time';

/** An endpoint whose own work takes longer. */
export interface Culprit {
  readonly target: Target;
  /** By how much its own work takes longer, milliseconds and as a share. */
  readonly shiftMs: number;
  readonly shiftRatio: number;
  readonly evidence: CulpritEvidence;
}

/** Who makes it slower. */
export type CulpritAnswer =
  | {
      readonly kind: 'named';
      /** The worst first. Several: what they share got slower. */
      readonly culprits: readonly Culprit[];
      /** Slower endpoints that only wait for them. */
      readonly delayed: readonly Target[];
    }
  | { readonly kind: 'not determined'; readonly slower: readonly Target[] }
  /** Nothing is slower; these fail more often. */
  | { readonly kind: 'errors'; readonly failing: readonly Target[] };

/** Values below the tenth percentile that make it one. */
const FEWEST_VALUES = 50;
const LEVEL = 0.05;
/** Whoever shifts by this share of the worst shift does so by work of its own. */
const OWN_SHARE = 0.5;

/**
 * Who is to blame among slower endpoints. The fastest tenth of the requests meets an idle system and waits for nobody: an
 * endpoint whose tenth percentile of service time moved does more work itself. If none moved, some requests got much slower and not all: then the
 * mean service time tells, where one endpoint stands out.
 *
 * @param slower what regressed.
 */
export function findCulprits(pairs: readonly Pair[], slower: readonly Target[], random: Random): CulpritAnswer {
  const endpoints = targetsIn(pairs).filter(({ kind }) => kind === 'endpoint');
  const byLowQuantile = shiftsOf(pairs, endpoints, 'p10', random);
  const worst = byLowQuantile[0]?.shiftMs ?? 0;
  const own = byLowQuantile.filter(({ shiftMs }) => shiftMs >= OWN_SHARE * worst);
  if (own.length > 0) return named(own, slower, 'low quantile');
  const [first, second] = shiftsOf(pairs, endpoints, 'mean', random);
  if (first === undefined || (second !== undefined && !isShiftedMore(first, second))) {
    return { kind: 'not determined', slower };
  }
  return named([first], slower, 'mean service time');
}

interface Shift extends Omit<Culprit, 'evidence'> {
  /** Of every pair, milliseconds. */
  readonly byPair: readonly number[];
}

/** Whoever waits for the same thing waits as long on average (arrivals see time averages): what is left over is own work. */
function isShiftedMore(first: Shift, second: Shift): boolean {
  const more = first.byPair.map((shift, pair) => shift - (second.byPair[pair] ?? 0));
  return signedRankTest(more).pGreater <= LEVEL;
}

/** Endpoints that are slower by this figure for sure, the greatest shift in milliseconds first. */
function shiftsOf(
  pairs: readonly Pair[],
  endpoints: readonly Target[],
  figure: 'p10' | 'mean',
  random: Random,
): Shift[] {
  const columns = endpoints.flatMap((target) => {
    const values = pairs.flatMap((pair) => {
      const [before, after] = [serviceOf(pair, 'baseline', target), serviceOf(pair, 'candidate', target)];
      return before === undefined || after === undefined ? [] : [{ before: before[figure], after: after[figure] }];
    });
    const isKnown = values.length === pairs.length && values.every(({ before, after }) => before > 0 && after > 0);
    return isKnown && values.length > 0 ? [{ target, values }] : [];
  });
  const ratios = columns.map(({ values }) => values.map(({ before, after }) => Math.log(after / before)));
  const { pGreater } = jointSignFlips({ columns: ratios, random });
  return columns
    .map(({ target, values }, index): Shift => {
      const byPair = values.map(({ before, after }) => after - before);
      const shiftRatio = Math.expm1(middleOf(ratios[index] ?? []));
      return { target, shiftMs: middleOf(byPair), shiftRatio, byPair };
    })
    .filter(({ shiftMs }, index) => shiftMs > 0 && (pGreater[index] ?? 1) <= LEVEL)
    .sort((a, b) => b.shiftMs - a.shiftMs);
}

function serviceOf(pair: Pair, side: 'baseline' | 'candidate', target: Target): Distribution | undefined {
  const service = figuresOf(pair[side], target)?.service;
  return service !== undefined && service.count >= FEWEST_VALUES ? service : undefined;
}

function middleOf(values: readonly number[]): number {
  return hodgesLehmann(walshAverages(values));
}

function named(shifts: readonly Shift[], slower: readonly Target[], evidence: CulpritEvidence): CulpritAnswer {
  const isCulprit = (target: Target): boolean => shifts.some((shift) => shift.target.name === target.name);
  return {
    kind: 'named',
    culprits: shifts.map(({ target, shiftMs, shiftRatio }) => ({ target, shiftMs, shiftRatio, evidence })),
    delayed: slower.filter((target) => target.kind === 'endpoint' && !isCulprit(target)),
  };
}
