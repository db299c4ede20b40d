import { Command, InvalidArgumentError, Option } from 'commander';
import { UserFault } from '../errors.ts';
import { type Judgement, renderComparison, reportSources, writePage } from '../report/html/index.ts';
import { textWidth } from '../report/terminal.ts';
import { type NamedRun, namedRun } from './run-path.ts';
import { compareStored, type LabelledRun, type StoredComparison } from './stored-comparison.ts';
import { changeText, storedComparisonText } from './stored-comparison-text.ts';

const EXAMPLES = `
Several runs on each side tell how runs differ: three or more are worth most.

Examples:
  npx proving-ground compare reports/before reports/after --output before-after.html
  npx proving-ground compare reports/before reports/after --warm-up 20
  npx proving-ground compare --before reports/a reports/b reports/c --after reports/d reports/e reports/f
  npx proving-ground compare reports/before reports/after --format json | jq '.comparison.rows[0]'`;

interface Options {
  readonly output: string;
  readonly format: 'text' | 'json';
  readonly warmUp?: number;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** `proving-ground compare <run> <run>`: stored runs against each other, with intervals, and two of them drawn over each other. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('Say what changed between stored runs, with intervals, and draw two of them over each other')
    .argument('[before]', 'the run compared with: its folder, or its run.json')
    .argument('[after]', 'folder of a run, or its run.json')
    .option('--before <runs...>', 'several runs to compare with, instead of <before> and <after>')
    .option('--after <runs...>', 'several runs that are compared with them')
    .option('--warm-up <seconds>', 'left out of every run (a first phase called warm-up, else a tenth)', parseSeconds)
    .option('-o, --output <file>', 'where the page goes; it draws the first run of each side', 'compare.html')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((before: string | undefined, after: string | undefined, options: Options) => {
      const [first, second] = labelled(...sidesOf(before, after, options));
      const comparison = compareStored(first, second, options.warmUp);
      const [a, b] = [first[0], second[0]];
      if (a === undefined || b === undefined) return;
      const { page, differences, measure } = renderComparison(a, b, judgementsOf(comparison));
      writePage(options.output, page);
      const runs = { before: first.map(({ label }) => label), after: second.map(({ label }) => label) };
      const json = { before: a.label, after: b.label, measure, isAdvisory: true, differences };
      console.log(
        options.format === 'json'
          ? JSON.stringify({ ...json, comparison: { runs, ...comparison } }, null, 2)
          : storedComparisonText(comparison, textWidth(process.stdout)),
      );
      console.error(`Wrote ${options.output}`);
    });
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !Number.isFinite(seconds) || seconds < 0) {
    throw new InvalidArgumentError('It must be a number of seconds, 0 or more.');
  }
  return seconds;
}

function sidesOf(
  before: string | undefined,
  after: string | undefined,
  options: Options,
): [readonly string[], readonly string[]] {
  if (before !== undefined && after !== undefined && options.before === undefined && options.after === undefined) {
    return [[before], [after]];
  }
  if (before === undefined && options.before !== undefined && options.after !== undefined) {
    return [options.before, options.after];
  }
  throw new UserFault('option-value', 'compare needs the runs of both sides', {
    hint: 'Give two runs, or --before and --after with one run or more each, not both.',
  });
}

/** Runs are called by their folders; the same folder on both sides is still two runs. */
function labelled(before: readonly string[], after: readonly string[]): [LabelledRun[], LabelledRun[]] {
  const [first, second] = [before.map(namedRun), after.map(namedRun)];
  const isOnBoth = (name: string): boolean => [first, second].every((runs) => runs.some((run) => run.name === name));
  const name = (run: NamedRun, suffix: string): LabelledRun => ({
    label: isOnBoth(run.name) ? `${run.name} (${suffix})` : run.name,
    sources: reportSources(run.folder, run.record),
  });
  return [first.map((run) => name(run, 'before')), second.map((run) => name(run, 'after'))];
}

/** The page says of each endpoint what its p95 tells. */
function judgementsOf({ rows, warmUpSec }: StoredComparison): Judgement[] {
  const outcomes = { more: 'slower', less: 'faster', 'no clear change': 'cannot tell' } as const;
  return rows.flatMap((row): Judgement[] =>
    row.kind === 'compared' && row.metric === 'p95'
      ? [
          {
            endpoint: row.target.kind === 'endpoint' ? row.target.name : undefined,
            outcome: outcomes[row.reads],
            text: `${changeText(row)}, without the first ${warmUpSec} s; advisory`,
          },
        ]
      : [],
  );
}
