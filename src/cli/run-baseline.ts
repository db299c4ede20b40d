import { existsSync } from 'node:fs';
import { UserFault } from '../errors.ts';
import type { RunRecord } from '../record/index.ts';
import type { reportSources } from '../report/html/index.ts';
import type { BesideBaseline } from '../report/stored/index.ts';
import { valueAt } from '../workload/plan/index.ts';
import { readBaseline } from './baseline-file.ts';
import { compareStored } from './stored-comparison.ts';

/** What `config.plugins.verdict.baseline` of a test says; undefined: nothing. */
function baselineNamedIn(configuration: RunRecord['configuration']): string | undefined {
  const path = valueAt(configuration, 'plugins.verdict.baseline');
  return typeof path === 'string' && path !== '' ? path : undefined;
}

/**
 * Compares a run with the baseline that its test names. What cannot be compared is said in words: a run whose machine is another one is no
 * worse for that.
 *
 * @returns undefined: its test names none.
 */
export function besideBaseline(sources: ReturnType<typeof reportSources>): BesideBaseline | undefined {
  const { record } = sources;
  const baseline = baselineNamedIn(record.configuration);
  if (baseline === undefined) return undefined;
  if (record.ending.how !== 'completed') {
    return { baseline, outcome: { why: `the run was ${record.ending.how}, and the baseline is of whole runs` } };
  }
  if (!existsSync(baseline)) return { baseline, outcome: { why: 'there is no such file' } };
  try {
    const before = { label: baseline, baseline: readBaseline(baseline) };
    const comparison = compareStored(before, [{ label: 'this run', sources }], undefined);
    return { baseline, outcome: { comparison } };
  } catch (thrown) {
    if (thrown instanceof UserFault) return { baseline, outcome: { why: thrown.message } };
    throw thrown;
  }
}
