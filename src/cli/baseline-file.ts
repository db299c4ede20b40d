import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ZodError } from 'zod';
import { systemErrorCode, UserFault } from '../errors.ts';
import { BASELINE_SCHEMA, type BaselineRecord, parseBaseline, reviewableJson } from '../gate/baseline/index.ts';

/** Whether a path names a baseline and not a run. What cannot be read is no baseline: whoever reads runs says why. */
export function isBaselineFile(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof content === 'object' && content !== null && Reflect.get(content, 'schema') === BASELINE_SCHEMA;
  } catch {
    return false;
  }
}

/**
 * Reads a baseline file.
 *
 * @throws UserFault `baseline-unreadable` or `baseline-shape`.
 */
export function readBaseline(path: string): BaselineRecord {
  const text = textOf(path);
  try {
    return parseBaseline(JSON.parse(text));
  } catch (cause) {
    throw new UserFault('baseline-shape', `${path} is not a baseline of this version: ${firstIssue(cause)}`, {
      hint: 'Make it anew: npx proving-ground baseline <run...>',
      cause,
    });
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserFault('baseline-unreadable', `${path} cannot be read: ${systemErrorCode(cause) ?? 'unknown error'}`, {
      hint: 'A baseline is a file such as reports/baselines/peak.json; npx proving-ground baseline <run...> makes one.',
      cause,
    });
  }
}

function firstIssue(cause: unknown): string {
  if (!(cause instanceof ZodError)) return cause instanceof Error ? cause.message : String(cause);
  const [issue] = cause.issues;
  return issue === undefined ? 'unknown shape' : `${issue.path.join('.') || 'the whole file'}: ${issue.message}`;
}

/**
 * Writes a baseline, whole or not at all, and makes its folder.
 *
 * @throws UserFault `report-unwritable`.
 */
export function writeBaseline(path: string, baseline: BaselineRecord): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, reviewableJson(baseline));
    renameSync(`${path}.part`, path);
  } catch (cause) {
    throw new UserFault(
      'report-unwritable',
      `${path} cannot be written: ${systemErrorCode(cause) ?? 'unknown error'}`,
      { hint: 'Give a file in a folder that can be written.', cause },
    );
  }
}

/** Where the baseline of a test lies: `reports/baselines/peak.json`, or `peak-staging.json` for an environment of it. */
export function baselinePath(reports: string, { file, environment }: BaselineOf): string {
  const name = basename(file).replace(/\.[^.]+$/, '');
  return join(reports, 'baselines', `${environment === undefined ? name : `${name}-${environment}`}.json`);
}

interface BaselineOf {
  readonly file: string;
  readonly environment?: string | undefined;
}
