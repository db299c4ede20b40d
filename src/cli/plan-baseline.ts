import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { runToLearnFrom } from '../gate/baseline/index.ts';
import { readRun } from '../record/index.ts';
import { type EffectiveTest, type MeasuredRun, measuredRun, type RunToLearnFrom } from '../workload/plan/index.ts';
import { baselinePath, isBaselineFile, readBaseline } from './baseline-file.ts';

/** Runs further back than this say little about the test as it is now. */
const RUNS_TO_TRY = 5;

/** Runs that could be of the test: newest first, then the baseline that is committed for it. */
function candidates(reports: string, test: EffectiveTest): string[] {
  const name = basename(test.file).replace(/\.[^.]+$/, '');
  const isFolder = statSync(reports, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const folders = isFolder ? readdirSync(reports) : [];
  // A run's folder is called by its start and its test; see createRunFolder.
  const isOfTest = (folder: string): boolean =>
    [folder, folder.replace(/-\d+$/, '')].some((each) => each.endsWith(`-${name}`));
  const runs = folders.filter((folder) => /^\d/.test(folder) && isOfTest(folder));
  const newest = runs.toSorted().reverse().slice(0, RUNS_TO_TRY);
  return [...newest.map((folder) => join(reports, folder)), baselinePath(reports, test)];
}

/**
 * A run that somebody named: its folder or its `run.json`; or a baseline file.
 *
 * @throws UserFault `run-unreadable`, `run-shape` or `baseline-shape`.
 */
export function namedBaseline(path: string, test: EffectiveTest): MeasuredRun {
  return measuredRun(readEither(path), path, test);
}

function readEither(path: string): RunToLearnFrom {
  return isBaselineFile(path) ? runToLearnFrom(readBaseline(path)) : readRun(path);
}

/**
 * The newest run of the same test in `reports`, or else its committed baseline. A run counts only if it was completed, with
 * the same environment.
 *
 * @param reports the folder of runs. @returns undefined: there is none.
 */
export function foundBaseline(reports: string, test: EffectiveTest): MeasuredRun | undefined {
  for (const path of candidates(reports, test).filter((each) => existsSync(each))) {
    const run = readable(path);
    if (run === undefined || run.ending.how !== 'completed' || run.test.environment !== test.environment) continue;
    if (resolve(run.test.file) === resolve(test.file)) return measuredRun(run, relative(process.cwd(), path), test);
  }
  return undefined;
}

/** A run of an older version, or half a file, is no reason to refuse a plan that nobody asked to rest on it. */
function readable(path: string): RunToLearnFrom | undefined {
  try {
    return readEither(path);
  } catch {
    return undefined;
  }
}
