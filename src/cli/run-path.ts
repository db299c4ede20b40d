import { realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type RunRecord, readRun } from '../record/index.ts';

/** A run that was named on the command line. */
export interface NamedRun {
  /** The folder in which its files lie. */
  readonly folder: string;
  /** The name of that folder; `latest` is called by what it points to. */
  readonly name: string;
  readonly record: RunRecord;
}

/**
 * Reads a run by its folder or its `run.json`.
 *
 * @throws UserFault `run-unreadable` or `run-shape`.
 */
export function namedRun(path: string): NamedRun {
  const record = readRun(path);
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  return { folder, name: basename(realpathSync(folder)), record };
}
