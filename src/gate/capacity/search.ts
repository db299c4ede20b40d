import { createProbitModel, createRandom, type ProbitPosterior, type Random } from '../../stats/index.ts';
import { type CapacityPolicy, priorOf } from './policy.ts';

/** One trial that counts: those with an unhealthy generator are left out. */
export interface RateTrial {
  /** Arrivals per second that were offered, above 0. */
  readonly ratePerSec: number;
  readonly isSustained: boolean;
}

/** The highest rate that is sustained, arrivals per second, and between which rates it lies with 95 %. */
export interface CapacityEstimate {
  readonly perSec: number;
  readonly lowPerSec: number;
  readonly highPerSec: number;
}

/** What comes next. */
export type SearchStep =
  /** Rates in ascending order, to be tried one after the other without a look at what the first of them say; at least one. */
  | { readonly kind: 'trials'; readonly ratesPerSec: readonly number[]; readonly estimate: CapacityEstimate }
  | { readonly kind: 'found'; readonly estimate: CapacityEstimate }
  | {
      readonly kind: 'inconclusive';
      /** The capacity is below the first rate, above the last one, or its interval stayed too wide. */
      readonly why: 'below the range' | 'above the range' | 'too wide';
      readonly estimate: CapacityEstimate;
    };

/** Between two rates of a batch that would both be the highest that is allowed. */
const SPREAD = 0.9;

/** Where the next trial may be: quantiles of what is known of the capacity. */
const CANDIDATES: readonly number[] = Array.from({ length: 17 }, (_, index) => (index + 0.5) / 17);

/** The step that follows after some trials, in the order in which they were made. @param isOver no further trials can be made. */
export type CapacitySearch = (trials: readonly RateTrial[], isOver?: boolean) => SearchStep;

/**
 * Prepares a search for the highest rate that a system sustains. It draws nothing but the choice among rates that tell about as
 * much, from the seed: the same trials and seed give the same step, so a search that was stopped can go on.
 *
 * @throws RangeError for rates that are not ascending and above 0.
 */
export function createCapacitySearch(policy: CapacityPolicy, seed: string): CapacitySearch {
  if (!(policy.fromPerSec > 0 && policy.toPerSec > policy.fromPerSec)) {
    throw new RangeError(`rates from ${policy.fromPerSec} to ${policy.toPerSec} are not ascending and above 0`);
  }
  const posteriorOf = createProbitModel(priorOf(policy));
  return (trials, isOver = false) => {
    const posterior = posteriorOf(
      trials.map(({ ratePerSec, isSustained }) => ({ at: Math.log(ratePerSec), isPassed: isSustained })),
    );
    const estimate = estimateOf(posterior, policy.intervalMass);
    const answer = answerOf(policy, trials.length, estimate, isOver);
    if (answer !== undefined) return answer;
    const random = createRandom(`${seed}: capacity trial ${trials.length + 1}`);
    const ratesPerSec =
      policy.batch === 1 ? [nextRate(policy, trials, posterior, random)] : nextRates(policy, trials, posterior, random);
    return { kind: 'trials', ratesPerSec, estimate };
  };
}

function estimateOf(posterior: ProbitPosterior, mass: number): CapacityEstimate {
  const at = (p: number): number => Math.exp(posterior.quantile(p));
  return { perSec: at(0.5), lowPerSec: at((1 - mass) / 2), highPerSec: at((1 + mass) / 2) };
}

function answerOf(
  policy: CapacityPolicy,
  count: number,
  estimate: CapacityEstimate,
  mustEnd: boolean,
): SearchStep | undefined {
  const width = Math.max(estimate.highPerSec / estimate.perSec - 1, 1 - estimate.lowPerSec / estimate.perSec);
  const isOver = mustEnd || count >= policy.maxTrials;
  if (!isOver && (count < policy.minTrials || width > policy.precision)) return undefined;
  if (estimate.perSec < policy.fromPerSec) return { kind: 'inconclusive', why: 'below the range', estimate };
  if (estimate.perSec > policy.toPerSec) return { kind: 'inconclusive', why: 'above the range', estimate };
  if (width > policy.widestAnswer) return { kind: 'inconclusive', why: 'too wide', estimate };
  return { kind: 'found', estimate };
}

/**
 * Several rates at once: one drawn from each of as many parts of what is thought possible, so that together they tell about all of it and not five times
 * about its middle.
 */
function nextRates(
  policy: CapacityPolicy,
  trials: readonly RateTrial[],
  posterior: ProbitPosterior,
  random: Random,
): number[] {
  const most = highestAllowed(policy, trials);
  const count = Math.min(policy.batch, policy.maxTrials - trials.length);
  const rates = Array.from({ length: count }, (_, index) => {
    const at = Math.exp(posterior.quantile((index + 0.15 + 0.7 * random.next()) / count));
    return Math.min(most, Math.max(policy.fromPerSec, at));
  });
  // Those that had to stay below the same limit are spread below it instead of being one and the same.
  return rates
    .map((rate, index) => (rate === most ? most * SPREAD ** (count - 1 - index) : rate))
    .sort((a, b) => a - b);
}

/** One of the rates that tell most: by chance, so that a system that drifts is not always met at its edge from the same side. */
function nextRate(
  policy: CapacityPolicy,
  trials: readonly RateTrial[],
  posterior: ProbitPosterior,
  random: Random,
): number {
  if (trials.length === 0) return policy.fromPerSec;
  const most = highestAllowed(policy, trials);
  const choices = CANDIDATES.map((p) => {
    const at = Math.min(Math.log(most), Math.max(Math.log(policy.fromPerSec), posterior.quantile(p)));
    return { at, gain: posterior.gain(at) };
  });
  const best = Math.max(...choices.map(({ gain }) => gain));
  return Math.exp(random.pick(choices.filter(({ gain }) => gain >= policy.gainShare * best)).at);
}

/** A ladder from below: a system that is driven far beyond its limit may need long to come back. */
function highestAllowed(policy: CapacityPolicy, trials: readonly RateTrial[]): number {
  const { fromPerSec, toPerSec, maxGrowth, easyPerSec = 0 } = policy;
  const sustained = trials.filter(({ isSustained }) => isSustained).map(({ ratePerSec }) => ratePerSec);
  const isAnyKnown = sustained.length > 0 || easyPerSec > 0;
  return Math.min(toPerSec, Math.max(fromPerSec, easyPerSec, ...sustained) * (isAnyKnown ? maxGrowth : 1));
}
