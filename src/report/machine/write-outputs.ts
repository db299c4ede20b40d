import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode, UserFault } from '../../errors.ts';
import { outputRedactor, type RunRecord, redactRun } from '../../record/index.ts';
import type { RunComparison } from './comparison.ts';
import { junitXml } from './junit-xml.ts';
import { summaryMarkdown } from './summary-markdown.ts';

/** The names of the files in the folder of a run. */
export const SUMMARY_FILE = 'summary.md';
export const JUNIT_FILE = 'junit.xml';

/** Where a run's outputs for machines go. */
export interface MachineOutputs {
  /** The folder of the run. */
  readonly folder: string;
  /** Where the report is, as a reader of the summary finds it. */
  readonly report?: string | undefined;
  /** `GITHUB_STEP_SUMMARY`: the file whose content GitHub shows with a job; undefined or empty: not on GitHub. */
  readonly stepSummary?: string | undefined;
  readonly comparison?: RunComparison | undefined;
}

/**
 * Writes `summary.md` and `junit.xml`, whole or not at all, and adds the summary to that of the job. To be called once for a
 * run: the summary of a job grows with every call.
 *
 * @throws UserFault `report-unwritable`.
 */
export function writeMachineOutputs(record: RunRecord, outputs: MachineOutputs): void {
  const { folder, stepSummary, report, comparison } = outputs;
  // Before anything is escaped, which would hide a secret from the redactor.
  const shown = redactRun(record);
  const summary = summaryMarkdown(shown, { report, comparison: comparison && outputRedactor.texts(comparison) });
  writing(join(folder, SUMMARY_FILE), (path) => writeWhole(path, summary));
  writing(join(folder, JUNIT_FILE), (path) => writeWhole(path, junitXml(shown)));
  if (stepSummary) writing(stepSummary, (path) => appendFileSync(path, `${summary}\n`));
}

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}

function writing(path: string, write: (path: string) => void): void {
  try {
    write(path);
  } catch (cause) {
    throw new UserFault(
      'report-unwritable',
      `${path} cannot be written: ${systemErrorCode(cause) ?? 'unknown error'}`,
      {
        hint: 'The run itself is saved; free some space, or let the file be written.',
        cause,
      },
    );
  }
}
