import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { UserFault } from '../errors.ts';
import { REPORT_FILE, renderForTrend, reportSources, writePage } from '../report/html/index.ts';
import { JUNIT_FILE, SUMMARY_FILE, writeMachineOutputs } from '../report/machine/index.ts';
import { summarisedComparison } from '../report/stored/index.ts';
import { besideBaseline } from './run-baseline.ts';
import { namedRun } from './run-path.ts';
import { type TrendRun, trendOfRuns, trendRunOf } from './trend-of-runs.ts';

const EXAMPLES = `
Examples:
  npx proving-ground report reports/latest
  npx proving-ground report reports/*-peak --output trend.html
  npx proving-ground report reports/*-peak --format json | jq '.runs[] | .name, .verdict, .times.p95'`;

interface Options {
  readonly output?: string;
  readonly format: 'text' | 'json';
}

/** What became of one run. */
interface Rebuilt {
  readonly files: readonly string[];
  readonly trend: TrendRun;
}

/** `proving-ground report <run…>`: writes the reports and summaries of runs again, and one page over all of them. */
export function reportCommand(): Command {
  return new Command('report')
    .description(
      'Write report.html, summary.md and junit.xml of a run again; of several runs, a page that shows their trend as well',
    )
    .argument('<run...>', 'folders of runs, for example reports/latest, or their run.json')
    .option('-o, --output <file>', 'where the page over all runs goes (trend.html beside the folder of the first run)')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((paths: string[], options: Options) => {
      if (paths.length < 2 && options.output !== undefined) {
        throw new UserFault(
          'option-value',
          '--output is the place of the page over several runs, and there is only one',
          {
            hint: `The report of a run is always ${REPORT_FILE} in its folder.`,
          },
        );
      }
      const runs = paths.map((path) => rebuild(path, options.format));
      const trend =
        paths.length < 2 ? undefined : (options.output ?? join(dirname(namedRun(paths[0] ?? '').folder), 'trend.html'));
      if (trend !== undefined) writePage(trend, trendOfRuns(runs.map(({ trend: each }) => each)).page);
      if (options.format === 'json') {
        console.log(
          JSON.stringify({ runs: runs.map(({ files, trend: { row } }) => ({ ...row, files })), trend }, null, 2),
        );
      } else if (trend !== undefined) console.log(`Wrote ${trend}`);
    });
}

/** One run after the other, so that the samples of only one are in memory. */
function rebuild(path: string, format: Options['format']): Rebuilt {
  const run = namedRun(path);
  const { folder, name, record } = run;
  const sources = reportSources(folder, record);
  const beside = besideBaseline(sources);
  const { report, row } = renderForTrend(sources, name, beside);
  const file = join(folder, REPORT_FILE);
  writePage(file, report);
  // Without the summary of the job: the run itself has added to that.
  writeMachineOutputs(record, { folder, report: file, comparison: beside && summarisedComparison(beside) });
  if (format === 'text') console.log(`Wrote ${file}, and ${SUMMARY_FILE} and ${JUNIT_FILE} beside it`);
  const files = [file, join(folder, SUMMARY_FILE), join(folder, JUNIT_FILE)];
  return { files, trend: trendRunOf(run, sources, row) };
}
