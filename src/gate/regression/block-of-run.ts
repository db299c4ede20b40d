import { metricsOfSpan, type RunRecord, type ValidityFinding } from '../../record/index.ts';
import { mergeSketches, type Sketch } from '../../stats/sketch.ts';
import { judgeValidity } from '../validity/index.ts';
import type { Block } from './block.ts';
import { figuresFromHistograms, figuresFromSamples, type MeasuredTime } from './block-figures.ts';
import type { BlockPhases } from './block-phases.ts';

type BlockSamples = Parameters<typeof figuresFromSamples>[0];

/** Which block it is. */
export type BlockPlace = Pick<Block, 'side' | 'pair' | 'place' | 'seed'>;

/**
 * What a recorded run says as a block: without its warm-up, and without the time in which its users finish. Its validity is judged anew from
 * the part that counts: a generator is cold when it begins.
 *
 * @param record of a run of the phases of `plan`.
 */
export function blockOfRun(record: RunRecord, samples: BlockSamples, plan: BlockPhases, place: BlockPlace): Block {
  const measured = measuredPhases(record, plan);
  const { figures, latenessP99Ms } = figuresFromSamples(samples, blockWindow(record, plan));
  return {
    ...place,
    durationSec: plan.durationSec,
    health: {
      faults: [...endingFaults(record), ...invalidFindings(record, measured).map(({ text }) => text)],
      ...(latenessP99Ms === undefined ? {} : { latenessP99Ms }),
    },
    figures: [...figures, ...figuresFromHistograms(mergedHistograms(measured))],
  };
}

/** The time of a run that counts: from the end of its warm-up to the end of its last phase; where it had turns, those of the other are in between. */
export function blockWindow(record: RunRecord, plan: BlockPhases): MeasuredTime {
  const measured = measuredPhases(record, plan);
  const from = Date.parse(measured[0]?.startedAt ?? record.endedAt);
  const to = Date.parse(measured.at(-1)?.endedAt ?? record.endedAt);
  return { from, to: record.turns === undefined ? from + plan.durationSec * 1000 : to };
}

type RunPhase = RunRecord['phases'][number];

function measuredPhases({ phases }: RunRecord, { warmUpSec }: BlockPhases): RunPhase[] {
  return phases.filter(({ index }) => warmUpSec === 0 || index > 0);
}

/** Cut short after its last phase is how a block is meant to end when its users take long to finish. */
function endingFaults({ ending, phases, configuration }: RunRecord): string[] {
  const planned = Array.isArray(configuration.phases) ? configuration.phases.length : phases.length;
  const isWhole = phases.length === planned && phases.every(({ endedAt }) => endedAt !== undefined);
  const isCut = ending.how === 'completed' || (ending.how === 'interrupted' && isWhole);
  return isCut ? [...ending.faults] : [`the run of the block ended early (${ending.how})`, ...ending.faults];
}

/**
 * What made the generator unfit to be believed in some phases that follow each other.
 *
 * @param measured phases of the record, at least one.
 */
export function invalidFindings(record: RunRecord, measured: readonly RunPhase[]): ValidityFinding[] {
  const { generator, machine = [], validity, turns } = record;
  if (generator === undefined || validity?.enforced === false) return [];
  const isWithin = secondsOf(record, measured);
  const { findings } = judgeValidity({
    phases: measured.map((phase) => ({
      name: phase.name,
      plan: phase.plan,
      plannedUsers: phase.plannedUsers,
      startedAt: Date.parse(phase.startedAt),
      endedAt: phase.endedAt === undefined ? undefined : Date.parse(phase.endedAt),
      metrics: metricsOfSpan(phase.metrics),
    })),
    metrics: { counters: mergedCounters(measured), rates: {}, histograms: mergedHistograms(measured) },
    generator: isWithin(generator),
    machine: isWithin(machine),
    options: validityOptions(record),
    turns,
  });
  return findings.filter(({ outcome }) => outcome === 'not valid');
}

/** Keeps the seconds of some phases, counted from the beginning of the first: up to the phase that follows, or to the end. */
function secondsOf(
  { phases, startedAt }: RunRecord,
  measured: readonly RunPhase[],
): <T extends { readonly at: number; readonly spanMs: number }>(seconds: readonly T[]) => T[] {
  const start = Date.parse(phases[0]?.startedAt ?? startedAt);
  const from = (Date.parse(measured[0]?.startedAt ?? startedAt) - start) / 1000;
  const next = phases.find(({ index }) => index === (measured.at(-1)?.index ?? 0) + 1);
  const to = next === undefined ? Infinity : (Date.parse(next.startedAt) - start) / 1000;
  // A second belongs to where its middle lies: workers do not begin one anew for a phase that begins a moment after it.
  const isWithin = (middle: number): boolean => middle >= from && middle < to;
  return (seconds) =>
    seconds
      .filter(({ at, spanMs }) => isWithin(at + spanMs / 2_000))
      .map((second) => ({ ...second, at: second.at - from }));
}

/** What the test allows; anything odd was refused before the run. */
function validityOptions({ configuration }: RunRecord): { maxSendLag: number | undefined; enforce: boolean } {
  const given = ['plugins', 'verdict', 'validity', 'maxSendLag'].reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    configuration,
  );
  return { maxSendLag: typeof given === 'number' ? given : undefined, enforce: true };
}

function mergedHistograms(phases: readonly RunPhase[]): Record<string, Sketch> {
  const merged: Record<string, Sketch> = {};
  for (const { metrics } of phases) {
    for (const [name, sketch] of Object.entries(metricsOfSpan(metrics).histograms)) {
      const before = merged[name];
      merged[name] = before === undefined ? sketch : mergeSketches(before, sketch);
    }
  }
  return merged;
}

function mergedCounters(phases: readonly RunPhase[]): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const { metrics } of phases) {
    for (const [name, count] of Object.entries(metrics.counters)) merged[name] = (merged[name] ?? 0) + count;
  }
  return merged;
}
