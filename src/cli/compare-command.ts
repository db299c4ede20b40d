import { Command, InvalidArgumentError, Option } from 'commander';
import { UserFault } from '../errors.ts';
import type { StoredComparison } from '../gate/regression/index.ts';
import { type Judgement, renderComparison, reportSources, writePage } from '../report/html/index.ts';
import { storedChangeText, storedMarkdown, storedPage, storedText } from '../report/stored/index.ts';
import { textWidth } from '../report/terminal.ts';
import { isBaselineFile, readBaseline } from './baseline-file.ts';
import { type NamedRun, namedRun } from './run-path.ts';
import { compareStored, type LabelledBaseline, type LabelledRun } from './stored-comparison.ts';

const EXAMPLES = `
Several runs on each side tell how runs differ: three or more are worth most.

Examples:
  npx proving-ground compare reports/before reports/after --output before-after.html
  npx proving-ground compare reports/before reports/after --warm-up 20
  npx proving-ground compare reports/baselines/peak.json reports/latest
  npx proving-ground compare --before reports/a reports/b reports/c --after reports/d reports/e reports/f
  npx proving-ground compare reports/before reports/after --format json | jq '.comparison.rows[0]'`;

interface Options {
  readonly output: string;
  readonly format: 'text' | 'json' | 'markdown';
  readonly warmUp?: number;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** `proving-ground compare <run> <run>`: stored runs against each other, with intervals, and two of them drawn over each other. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('Say what changed between stored runs, with intervals, and draw two of them over each other')
    .argument('[before]', 'what is compared with: the folder of a run, its run.json, or a baseline file')
    .argument('[after]', 'folder of a run, or its run.json')
    .option('--before <runs...>', 'several runs to compare with, instead of <before> and <after>')
    .option('--after <runs...>', 'several runs that are compared with them')
    .option('--warm-up <seconds>', 'left out of every run (a first phase called warm-up, else a tenth)', parseSeconds)
    .option('-o, --output <file>', 'where the page goes; it draws the first run of each side', 'compare.html')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json', 'markdown']).default('text'))
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((before: string | undefined, after: string | undefined, options: Options) => {
      const sides = sidesOf(before, after, options);
      const [only] = sides[0];
      if (only !== undefined && sides[0].length === 1 && isBaselineFile(only)) besideBaseline(only, sides[1], options);
      else betweenRuns(sides, options);
      console.error(`Wrote ${options.output}`);
    });
}

function betweenRuns(sides: readonly [readonly string[], readonly string[]], options: Options): void {
  const [first, second] = labelled(...sides);
  const comparison = compareStored(first, second, options.warmUp);
  const [a, b] = [first[0], second[0]];
  if (a === undefined || b === undefined) return;
  const { page, differences, measure } = renderComparison(a, b, judgementsOf(comparison), comparison);
  writePage(options.output, page);
  print(comparison, labelsOf(first), labelsOf(second), options, { measure, differences });
}

/** Of a baseline there is no course of time, so that the page shows the figures and no charts over each other. */
function besideBaseline(path: string, after: readonly string[], options: Options): void {
  const before: LabelledBaseline = { label: path, baseline: readBaseline(path) };
  const runs = labelled([], after)[1];
  const comparison = compareStored(before, runs, options.warmUp);
  const names = { before: path, after: labelsOf(runs).join(', ') };
  writePage(options.output, storedPage(comparison, names));
  print(comparison, [path], labelsOf(runs), options, {});
}

function labelsOf(runs: readonly LabelledRun[]): string[] {
  return runs.map(({ label }) => label);
}

function print(
  comparison: StoredComparison,
  before: readonly string[],
  after: readonly string[],
  { format }: Options,
  more: Readonly<Record<string, unknown>>,
): void {
  if (format === 'text') {
    console.log(storedText(comparison, textWidth(process.stdout)));
  } else if (format === 'markdown') {
    console.log(storedMarkdown(comparison, { before: before.join(', '), after: after.join(', ') }));
  } else {
    const json = { before: before[0], after: after[0], isAdvisory: true, ...more };
    console.log(JSON.stringify({ ...json, comparison: { runs: { before, after }, ...comparison } }, null, 2));
  }
}

/** A number of seconds from 0 on, for an option. @throws InvalidArgumentError */
export function parseSeconds(text: string): number {
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
            text: `${storedChangeText(row)}, without the first ${warmUpSec} s; advisory`,
          },
        ]
      : [],
  );
}
