import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode, UserFault } from '../../errors.ts';
import type { RunRecord } from '../../record/index.ts';
import { readSamples } from '../../record/samples/index.ts';
import { systemRecordIfReadable } from '../../record/system/index.ts';
import type { BesideBaseline } from '../stored/index.ts';
import type { RunSources } from './aggregate/report-data.ts';
import { REPORT_COLUMNS } from './aggregate/report-samples.ts';
import { renderReport } from './render-report.ts';

/** The name of a report in the folder of its run. */
export const REPORT_FILE = 'report.html';

/**
 * What a report is made of.
 *
 * @param folder of the run, in which the samples lie if there are any.
 * @throws UserFault `run-unreadable` or `run-shape`.
 */
export function reportSources(folder: string, record: RunRecord): RunSources {
  const path = join(folder, record.samples?.file ?? 'samples.arrow');
  // A run of Artillery's own engine has none; a run that was copied without them is drawn from its windows.
  const system = systemRecordIfReadable(folder);
  if (!existsSync(path)) return { record, system };
  return { record, system, samples: readSamples(path, REPORT_COLUMNS, record.samples?.count) };
}

/**
 * Writes the report of a run into its folder, whole or not at all.
 *
 * @param beside the run beside its baseline; undefined: its test names none.
 * @returns its path.
 * @throws UserFault `run-unreadable`, `run-shape` or `report-unwritable`.
 */
export function writeReport(folder: string, record: RunRecord, beside?: BesideBaseline): string {
  const path = join(folder, REPORT_FILE);
  writePage(path, renderReport(reportSources(folder, record), beside));
  return path;
}

/**
 * Writes a page, whole or not at all.
 *
 * @throws UserFault `report-unwritable`.
 */
export function writePage(path: string, page: string): void {
  try {
    writeFileSync(`${path}.part`, page);
    renameSync(`${path}.part`, path);
  } catch (cause) {
    throw new UserFault(
      'report-unwritable',
      `${path} cannot be written: ${systemErrorCode(cause) ?? 'unknown error'}`,
      {
        hint: 'Give a file in a folder that exists and can be written.',
        cause,
      },
    );
  }
}
