import type { Entry } from './entry.ts';
import type { PhaseSpec } from './phase-spec.ts';

/** A phase as one worker gets it, in the raw form of Artillery. */
export interface WorkerPhase {
  /** Which phase of the test it is a share of. */
  readonly index: number;
  readonly raw: Entry;
}

/** The phases of one worker. */
export type WorkerShare = readonly WorkerPhase[];

/**
 * Deals the phases out to workers as Artillery 2.0.34 does (lib/dist.ts): rates as whole numbers, ramps in equal
 * fractions, an `arrivalCount` to the first worker alone. Workers that would have nothing to do are left out.
 *
 * @param workers how many could be used; see `defaultWorkers`.
 */
export function divideWork(phases: readonly PhaseSpec[], workers: number): WorkerShare[] {
  const shares: WorkerPhase[][] = Array.from({ length: workers }, () => []);
  for (const { index, raw } of phases) {
    const dealt = dealOut(raw, workers);
    for (const [worker, share] of dealt.entries()) shares[worker]?.push({ index, raw: share });
  }
  return shares.filter((share) => !share.every(({ raw }) => isIdle(raw)));
}

/** Artillery uses every processor but one. @param cpus the number of processors that the machine reports. */
export function defaultWorkers(cpus: number): number {
  return Math.max(1, cpus - 1);
}

function dealOut(phase: Entry, workers: number): Entry[] {
  if (phase.rampTo) return dealRamp(phase, workers);
  if (phase.arrivalRate) return dealRate(phase, workers);
  const all = Array.from({ length: workers });
  if (phase.arrivalCount) return all.map((_, worker) => (worker === 0 ? phase : { pause: phase.duration }));
  return phase.pause ? all.map(() => phase) : [];
}

function dealRate(phase: Entry, workers: number): Entry[] {
  const rates = distribute(Number(phase.arrivalRate), workers);
  const caps = capsOf(phase, rates.filter((rate) => rate > 0).length);
  return rates.map((arrivalRate, worker) => ({ ...phase, arrivalRate, ...caps(worker) }));
}

function dealRamp(phase: Entry, workers: number): Entry[] {
  const arrivalRate = Number(phase.arrivalRate || 0) / workers;
  const rampTo = Number(phase.rampTo) / workers;
  const caps = capsOf(phase, arrivalRate > 0 || rampTo > 0 ? workers : 0);
  return Array.from({ length: workers }, (_, worker) => ({ ...phase, arrivalRate, rampTo, ...caps(worker) }));
}

/** Shares of `maxVusers`. They go to the first workers, whether these have users to start or not. */
function capsOf({ maxVusers }: Entry, activeWorkers: number): (worker: number) => Entry {
  if (!maxVusers) return () => ({});
  const caps = distribute(Number(maxVusers), activeWorkers);
  return (worker) => ({ maxVusers: caps[worker] });
}

/** `m` whole things among `n`, as evenly as possible, the first ones getting more. */
function distribute(m: number, n: number): number[] {
  return Array.from({ length: n }, (_, index) => Math.floor(m / n) + (index < m % n ? 1 : 0));
}

function isIdle({ arrivalRate, rampTo, arrivalCount, maxVusers, pause }: Entry): boolean {
  const isPause = Number(pause ?? 0) > 0;
  return (arrivalRate === 0 && !rampTo) || arrivalCount === 0 || maxVusers === 0 || isPause;
}
