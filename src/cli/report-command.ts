import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { UserFault } from '../errors.ts';
import { REPORT_FILE, renderForTrend, renderTrend, reportSources, writePage } from '../report/html/index.ts';
import { JUNIT_FILE, SUMMARY_FILE, writeMachineOutputs } from '../report/machine/index.ts';
import { namedRun } from './run-path.ts';

const EXAMPLES = `
Examples:
  npx proving-ground report reports/latest
  npx proving-ground report reports/*-peak --output trend.html`;

interface Options {
  readonly output?: string;
}

/** `proving-ground report <run…>`: writes the reports and summaries of runs again, and one page over all of them. */
export function reportCommand(): Command {
  return new Command('report')
    .description(
      'Write report.html, summary.md and junit.xml of a run again; of several runs, a page that shows their trend as well',
    )
    .argument('<run...>', 'folders of runs, for example reports/latest, or their run.json')
    .option('-o, --output <file>', 'where the page over all runs goes (trend.html beside the folder of the first run)')
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
      const rows = paths.map(rebuild);
      if (rows.length < 2) return;
      const output = options.output ?? join(dirname(namedRun(paths[0] ?? '').folder), 'trend.html');
      writePage(output, renderTrend(rows));
      console.log(`Wrote ${output}`);
    });
}

/** One run after the other, so that the samples of only one are in memory. */
function rebuild(path: string): ReturnType<typeof renderForTrend>['row'] {
  const { folder, name, record } = namedRun(path);
  const { report, row } = renderForTrend(reportSources(folder, record), name);
  const file = join(folder, REPORT_FILE);
  writePage(file, report);
  // Without the summary of the job: the run itself has added to that.
  writeMachineOutputs(record, { folder, report: file });
  console.log(`Wrote ${file}, and ${SUMMARY_FILE} and ${JUNIT_FILE} beside it`);
  return row;
}
