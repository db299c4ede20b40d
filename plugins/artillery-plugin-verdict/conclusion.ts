import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { answerQuestion, judgeRun, judgeValidity, requestsOfRun } from 'proving-ground/gate/index.ts';
import {
  buildRunRecord,
  type ErrorExample,
  metricsCsv,
  type Recording,
  type RunDetails,
  type RunEnding,
  type RunRecord,
  writeRun,
} from 'proving-ground/record/index.ts';
import { samplesRecordOf } from 'proving-ground/record/samples/index.ts';
import { type SystemRecord, systemSummaryOf, writeSystemRecord } from 'proving-ground/record/system/index.ts';
import { isCapable, runSummary, styleFor, textWidth } from 'proving-ground/report/index.ts';
import type { Plan } from 'proving-ground/workload/plan/index.ts';
import type { ArtilleryGlobal } from './artillery.ts';
import type { GeneratorEvidence } from './generator/generator-log.ts';
import { orSay } from './or-say.ts';
import type { PreparedTest } from './prepare.ts';
import { phaseTimes, type RunSamples } from './run-samples.ts';

// Nobody looks at the pages of a block of a comparison: neither drawing them nor loading what draws them is worth its time.
const pages = process.env.PROVING_GROUND_BLOCK === undefined ? await import('./run-pages.ts') : undefined;

/** What is settled before the run begins. */
export type FixedDetails = Pick<
  RunDetails,
  'test' | 'startedAt' | 'replay' | 'seed' | 'environment' | 'configuration' | 'turns'
>;

/** What was computed of the whole run beside its measurements. */
export interface Computed extends GeneratorEvidence {
  readonly apdex: Readonly<Record<string, number>>;
  /** Undefined: the engine gave none. */
  readonly samples: RunSamples | undefined;
  /** Undefined: nothing was watched. */
  readonly system: SystemRecord | undefined;
  /** In any order. */
  readonly errorExamples: readonly ErrorExample[];
}

/** Judges a run by its rules and puts it in the form of `run.json`. Pure but for the time of the end. */
export function concludeRun(
  test: PreparedTest,
  details: FixedDetails,
  recording: Recording,
  ending: RunEnding,
  { apdex, generator, machine, samples, system, errorExamples }: Computed,
): RunRecord {
  const phases = phaseTimes(recording.phases, Date.now());
  const requests = samples && requestsOfRun(samples.samples, phases, recording.total.counters);
  // What stopped a run, or did not, is what was seen while it went on.
  const thresholds = test.thresholds.map((tracker) =>
    tracker.result(tracker.sentence.action === 'stop' ? undefined : requests),
  );
  const plannedUsers = recording.phases.reduce((sum, { index }) => sum + test.plannedUsers.inPhase(index), 0);
  const plannedRequestsPerUser = fewestRequestsPerUser(test.plan);
  const validity = judgeValidity({
    phases: recording.phases.map((phase) => ({ ...phase, plannedUsers: test.plannedUsers.inPhase(phase.index) })),
    metrics: recording.total,
    generator,
    machine,
    options: test.options.validity,
    turns: details.turns,
  });
  const facts = { ending, metrics: recording.total, plannedUsers, plannedRequestsPerUser, validity };
  const verdict = judgeRun(test.rules, thresholds, facts, apdex);
  const endedAt = new Date().toISOString();
  const judged = {
    generator: [...generator],
    machine: [...machine],
    validity,
    verdict,
    errorExamples: errorExamples.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    ...(system === undefined ? {} : { system: systemSummaryOf(system) }),
    ...(samples === undefined ? {} : { samples: samplesRecordOf(samples.path, samples.samples, phases) }),
  };
  const record = buildRunRecord({ ...details, plannedRequestsPerUser, endedAt, ending, ...judged }, recording, {
    extra: apdex,
    plannedUsers: test.plannedUsers.inPhase,
  });
  const { question } = test.options;
  if (question === undefined) return record;
  return { ...record, answer: answerQuestion(question, { record, samples: samples?.samples, system }) };
}

function fewestRequestsPerUser({ requests, users }: Plan): number {
  return users.started === 0 ? 0 : requests.low / users.started;
}

/** What is written beside the record: the measurements, and what was seen of the system, if it was watched. */
export type SavedParts = readonly [recording: Recording, system: SystemRecord | undefined];

/**
 * Writes what a run ends with into its folder.
 *
 * @returns the folder, relative to the working directory.
 * @throws UserFault `report-unwritable`.
 */
export function saveRun(folder: string, record: RunRecord, ...[recording, system]: SavedParts): string {
  writeRun(folder, record, metricsCsv(recording));
  if (system !== undefined) {
    orSay('  The run itself is saved, without what was seen of the system.', () => writeSystemRecord(folder, system));
  }
  pages?.tryPages(folder, record);
  return relative(process.cwd(), folder);
}

/** Prints what the run ends with; on one's own lines, since Artillery's spinner leaves the cursor anywhere. */
export function printRun(record: RunRecord, folder: string | undefined): void {
  const { stdout, env } = process;
  const files = folder === undefined ? [] : filesOf(folder);
  const options = {
    style: styleFor(stdout, env),
    width: textWidth(stdout),
    wraps: isCapable(stdout, env),
    folder,
    files,
  };
  console.log(`\n${runSummary(record, options)}\n`);
}

/** Those for people first. */
const FILES = ['report.html', 'summary.md', 'run.json', 'junit.xml', 'metrics.csv', 'samples.arrow', 'system.json'];

function filesOf(folder: string): string[] {
  return FILES.filter((file) => existsSync(join(folder, file)));
}

/** What the apdex plugin computed, as metrics that a rule can name. */
export function apdexOf(artillery: ArtilleryGlobal): Record<string, number> {
  const entries = Object.entries(artillery.apdexPlugin ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}
