import { createProbitModel, createRandom, type ProbitPosterior } from '../../stats/index.ts';
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
  | { readonly kind: 'trial'; readonly ratePerSec: number; readonly estimate: CapacityEstimate }
  | { readonly kind: 'found'; readonly estimate: CapacityEstimate }
  | {
      readonly kind: 'inconclusive';
      /** The capacity is below the first rate, above the last one, or its interval stayed too wide. */
      readonly why: 'below the range' | 'above the range' | 'too wide';
      readonly estimate: CapacityEstimate;
    };

/** Where the next trial may be: quantiles of what is known of the capacity. */
const CANDIDATES: readonly number[] = Array.from({ length: 17 }, (_, index) => (index + 0.5) / 17);

/**
 * Prepares a search for the highest rate that a system sustains. It draws nothing but the choice among rates that tell about as
 * much, from the seed: the same trials and seed give the same step, so a search that was stopped can go on.
 *
 * @returns the step that follows after some trials, in the order in which they were made.
 * @throws RangeError for rates that are not ascending and above 0.
 */
export function createCapacitySearch(
  policy: CapacityPolicy,
  seed: string,
): (trials: readonly RateTrial[]) => SearchStep {
  if (!(policy.fromPerSec > 0 && policy.toPerSec > policy.fromPerSec)) {
    throw new RangeError(`rates from ${policy.fromPerSec} to ${policy.toPerSec} are not ascending and above 0`);
  }
  const posteriorOf = createProbitModel(priorOf(policy));
  return (trials) => {
    const posterior = posteriorOf(
      trials.map(({ ratePerSec, isSustained }) => ({ at: Math.log(ratePerSec), isPassed: isSustained })),
    );
    const estimate = estimateOf(posterior, policy.intervalMass);
    const answer = answerOf(policy, trials.length, estimate);
    if (answer !== undefined) return answer;
    return { kind: 'trial', ratePerSec: nextRate(policy, trials, posterior, seed), estimate };
  };
}

function estimateOf(posterior: ProbitPosterior, mass: number): CapacityEstimate {
  const at = (p: number): number => Math.exp(posterior.quantile(p));
  return { perSec: at(0.5), lowPerSec: at((1 - mass) / 2), highPerSec: at((1 + mass) / 2) };
}

function answerOf(policy: CapacityPolicy, count: number, estimate: CapacityEstimate): SearchStep | undefined {
  const width = Math.max(estimate.highPerSec / estimate.perSec - 1, 1 - estimate.lowPerSec / estimate.perSec);
  const isOver = count >= policy.maxTrials;
  if (count < policy.minTrials || (!isOver && width > policy.precision)) return undefined;
  if (estimate.perSec < policy.fromPerSec) return { kind: 'inconclusive', why: 'below the range', estimate };
  if (estimate.perSec > policy.toPerSec) return { kind: 'inconclusive', why: 'above the range', estimate };
  if (width > policy.widestAnswer) return { kind: 'inconclusive', why: 'too wide', estimate };
  return { kind: 'found', estimate };
}

/** One of the rates that tell most: by chance, so that a system that drifts is not always met at its edge from the same side. */
function nextRate(
  policy: CapacityPolicy,
  trials: readonly RateTrial[],
  posterior: ProbitPosterior,
  seed: string,
): number {
  if (trials.length === 0) return policy.fromPerSec;
  const most = highestAllowed(policy, trials);
  const choices = CANDIDATES.map((p) => {
    const at = Math.min(Math.log(most), Math.max(Math.log(policy.fromPerSec), posterior.quantile(p)));
    return { at, gain: posterior.gain(at) };
  });
  const best = Math.max(...choices.map(({ gain }) => gain));
  const random = createRandom(`${seed}: capacity trial ${trials.length + 1}`);
  return Math.exp(random.pick(choices.filter(({ gain }) => gain >= policy.gainShare * best)).at);
}

/** A ladder from below: a system that is driven far beyond its limit may need long to come back. */
function highestAllowed({ fromPerSec, toPerSec, maxGrowth }: CapacityPolicy, trials: readonly RateTrial[]): number {
  const sustained = trials.filter(({ isSustained }) => isSustained).map(({ ratePerSec }) => ratePerSec);
  return Math.min(toPerSec, Math.max(fromPerSec, ...sustained) * (sustained.length === 0 ? 1 : maxGrowth));
}
