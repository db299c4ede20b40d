import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserFault } from '../../errors.ts';
import { outputRedactor } from '../redact.ts';
import { parseSystemRecord, type SystemRecord, type SystemSummary } from './system-record.ts';

/** Its name in the folder of a run. */
export const SYSTEM_FILE = 'system.json';

/** What `run.json` says of it. */
export function systemSummaryOf({ sources, series }: SystemRecord): SystemSummary {
  return { file: SYSTEM_FILE, seriesCount: series.length, sources };
}

/**
 * Writes what was seen of the system, without secrets, whole or not at all. One series stands on one line.
 *
 * @throws Error of the file system.
 */
export function writeSystemRecord(folder: string, record: SystemRecord): void {
  const { series, ...head } = outputRedactor.texts(record);
  const lines = series.map((each) => `  ${JSON.stringify(each)}`).join(',\n');
  const opening = JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  const path = join(folder, SYSTEM_FILE);
  writeFileSync(`${path}.part`, `${opening},\n  "series": [\n${lines}\n  ]\n}\n`);
  renameSync(`${path}.part`, path);
}

/**
 * What was seen of the system under test; undefined: nothing.
 *
 * @throws UserFault `run-shape` for a file that cannot be read: a diagnosis without it would pretend that nobody had looked.
 */
export function readSystemRecord(folder: string): SystemRecord | undefined {
  const path = join(folder, SYSTEM_FILE);
  if (!existsSync(path)) return undefined;
  try {
    return parseSystemRecord(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new UserFault('run-shape', `${path} is not what a run of this version saw of the system`, {
      hint: 'Copy it again from where the run was made, or take it away: then only the requests are looked at.',
      cause,
    });
  }
}

/** The same for whom it stands beside the run: a report without its lanes is better than none. */
export function systemRecordIfReadable(folder: string): SystemRecord | undefined {
  try {
    return readSystemRecord(folder);
  } catch {
    return undefined;
  }
}
