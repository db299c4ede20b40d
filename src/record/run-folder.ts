import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { ZodError } from 'zod';
import { systemErrorCode, UserFault } from '../errors.ts';
import { parseRunRecord, type RunRecord } from './run-record.ts';

/** The name of the link to the newest run. */
const LATEST = 'latest';

/** `2026-11-21T09-30-00-peak`: sorts by time, and no character that a file system or a shell minds. */
export function runFolderName(startedAt: Date, testFile: string): string {
  const time = startedAt.toISOString().slice(0, 19).replaceAll(':', '-');
  const name = basename(testFile).replace(/\.[^.]+$/, '');
  return `${time}-${name.replace(/[^A-Za-z0-9._-]+/g, '-')}`;
}

/**
 * Makes the folder of a run below `reports`; a run that started in the same second as another gets `-2` and so on.
 *
 * @throws UserFault `report-unwritable`.
 */
export function createRunFolder(reports: string, startedAt: Date, testFile: string): string {
  const wanted = join(reports, runFolderName(startedAt, testFile));
  return writing(wanted, () => {
    mkdirSync(reports, { recursive: true });
    for (let attempt = 1; ; attempt += 1) {
      const folder = attempt === 1 ? wanted : `${wanted}-${attempt}`;
      if (makeNew(folder)) return folder;
    }
  });
}

/**
 * Writes `run.json` and `metrics.csv` and lets `latest` point to the folder. Synchronous, because the last chance to
 * save a run is the `exit` event of a dying process. Each file is complete or absent, never half-written.
 *
 * @throws UserFault `report-unwritable`.
 */
export function writeRun(folder: string, record: RunRecord, csv: string): void {
  writing(folder, () => {
    writeWhole(join(folder, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
    writeWhole(join(folder, 'metrics.csv'), csv);
  });
  pointLatestTo(folder);
}

/**
 * Reads a run: its folder, or the `run.json` itself.
 *
 * @throws UserFault `run-unreadable` or `run-shape`.
 */
export function readRun(path: string): RunRecord {
  const file = isFolder(path) ? join(path, 'run.json') : path;
  const text = readRunFile(file);
  try {
    return parseRunRecord(JSON.parse(text));
  } catch (cause) {
    throw new UserFault('run-shape', `${file} is not a run of this version: ${firstIssue(cause)}`, {
      hint: 'A run.json is written by the verdict plugin at the end of a run; do not edit it.',
      cause,
    });
  }
}

function readRunFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserFault('run-unreadable', `${file} cannot be read`, {
      hint: 'Give the folder of a run, for example reports/latest; npx artillery run … makes one.',
      cause,
    });
  }
}

function firstIssue(cause: unknown): string {
  if (!(cause instanceof ZodError)) return cause instanceof SyntaxError ? cause.message : String(cause);
  const [issue] = cause.issues;
  return issue === undefined ? 'unknown shape' : `${issue.path.join('.') || 'the whole file'}: ${issue.message}`;
}

function pointLatestTo(folder: string): void {
  const link = join(folder, '..', LATEST);
  try {
    rmSync(link, { force: true, recursive: false });
    symlinkSync(relative(join(folder, '..'), folder), link, 'junction');
  } catch {
    // A file system without links, or a folder of that name: the run itself is safe, only the shortcut is missing.
  }
}

function writeWhole(file: string, text: string): void {
  const unfinished = `${file}.part`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}

function makeNew(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function writing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new UserFault(
      'report-unwritable',
      `${path} cannot be written: ${systemErrorCode(cause) ?? 'unknown error'}`,
      {
        hint: 'Free some space, or set "reports" of the verdict plugin to a folder that can be written.',
        cause,
      },
    );
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
