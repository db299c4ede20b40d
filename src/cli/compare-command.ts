import { Command, Option } from 'commander';
import {
  change,
  type Difference,
  errorShare,
  type Measure,
  renderComparison,
  reportSources,
  selectionLabel,
  writePage,
} from '../report/html/index.ts';
import { formatNumber } from '../report/number-format.ts';
import { textWidth } from '../report/terminal.ts';
import { textTable } from '../report/text-table.ts';
import { type NamedRun, namedRun } from './run-path.ts';

const EXAMPLES = `
Examples:
  npx proving-ground compare reports/baselines/peak reports/latest
  npx proving-ground compare reports/before reports/after --output before-after.html
  npx proving-ground compare reports/before reports/after --format json | jq '.differences[0]'`;

interface Options {
  readonly output: string;
  readonly format: 'text' | 'json';
}

/** `proving-ground compare <run> <run>`: two runs over each other, and a table of their differences. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('Draw two runs over each other and list their differences; the first is the one compared with')
    .argument('<before>', 'folder of a run, or its run.json')
    .argument('<after>', 'folder of a run, or its run.json')
    .option('-o, --output <file>', 'where the page goes', 'compare.html')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((before: string, after: string, { output, format }: Options) => {
      const [a, b] = labelled(namedRun(before), namedRun(after));
      const { page, differences, measure } = renderComparison(a, b);
      writePage(output, page);
      console.log(format === 'json' ? asJson(a.label, b.label, measure, differences) : asText(differences, measure));
      console.error(`Wrote ${output}`);
    });
}

interface Labelled {
  readonly label: string;
  readonly sources: ReturnType<typeof reportSources>;
}

/** Runs are called by their folders; the same folder twice is still two runs. */
function labelled(a: NamedRun, b: NamedRun): [Labelled, Labelled] {
  const name = (run: NamedRun, suffix: string): Labelled => ({
    label: a.name === b.name ? `${run.name} (${suffix})` : run.name,
    sources: reportSources(run.folder, run.record),
  });
  return [name(a, 'before'), name(b, 'after')];
}

function asJson(before: string, after: string, measure: Measure, differences: readonly Difference[]): string {
  return JSON.stringify({ before, after, measure, isAdvisory: true, differences }, null, 2);
}

const COLUMNS = [
  { title: 'Endpoint', align: 'left' },
  { title: 'Requests', align: 'right' },
  { title: 'now', align: 'right' },
  { title: 'Errors', align: 'right' },
  { title: 'now', align: 'right' },
  { title: 'p95 ms', align: 'right' },
  { title: 'now', align: 'right' },
  { title: 'change', align: 'right' },
] as const;

function asText(differences: readonly Difference[], measure: Measure): string {
  const rows = differences.map(({ selection, before, after }) => {
    const [was, is] = [before[measure]?.p95, after[measure]?.p95];
    return [
      selectionLabel(selection),
      formatNumber(before.requests),
      formatNumber(after.requests),
      percent(errorShare(before)),
      percent(errorShare(after)),
      was === undefined ? '-' : formatNumber(was),
      is === undefined ? '-' : formatNumber(is),
      signed(change(was, is)),
    ];
  });
  const what = measure === 'response' ? 'Response times.' : 'Times to the first byte.';
  const width = textWidth(process.stdout);
  return [...textTable(COLUMNS, rows, width), '', `${what} Advisory: two runs of the same system differ, too.`].join(
    '\n',
  );
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : `${formatNumber(share * 100)} %`;
}

function signed(share: number | undefined): string {
  if (share === undefined) return '-';
  return `${share > 0 ? '+' : ''}${formatNumber(share * 100)} %`;
}
