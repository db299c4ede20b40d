import { DEFAULT_CAPACITY_POLICY } from 'proving-ground/gate/capacity/policy.ts';
import { createCapacitySearch, type RateTrial } from 'proving-ground/gate/capacity/search.ts';
import { type KnownSystem, RANGE } from './systems.ts';

/** What a procedure says of a system. Rates are arrivals per second. */
export interface Found {
  readonly trials: number;
  /** Absent: no answer. */
  readonly perSec?: number;
  readonly interval?: { readonly low: number; readonly high: number };
}

/** One way to look for the highest rate that a system sustains. */
export interface Procedure {
  readonly name: string;
  readonly run: (system: KnownSystem, seed: string) => Found;
}

const RAMP_STEPS = 30;
/** Halves of the log range until the step is about 3 %. */
const HALVINGS = 7;

/** In the order of the table. */
export const PROCEDURES: readonly Procedure[] = [
  { name: 'this search', run: searchBayes },
  { name: 'ramp in 30 equal steps, abort at the first breach', run: ramp },
  { name: 'bisection, one trial each', run: (system) => bisect(system, 1) },
  { name: 'bisection, 2 of 3', run: (system) => bisect(system, 3) },
  { name: 'bisection, 3 of 5', run: (system) => bisect(system, 5) },
];

function searchBayes(system: KnownSystem, seed: string): Found {
  const next = createCapacitySearch({ ...RANGE, ...DEFAULT_CAPACITY_POLICY }, seed);
  const trials: RateTrial[] = [];
  for (;;) {
    const step = next(trials);
    if (step.kind === 'inconclusive') return { trials: trials.length };
    if (step.kind === 'found') {
      const { perSec, lowPerSec, highPerSec } = step.estimate;
      return { trials: trials.length, perSec, interval: { low: lowPerSec, high: highPerSec } };
    }
    trials.push({ ratePerSec: step.ratePerSec, isSustained: system.trial(step.ratePerSec) });
  }
}

/** The last step before the breach. */
function ramp(system: KnownSystem): Found {
  const rateOf = (step: number): number => (RANGE.toPerSec * step) / RAMP_STEPS;
  for (let step = 1; step <= RAMP_STEPS; step += 1) {
    if (!system.trial(rateOf(step))) return step === 1 ? { trials: 1 } : { trials: step, perSec: rateOf(step - 1) };
  }
  return { trials: RAMP_STEPS, perSec: RANGE.toPerSec };
}

/** @param votes odd: each rate is sustained if most of so many trials are. */
function bisect(system: KnownSystem, votes: number): Found {
  let [low, high, trials] = [RANGE.fromPerSec, RANGE.toPerSec, 0];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = Math.sqrt(low * high);
    let [sustained, made] = [0, 0];
    // A majority needs no further votes.
    while (sustained <= votes / 2 && made - sustained <= votes / 2) {
      made += 1;
      if (system.trial(middle)) sustained += 1;
    }
    trials += made;
    if (sustained > votes / 2) low = middle;
    else high = middle;
  }
  return { trials, perSec: Math.sqrt(low * high) };
}
