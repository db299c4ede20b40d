import { findCapacity } from 'proving-ground/cli/capacity/find-capacity.ts';
import { type CapacityTrial, probeRates, rangeBetween } from 'proving-ground/gate/capacity/index.ts';
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
  readonly run: (system: KnownSystem, seed: string) => Found | Promise<Found>;
}

const RAMP_STEPS = 30;
/** Halves of the log range until the step is about 3 %. */
const HALVINGS = 7;

/** In the order of the table. */
export const PROCEDURES: readonly Procedure[] = [
  { name: 'this search', run: searchInBatches },
  { name: 'without a probe, a look after every trial', run: searchOneByOne },
  { name: 'ramp in 30 equal steps, abort at the first breach', run: ramp },
  { name: 'bisection, one trial each', run: (system) => bisect(system, 1) },
  { name: 'bisection, 2 of 3', run: (system) => bisect(system, 3) },
  { name: 'bisection, 3 of 5', run: (system) => bisect(system, 5) },
];

/** The search of the command, without its longer holds: a probe, then batches of trials. */
async function searchInBatches(system: KnownSystem, seed: string): Promise<Found> {
  const { signal } = new AbortController();
  const found = await findCapacity({
    seed,
    mostPerSec: RANGE.toPerSec,
    leastPerSec: RANGE.fromPerSec,
    probe: async (startPerSec = RANGE.fromPerSec) => probed(system, startPerSec),
    measure: async (rates, first) => rates.map((rate, index) => simulatedTrial(system, rate, first + index)),
    confirm: async () => ({ trials: [], recovery: undefined }),
    // Time is no matter here: the number of trials ends it.
    ...{ budgetMs: 1, batchMs: () => 0, confirmMs: () => 0, now: () => 0 },
    ...{ onEvent: () => undefined, signal, interruptedBy: () => undefined },
  });
  const trials = found.trials.length;
  if (found.end.kind !== 'found') return { trials };
  const { perSec, lowPerSec, highPerSec } = found.end.estimate;
  return { trials, perSec, interval: { low: lowPerSec, high: highPerSec } };
}

/** Rates that double until one is not sustained; a step of the probe is spoiled as often as a trial. */
function probed(system: KnownSystem, startPerSec: number): ReturnType<typeof rangeBetween> {
  const rates = probeRates(startPerSec, RANGE.toPerSec);
  const hard = rates.findIndex((rate) => !system.trial(rate));
  return rangeBetween(rates, hard < 0 ? undefined : hard, RANGE.toPerSec);
}

function simulatedTrial(system: KnownSystem, ratePerSec: number, number: number): CapacityTrial {
  return {
    ...{ number, kind: 'search', ratePerSec, holdSec: 7, reasons: [], clauses: [], endpoints: [] },
    result: system.trial(ratePerSec) ? 'sustained' : 'broken',
    ...{ achievedPerSec: 0, requestsDuePerSec: 0, requestsDonePerSec: 0, inFlight: 0 },
  };
}

function searchOneByOne(system: KnownSystem, seed: string): Found {
  const next = createCapacitySearch({ ...RANGE, ...DEFAULT_CAPACITY_POLICY, batch: 1 }, seed);
  const trials: RateTrial[] = [];
  for (;;) {
    const step = next(trials);
    if (step.kind === 'inconclusive') return { trials: trials.length };
    if (step.kind === 'found') {
      const { perSec, lowPerSec, highPerSec } = step.estimate;
      return { trials: trials.length, perSec, interval: { low: lowPerSec, high: highPerSec } };
    }
    for (const ratePerSec of step.ratesPerSec) trials.push({ ratePerSec, isSustained: system.trial(ratePerSec) });
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
