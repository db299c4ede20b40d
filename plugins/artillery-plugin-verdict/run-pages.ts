import { join, relative } from 'node:path';
import { besideBaseline } from 'proving-ground/cli/run-baseline.ts';
import { outputRedactor, type RunRecord } from 'proving-ground/record/index.ts';
import { reportSources, writeReport } from 'proving-ground/report/html/index.ts';
import { writeMachineOutputs } from 'proving-ground/report/machine/index.ts';
import { type BesideBaseline, besideBaselineLines, summarisedComparison } from 'proving-ground/report/stored/index.ts';
import { orSay } from './or-say.ts';

/** Writes what a run looks like to people and to build servers; if that fails it changes nothing about the verdict. */
export function tryPages(folder: string, record: RunRecord): void {
  const shown = relative(process.cwd(), folder);
  const beside = tryBaseline(folder, record);
  orSay(`  The run itself is saved. To draw it again: npx proving-ground report ${shown}`, () =>
    writeReport(folder, record, beside),
  );
  orSay('  The run itself is saved, and the verdict stays as it is.', () => {
    const report = join(shown, 'report.html');
    const comparison = beside && summarisedComparison(beside);
    writeMachineOutputs(record, { folder, report, stepSummary: process.env.GITHUB_STEP_SUMMARY, comparison });
  });
}

/** Compares a run with the baseline that its test names. */
function tryBaseline(folder: string, record: RunRecord): BesideBaseline | undefined {
  let beside: BesideBaseline | undefined;
  orSay('  The run itself is saved, and the verdict stays as it is.', () => {
    beside = besideBaseline(reportSources(folder, record));
    if (beside !== undefined) console.log(`\n${besideBaselineLines(outputRedactor.texts(beside)).join('\n')}`);
  });
  return beside;
}
