import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserFault } from '../../errors.ts';
import {
  type CapacityTrial,
  type Clause,
  capacityTrial,
  type ProbedRange,
  probeRates,
  rangeOfProbe,
  recoveryOf,
  secondsNeeded,
  spanOfLabel,
  TRIAL_COLUMNS,
  type TrialSamples,
  trialOfRun,
} from '../../gate/capacity/index.ts';
import type { BlockPhases } from '../../gate/regression/index.ts';
import { type RunRecord, readRun } from '../../record/index.ts';
import { readSamples } from '../../record/samples/index.ts';
import { runBlockProcess } from '../block/block-process.ts';
import { createOwnFolder } from '../system/own-folder.ts';
import type { CapacityTest } from './capacity-test.ts';
import type { Confirmation, Recovery } from './find-capacity.ts';
import { blockOf, type HeldPhases, heldPhases, phaseAt, type RatePhase, REST_SEC } from './trial-phases.ts';

/** What all runs of a search have in common. */
export interface TrialSurroundings {
  readonly test: CapacityTest;
  /** Of the system under test. */
  readonly url: string;
  readonly seed: string;
  readonly signal: AbortSignal;
  /** The highest rate that may be offered. */
  readonly mostPerSec: number;
  /** Where a search begins and ends; undefined: as the probe says. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Seconds of the longer holds. */
  readonly confirmSec: number;
}

const WARM_UP_SEC = 3;
const HOLD_SEC = 7;
/** A rate that needs a longer hold than this, so that its clauses can be told, is too low to be tried. */
const LONGEST_HOLD_SEC = 30;
/** No warm-up is longer, however long journeys take. */
const LONGEST_WARM_UP_SEC = 60;
const PROBE_WARM_UP_SEC = 4;
const PROBE_STEP_SEC = 2;
/** Until the first run has shown it: what a start and an end of the generator take. */
const OVERHEAD_MS = 9_000;
const RECOVERY = 'Recovery';
/** Of the rate that was too much. */
const CALM_SHARE = 0.5;

/** Runs the load of a search, one `artillery run` for each batch of trials, and reads what it measured. */
export class TrialRuns {
  readonly #around: TrialSurroundings;
  readonly #folder = createOwnFolder('capacity');
  readonly #runOf = new Map<number, string>();
  #warmUpSec: number;
  #overheadMs = OVERHEAD_MS;
  /** Of a rate in the middle of the range: what trials are going to take. */
  #usualHoldSec = HOLD_SEC;
  #runs = 0;

  constructor(around: TrialSurroundings) {
    this.#around = around;
    this.#warmUpSec = around.test.options.warmUp ?? WARM_UP_SEC;
  }

  get warmUpSec(): number {
    return this.#warmUpSec;
  }

  get holdSec(): number {
    return this.#around.test.options.hold ?? HOLD_SEC;
  }

  /** Rates that double every two seconds until something gives way. */
  async probe(startPerSec?: number): Promise<ProbedRange> {
    const { test, mostPerSec, from, to } = this.#around;
    const rates = probeRates(Math.min(mostPerSec, startPerSec ?? from ?? test.lowestPerSec / 2), to ?? mostPerSec);
    const steps = rates.map((rate, index) => phaseAt(test.manner, `Step ${index + 1}`, rate, PROBE_STEP_SEC));
    const warmUp = phaseAt(test.manner, 'Warm-up', rates[0] ?? 1, PROBE_WARM_UP_SEC);
    const { record, samples } = await this.#run(blockOf([warmUp, ...steps]), stopsOf(test.clauses));
    requireAnswers(record, this.#around.url);
    const begun = steps.flatMap(({ name, arrivalCount, duration }) => {
      const span = spanOfLabel(samples, name, duration);
      return span === undefined ? [] : [{ ratePerSec: arrivalCount / duration, span }];
    });
    const probed = rangeOfProbe(samples, begun, test.clauses, to ?? mostPerSec);
    this.#learnWarmUp(record);
    return this.#trimmed(probed);
  }

  /** Holds rates one after the other. */
  async measure(ratesPerSec: readonly number[], first: number): Promise<CapacityTrial[]> {
    const held = heldPhases(this.#around.test.manner, ratesPerSec, this.#warmUpSec, (rate) => this.#holdSec(rate));
    const run = await this.#run(held.plan);
    return this.#trialsOf(run, held, () => 'search', first);
  }

  /** Two longer holds, and a calm time after the second. */
  async confirm(belowPerSec: number, abovePerSec: number, first: number): Promise<Confirmation> {
    const { test, confirmSec } = this.#around;
    const rates = [belowPerSec, abovePerSec];
    const held = heldPhases(test.manner, rates, this.#warmUpSec, (rate) => Math.max(confirmSec, this.#holdSec(rate)));
    const ratePerSec = abovePerSec * CALM_SHARE;
    const calm = phaseAt(test.manner, RECOVERY, ratePerSec, this.#calmSec());
    const plan = {
      ...held.plan,
      phases: [...held.plan.phases, { ...calm }],
      durationSec: held.plan.durationSec + calm.duration,
    };
    const run = await this.#run(plan);
    const trials = this.#trialsOf(run, held, (index) => (index === 0 ? 'below' : 'above'), first);
    return { trials, recovery: recoveryAfter(run, calm, test.clauses) };
  }

  batchMs(trials: number): number {
    const eachSec = this.#warmUpSec + this.#usualHoldSec + REST_SEC;
    return this.#overheadMs + (trials * eachSec + REST_SEC) * 1_000;
  }

  confirmMs(): number {
    const holdSec = Math.max(this.#around.confirmSec, this.#usualHoldSec);
    const seconds = 2 * (this.#warmUpSec + holdSec + REST_SEC) + this.#calmSec();
    return this.#overheadMs + seconds * 1_000;
  }

  /** The folder of the run that a trial was part of. */
  folderOf(trial: Pick<CapacityTrial, 'number'>): string | undefined {
    return this.#runOf.get(trial.number);
  }

  /** Takes away all runs. */
  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #calmSec(): number {
    return Math.max(6, Math.ceil(this.#around.confirmSec / 2));
  }

  #holdSec(ratePerSec: number): number {
    const { clauses, requestsPerUser } = this.#around.test;
    const needed = secondsNeeded(clauses, ratePerSec, requestsPerUser);
    return Math.max(this.holdSec, Math.min(LONGEST_HOLD_SEC, needed));
  }

  /** A journey that is longer than the warm-up would send only its first requests. */
  #learnWarmUp({ metrics }: RunRecord): void {
    if (this.#around.test.options.warmUp !== undefined) return;
    const lastsMs = metrics.summaries['vusers.session_length']?.p90 ?? 0;
    this.#warmUpSec = Math.min(LONGEST_WARM_UP_SEC, Math.max(this.#warmUpSec, Math.ceil(lastsMs / 1_000)));
  }

  /** What the command line says, and no rate so low that nothing could be told of it, unless only such ones are left. */
  #trimmed(probed: ProbedRange): ProbedRange {
    const { from, to, test } = this.#around;
    const lowest = secondsNeeded(test.clauses, 1, test.requestsPerUser) / LONGEST_HOLD_SEC;
    const fromPerSec = from ?? Math.max(probed.fromPerSec, Math.min(lowest, probed.toPerSec / 2));
    const toPerSec = to ?? Math.max(probed.toPerSec, fromPerSec * 2);
    this.#usualHoldSec = this.#holdSec(Math.sqrt(fromPerSec * toPerSec));
    return { ...probed, fromPerSec, toPerSec };
  }

  async #run(plan: BlockPhases, thresholds: readonly string[] = []): Promise<MeasuredRun> {
    const { test, url, seed, signal } = this.#around;
    const { file, environment, options } = test;
    this.#runs += 1;
    const reports = join(this.#folder, String(this.#runs));
    const begunMs = Date.now();
    const folder = await runBlockProcess({
      ...{ test: { file, environment, plan }, variables: options.variables, thresholds, reports, signal },
      ...{ target: url, seed: `${seed}: run ${this.#runs}` },
      // What belongs to the platform is watched where it is, and not where the test says.
      plugins:
        test.usesPlatform && url.startsWith('http://127.0.0.1')
          ? { 'reference-platform': { address: url } }
          : undefined,
    });
    const record = readRun(folder);
    if (record.ending.how !== 'stopped early') {
      this.#overheadMs = Date.now() - begunMs - plan.durationSec * 1_000;
    }
    return { folder, record, samples: readSamples(join(folder, 'samples.arrow'), [...TRIAL_COLUMNS]) };
  }

  #trialsOf(
    { folder, record, samples }: MeasuredRun,
    { holds }: HeldPhases,
    kindOf: (index: number) => CapacityTrial['kind'],
    first: number,
  ): CapacityTrial[] {
    const { clauses } = this.#around.test;
    return holds.flatMap(({ phaseIndex, ratePerSec, holdSec }, index) => {
      const isLast = record.phases.every((phase) => phase.index <= phaseIndex);
      const measures = trialOfRun(record, samples, { phaseIndex, holdSec, isLast, clauses });
      if (measures === undefined) return [];
      const number = first + index;
      this.#runOf.set(number, folder);
      return [capacityTrial({ number, kind: kindOf(index), ratePerSec, holdSec }, measures)];
    });
  }
}

interface MeasuredRun {
  readonly folder: string;
  readonly record: RunRecord;
  readonly samples: TrialSamples;
}

/** Nothing is learned from rates at which nobody is answered. */
function requireAnswers({ metrics: { counters } }: RunRecord, url: string): void {
  if ((counters['http.responses'] ?? 0) > 0) return;
  const errors = Object.keys(counters).filter((name) => name.startsWith('errors.'));
  throw new UserFault('capacity-unprobed', `${url} answered none of the requests of the probe`, {
    hint:
      errors.length === 0
        ? 'Run the test by itself first.'
        : `What went wrong: ${errors.map((name) => name.slice(7)).join(', ')}.`,
  });
}

/** The probe ends soon after the objective does: it is not meant to hurt. */
function stopsOf(clauses: readonly Clause[]): string[] {
  const longest = Math.max(...clauses.map(({ quantity, limit }) => (quantity.kind === 'error rate' ? 0 : limit)), 0);
  const late = `after ${PROBE_WARM_UP_SEC + 1} s for 2 s`;
  return [
    ...clauses
      .filter(({ quantity }) => quantity.kind !== 'error rate')
      .map(({ text }) => `stop if ${text.replace(/<=?(?= [\d.]+ (?:ms|s|%)$)/, '>')} ${late}`),
    `stop if p95 > ${Math.max(5_000, 2 * longest)} ms ${late}`,
    `stop if error rate > 20 % ${late}`,
  ];
}

function recoveryAfter(
  { samples }: MeasuredRun,
  { name, duration, arrivalCount }: RatePhase,
  clauses: readonly Clause[],
): Recovery | undefined {
  const span = spanOfLabel(samples, name, duration);
  if (span === undefined) return undefined;
  return {
    ratePerSec: arrivalCount / duration,
    afterSec: recoveryOf(samples, span, clauses),
    watchedSec: duration,
  };
}
