import type { BlockPhases } from '../../gate/regression/index.ts';

/** A phase in which a whole number of users come, evenly spread. */
export interface RatePhase {
  readonly name: string;
  /** Whole seconds. */
  readonly duration: number;
  readonly arrivalCount: number;
}

/** Phases of trials, one after the other: a warm-up, the rate itself, and a rest before the next one. */
export interface HeldPhases {
  readonly plan: BlockPhases;
  /** Where each rate is held, in the order in which they were given: as near to it as whole users come. */
  readonly holds: readonly { readonly phaseIndex: number; readonly ratePerSec: number; readonly holdSec: number }[];
}

/** Seconds in which a system works off what is left of the rate before. */
export const REST_SEC = 2;
/** The first rate of a run meets a generator that is cold. */
const COLD_SEC = 2;

/**
 * A phase of some rate. Artillery takes whole rates only, so it is said as a number of users.
 *
 * @param manner what it takes over from the test: its mix of journeys, and how users arrive.
 */
export function phaseAt(
  manner: Readonly<Record<string, unknown>>,
  name: string,
  ratePerSec: number,
  seconds: number,
): RatePhase {
  return { ...manner, name, duration: seconds, arrivalCount: Math.max(1, Math.round(ratePerSec * seconds)) };
}

/** @param holdSec how long a rate is held; whole seconds. */
export function heldPhases(
  manner: Readonly<Record<string, unknown>>,
  ratesPerSec: readonly number[],
  warmUpSec: number,
  holdSec: (ratePerSec: number) => number,
): HeldPhases {
  const held = ratesPerSec.map((rate, index) => phaseAt(manner, `Hold ${index + 1}`, rate, holdSec(rate)));
  const phases = ratesPerSec.flatMap((rate, index) => [
    ...(index === 0 ? [] : [{ name: `Rest ${index}`, pause: REST_SEC }]),
    phaseAt(manner, `Warm-up ${index + 1}`, rate, warmUpSec + (index === 0 ? COLD_SEC : 0)),
    ...held.slice(index, index + 1),
  ]);
  return {
    plan: blockOf(phases),
    holds: held.map(({ arrivalCount, duration }, index) => ({
      ...{ phaseIndex: 3 * index + 1, ratePerSec: arrivalCount / duration, holdSec: duration },
    })),
  };
}

/** Phases of which the whole is one block. */
export function blockOf(phases: readonly (RatePhase | { readonly pause: number })[]): BlockPhases {
  const durationSec = phases.reduce((sum, phase) => sum + ('pause' in phase ? phase.pause : phase.duration), 0);
  return { phases: phases.map((phase) => ({ ...phase })), warmUpSec: 0, durationSec };
}
