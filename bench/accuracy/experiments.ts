import type { PlannedPhase } from './planned-arrivals.ts';
import type { Behaviour, Stall } from './service-times.ts';

/** A server with a known distribution, under constant arrivals. */
export interface Experiment {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly stall?: Stall;
  readonly arrivalsPerSec: number;
  readonly durationSec: number;
}

/**
 * What is measured in full. At a hundred users a second the generator is busy for a tenth of its core: what is asked is how true its numbers are
 * when it keeps up. Whether it does is asked elsewhere (docs/validity.md).
 */
export const EXPERIMENTS: readonly Experiment[] = [
  { name: 'answers after 0.1 ms', behaviour: 'fast', arrivalsPerSec: 100, durationSec: 60 },
  { name: 'log-normal, median 5 ms, σ 0.8', behaviour: 'log-normal', arrivalsPerSec: 100, durationSec: 60 },
  { name: 'head at once, body over 50 ms', behaviour: 'slow body', arrivalsPerSec: 100, durationSec: 30 },
  {
    name: 'stands still for 1 s in every 10 s',
    behaviour: 'stall',
    stall: { firstMs: 4000, everyMs: 10_000, lengthMs: 1000 },
    arrivalsPerSec: 100,
    durationSec: 45,
  },
];

/** Seconds instead of minutes: a time that the engine must not cut short, and one that it must not hide. */
export const SHORT_EXPERIMENTS: readonly Experiment[] = [
  { name: 'head at once, body over 50 ms', behaviour: 'slow body', arrivalsPerSec: 100, durationSec: 3 },
  {
    name: 'stands still for 0.5 s in every 2 s',
    behaviour: 'stall',
    stall: { firstMs: 1000, everyMs: 2000, lengthMs: 500 },
    arrivalsPerSec: 100,
    durationSec: 5,
  },
];

/** Shapes of load. */
export const SHAPES: readonly PlannedPhase[] = [
  { name: 'constant 100/s', durationSec: 15, fromPerSec: 100, toPerSec: 100, isPoisson: false },
  { name: 'ramp 0.2 to 0.8/s', durationSec: 40, fromPerSec: 0.2, toPerSec: 0.8, isPoisson: false },
  { name: 'ramp 10 to 200/s', durationSec: 15, fromPerSec: 10, toPerSec: 200, isPoisson: false },
  { name: 'Poisson 200/s', durationSec: 15, fromPerSec: 200, toPerSec: 200, isPoisson: true },
];

/** Shapes of load, in seconds. */
export const SHORT_SHAPES: readonly PlannedPhase[] = [
  { name: 'constant 50/s', durationSec: 3, fromPerSec: 50, toPerSec: 50, isPoisson: false },
  { name: 'ramp 10 to 100/s', durationSec: 3, fromPerSec: 10, toPerSec: 100, isPoisson: false },
];
