import type { SeriesFlag, StoredRow } from '../gate/regression/index.ts';
import { formatNumber } from '../report/number-format.ts';
import { textTable } from '../report/text-table.ts';
import type { StoredComparison } from './stored-comparison.ts';

const COLUMNS = [
  { title: 'Endpoint', align: 'left' },
  { title: 'Metric', align: 'left' },
  { title: 'before', align: 'right' },
  { title: 'after', align: 'right' },
  { title: 'change', align: 'right' },
  { title: '95 % interval', align: 'right' },
  { title: 'clear', align: 'left' },
] as const;

const FLAG_TEXT = {
  'still warming up': 'still warming up after the warm-up',
  'never steady': 'never steady',
  trend: 'a trend',
} as const satisfies Record<SeriesFlag['kind'], string>;

/** The table of changes, what is doubtful about it, and what it is worth. Times in milliseconds. */
export function storedComparisonText({ rows, flagged, warmUpSec }: StoredComparison, width: number): string {
  const runToRun = rows.some((row) => row.kind === 'compared' && row.basis !== 'within runs');
  return [
    ...textTable(COLUMNS, rows.flatMap(cellsOf), width),
    ...notComparedLines(rows),
    '',
    `Response times in ms, without the first ${formatNumber(warmUpSec)} s. "more" and "less": the interval leaves 0 out.`,
    chanceLine(rows),
    ...flagLines(rows),
    ...flagged.map(({ what, baseline, candidate }) => `Not the same: ${what} (${baseline} | ${candidate}).`),
    runToRun
      ? 'Advisory: the runs are from different times; nothing was randomised.'
      : 'Advisory: intervals say how each run scatters within itself, not how runs differ.',
  ].join('\n');
}

/** Nobody chose these rows beforehand, and an interval of 95 % misses in one row of twenty. */
function chanceLine(rows: readonly StoredRow[]): string {
  const compared = rows.filter(({ kind }) => kind === 'compared').length;
  return `Of ${compared} intervals of 95 %, about ${formatNumber(Math.round(compared * 0.05))} leave 0 out by chance.`;
}

/** What is said of one row in a sentence: the change with its interval. */
export function changeText(row: StoredRow & { readonly kind: 'compared' }): string {
  return `${row.metric} ${signed(row.change, unitOf(row))}, 95 % interval ${intervalText(row)}`;
}

function cellsOf(row: StoredRow): string[][] {
  if (row.kind === 'not compared') return [];
  const { baseline, candidate, change, reads, metric } = row;
  const value = (number: number): string =>
    metric === 'error rate' ? `${formatNumber(number * 100)} %` : formatNumber(number);
  return [
    [
      row.target.name,
      metric,
      value(baseline),
      value(candidate),
      signed(change, unitOf(row)),
      intervalText(row),
      reads === 'no clear change' ? '-' : reads,
    ],
  ];
}

/** A difference of shares is in points, so that nobody takes it for a ratio. */
function unitOf({ metric }: StoredRow): '%' | 'pp' {
  return metric === 'error rate' ? 'pp' : '%';
}

function intervalText(row: StoredRow & { readonly kind: 'compared' }): string {
  return `${signed(row.interval.low, '').trimEnd()} to ${signed(row.interval.high, unitOf(row))}`;
}

/** One decimal: an interval is not known better. */
function signed(share: number, unit: string): string {
  const rounded = Math.round(share * 1000) / 10;
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
  return `${sign}${formatNumber(Math.abs(rounded))} ${unit}`;
}

/** What has too few values is one line for each metric: most tests have many endpoints too rare for a p99. */
function notComparedLines(rows: readonly StoredRow[]): string[] {
  const tooFew = new Map<string, string[]>();
  const others: string[] = [];
  for (const row of rows) {
    if (row.kind === 'compared') continue;
    const { why, metric, target } = row;
    if (why.kind === 'too few values') {
      const key = `${metric} (it needs ${formatNumber(why.needed)} values)`;
      tooFew.set(key, [...(tooFew.get(key) ?? []), `${target.name} ${formatNumber(why.perBlock)}`]);
    } else if (why.kind === 'only on one side') {
      others.push(`Not compared: ${target.name}, only in the runs ${why.side === 'baseline' ? 'before' : 'after'}.`);
    } else {
      others.push(`Not compared: ${metric} of ${target.name}, ${why.kind}.`);
    }
  }
  return [...[...tooFew].map(([key, names]) => `Not compared: ${key} of ${names.join(', ')}.`), ...others];
}

/** One line for each run and kind of doubt, with the endpoints. */
function flagLines(rows: readonly StoredRow[]): string[] {
  const targets = new Map<string, Set<string>>();
  for (const row of rows) {
    if (row.kind === 'not compared') continue;
    for (const flag of row.flags) {
      const key = `${flag.run}: ${FLAG_TEXT[flag.kind]}`;
      targets.set(key, (targets.get(key) ?? new Set()).add(row.target.name));
    }
  }
  return [...targets].map(([key, names]) => `${key} in ${[...names].join(', ')}.`);
}
