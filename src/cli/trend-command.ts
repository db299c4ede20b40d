import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command, Option } from 'commander';
import { UserFault } from '../errors.ts';
import { reportSources, writePage } from '../report/html/index.ts';
import { plainText } from '../report/index.ts';
import { trendLines } from '../report/trend/index.ts';
import { type NamedRun, namedRun } from './run-path.ts';
import { trendOfRuns, trendRunOf } from './trend-of-runs.ts';

const EXAMPLES = `
Examples:
  npx proving-ground trend --test artillery/peak.yml
  npx proving-ground trend reports/*-peak --output peak.html
  npx proving-ground trend --format json | jq '.changes[0]'`;

interface Options {
  readonly test?: string;
  readonly reports: string;
  readonly last: string;
  readonly output?: string;
  readonly format: 'text' | 'json';
}

/** Shuffling longer histories takes minutes, and what was a year ago is no news. */
const MOST_RUNS = 200;

/** `proving-ground trend [run…]`: since when figures changed, over many runs of a test. */
export function trendCommand(): Command {
  return new Command('trend')
    .description('Say since when figures changed over many runs of a test, also when each step is too small for a gate')
    .argument('[run...]', 'folders of runs, or their run.json (every run of one test in the reports folder)')
    .option('--test <file>', 'the test whose runs are taken (that of the newest run)')
    .option('--reports <folder>', 'where the runs are', 'reports')
    .option('--last <number>', `of these, at most so many of the newest, up to ${MOST_RUNS}`, '100')
    .option('-o, --output <file>', 'write a page over these runs as well, with the changes marked')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((paths: string[], options: Options) => {
      const most = lastOf(options.last);
      const runs = paths.length > 0 ? namedRuns(paths, options) : runsOfTest(options);
      const newest = runs.toSorted((a, b) => (a.record.startedAt < b.record.startedAt ? -1 : 1)).slice(-most);
      // One run after the other, so that the samples of only one are in memory.
      const { findings, page } = trendOfRuns(
        newest.map((run) => trendRunOf(run, reportSources(run.folder, run.record))),
      );
      console.log(
        options.format === 'json'
          ? JSON.stringify({ test: newest.at(-1)?.record.test.file, isAdvisory: true, ...findings }, null, 2)
          : trendLines(findings).map(plainText).join('\n'),
      );
      if (options.output === undefined) return;
      writePage(options.output, page);
      console.error(`Wrote ${options.output}`);
    });
}

function lastOf(text: string): number {
  const last = Number(text);
  if (Number.isInteger(last) && last >= 1 && last <= MOST_RUNS) return last;
  throw new UserFault('option-value', `--last is ${text}; it must be a whole number from 1 to ${MOST_RUNS}`);
}

function namedRuns(paths: readonly string[], { test }: Options): NamedRun[] {
  if (test === undefined) return paths.map(namedRun);
  throw new UserFault('option-value', 'runs and --test were given, and only one of them is needed', {
    hint: 'Give runs, or --test for all runs of it in the reports folder.',
  });
}

/** Runs whose folder is named after the test; what cannot be read, such as a run that is going on, is none. */
function runsOfTest({ reports, test }: Options): NamedRun[] {
  const folders = existsSync(reports) ? readdirSync(reports).filter((name) => /^\d{4}-/.test(name)) : [];
  const runs = folders.toSorted().flatMap((name) => readableRun(join(reports, name)));
  const file = test ?? runs.at(-1)?.record.test.file;
  const own = runs.filter(({ record }) => file !== undefined && basename(record.test.file) === basename(file));
  if (own.length > 0) return own;
  throw new UserFault('run-unreadable', `${reports} has no run${test === undefined ? '' : ` of ${test}`}`, {
    hint: 'npx artillery run … leaves one there; --reports names another folder.',
  });
}

function readableRun(path: string): NamedRun[] {
  try {
    return [namedRun(path)];
  } catch (thrown) {
    if (thrown instanceof UserFault) return [];
    throw thrown;
  }
}
