import type { TrialRuns } from 'proving-ground/cli/capacity/trial-runs.ts';

/** What those who do not know the system are told: as in the simulation. */
export const RANGE = { fromPerSec: 10, toPerSec: 400 } as const;

const RAMP_STEPS = 30;
/** Steps that one run holds. */
const AT_ONCE = 5;
/** Halves of the log range until a step is about 3 %. */
const HALVINGS = 7;

/** What a procedure says; undefined: nothing. */
export interface Said {
  readonly perSec: number | undefined;
  readonly trials: number;
}

/** Up in equal steps; the answer is the last one before the first that is not sustained. */
export async function ramp(runs: TrialRuns): Promise<Said> {
  const rateOf = (step: number): number => (RANGE.toPerSec * step) / RAMP_STEPS;
  for (let first = 1; first <= RAMP_STEPS; first += AT_ONCE) {
    const steps = Array.from({ length: AT_ONCE }, (_, index) => first + index);
    const trials = await runs.measure(steps.map(rateOf), first);
    const broken = trials.findIndex(({ result }) => result !== 'sustained');
    if (broken < 0) continue;
    const step = first + broken;
    return { trials: step, perSec: step === 1 ? undefined : rateOf(step - 1) };
  }
  return { trials: RAMP_STEPS, perSec: RANGE.toPerSec };
}

/** Halves the range, in logs, by one trial each. */
export async function bisection(runs: TrialRuns): Promise<Said> {
  let [low, high] = [RANGE.fromPerSec, RANGE.toPerSec] as [number, number];
  for (let halving = 1; halving <= HALVINGS; halving += 1) {
    const middle = Math.sqrt(low * high);
    const [trial] = await runs.measure([middle], halving);
    if (trial?.result === 'sustained') low = middle;
    else high = middle;
  }
  return { trials: HALVINGS, perSec: Math.sqrt(low * high) };
}
