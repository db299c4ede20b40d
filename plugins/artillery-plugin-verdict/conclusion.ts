import { relative } from 'node:path';
import { judgeRun, judgeValidity } from 'proving-ground/gate/index.ts';
import {
  buildRunRecord,
  createRunFolder,
  metricsCsv,
  type Recording,
  type RunDetails,
  type RunEnding,
  type RunRecord,
  writeRun,
} from 'proving-ground/record/index.ts';
import { runSummary, styleFor } from 'proving-ground/report/index.ts';
import type { Plan } from 'proving-ground/workload/plan/index.ts';
import type { ArtilleryGlobal } from './artillery.ts';
import type { GeneratorEvidence } from './generator/generator-log.ts';
import type { PreparedTest } from './prepare.ts';

/** What is settled before the run begins. */
export type FixedDetails = Pick<RunDetails, 'test' | 'startedAt' | 'replay' | 'seed' | 'environment' | 'configuration'>;

/** What was computed of the whole run beside its measurements. */
export interface Computed extends GeneratorEvidence {
  readonly apdex: Readonly<Record<string, number>>;
}

/** Judges a run by its rules and puts it in the form of `run.json`. Pure but for the time of the end. */
export function concludeRun(
  test: PreparedTest,
  details: FixedDetails,
  recording: Recording,
  ending: RunEnding,
  { apdex, generator, machine }: Computed,
): RunRecord {
  const thresholds = test.thresholds.map((tracker) => tracker.result());
  const plannedUsers = recording.phases.reduce((sum, { index }) => sum + test.plannedUsers.inPhase(index), 0);
  const plannedRequestsPerUser = fewestRequestsPerUser(test.plan);
  const validity = judgeValidity({
    phases: recording.phases.map((phase) => ({ ...phase, plannedUsers: test.plannedUsers.inPhase(phase.index) })),
    metrics: recording.total,
    generator,
    machine,
    options: test.options.validity,
  });
  const facts = { ending, metrics: recording.total, plannedUsers, plannedRequestsPerUser, validity };
  const verdict = judgeRun(test.rules, thresholds, facts, apdex);
  const endedAt = new Date().toISOString();
  const judged = { generator: [...generator], machine: [...machine], validity, verdict };
  return buildRunRecord({ ...details, plannedRequestsPerUser, endedAt, ending, ...judged }, recording, {
    extra: apdex,
    plannedUsers: test.plannedUsers.inPhase,
  });
}

function fewestRequestsPerUser({ requests, users }: Plan): number {
  return users.started === 0 ? 0 : requests.low / users.started;
}

/**
 * Writes the run's folder.
 *
 * @returns the folder, relative to the working directory.
 * @throws UserFault `report-unwritable`.
 */
export function saveRun(reports: string, record: RunRecord, recording: Recording): string {
  const folder = createRunFolder(reports, new Date(record.startedAt), record.test.file);
  writeRun(folder, record, metricsCsv(recording));
  return relative(process.cwd(), folder);
}

/** Prints what the run ends with; on one's own lines, since Artillery's spinner leaves the cursor anywhere. */
export function printRun(record: RunRecord, folder: string | undefined): void {
  const style = styleFor(process.stdout, process.env);
  const width = Math.max(60, process.stdout.columns ?? 80);
  console.log(`\n${runSummary(record, { style, width, folder })}\n`);
}

/** What the apdex plugin computed, as metrics that a rule can name. */
export function apdexOf(artillery: ArtilleryGlobal): Record<string, number> {
  const entries = Object.entries(artillery.apdexPlugin ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}
