import type { SeriesFlag, StoredComparison, StoredRow } from '../../gate/regression/index.ts';
import { formatNumber } from '../number-format.ts';

/** One line of the comparison of stored runs, in words; times in milliseconds. */
export interface StoredLine {
  readonly target: string;
  readonly metric: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
  readonly interval: string;
  /** `more`, `less`, or `-` where the interval holds 0. */
  readonly clear: string;
}

/** A row for which there is an interval. */
export type ComparedRow = StoredRow & { readonly kind: 'compared' };

/** The titles of the columns, in the order of `cellsOf`. */
export const STORED_COLUMNS = [
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

/** Every row with an interval. */
export function storedLines(rows: readonly StoredRow[]): StoredLine[] {
  return rows.flatMap((row) => (row.kind === 'compared' ? [lineOf(row)] : []));
}

/** The cells of a line. */
export function cellsOf({ target, metric, before, after, change, interval, clear }: StoredLine): string[] {
  return [target, metric, before, after, change, interval, clear];
}

/** What is said of one row in a sentence: the change with its interval. */
export function storedChangeText(row: ComparedRow): string {
  const { metric, change, interval } = lineOf(row);
  return `${metric} ${change}, 95 % interval ${interval}`;
}

/** What is doubtful about the rows, what is missing among them, and what they are worth: a sentence each. */
export function storedNotes({ rows, flagged, warmUpSec }: StoredComparison): string[] {
  const compared = rows.flatMap((row) => (row.kind === 'compared' ? [row] : []));
  const runToRun = compared.some(({ basis }) => basis !== 'within runs');
  return [
    ...notComparedNotes(rows),
    `Response times in ms, without the first ${formatNumber(warmUpSec)} s. "more" and "less": the interval leaves 0 out.`,
    chanceNote(compared.length),
    ...flagNotes(compared),
    ...flagged.map(({ what, baseline, candidate }) => `Not the same: ${what} (${baseline} | ${candidate}).`),
    runToRun
      ? 'Advisory: the runs are from different times; nothing was randomised.'
      : 'Advisory: intervals say how each run scatters within itself, not how runs differ. Three runs a side say that, and compare means, throughput and custom metrics, too.',
  ];
}

/** Nobody chose these rows beforehand, and an interval of 95 % misses in one row of twenty. */
function chanceNote(compared: number): string {
  return `Of ${compared} intervals of 95 %, about ${formatNumber(Math.round(compared * 0.05))} leave 0 out by chance.`;
}

function lineOf(row: ComparedRow): StoredLine {
  const { target, metric, baseline, candidate, change, interval, reads } = row;
  const unit = metric === 'error rate' ? 'pp' : '%';
  return {
    target: targetText(target),
    metric,
    before: valueText(row, baseline),
    after: valueText(row, candidate),
    change: signed(change, unit),
    interval: `${signed(interval.low, '').trimEnd()} to ${signed(interval.high, unit)}`,
    clear: reads === 'no clear change' ? '-' : reads,
  };
}

/** A journey may be called like an endpoint; its figures are those of all of its requests. */
function targetText({ kind, name }: StoredRow['target']): string {
  return kind === 'journey' ? `journey ${name}` : name;
}

function valueText({ metric }: StoredRow, value: number): string {
  if (metric === 'error rate') return `${formatNumber(value * 100)} %`;
  return metric === 'throughput' ? `${formatNumber(value)}/s` : formatNumber(value);
}

/** One decimal: an interval is not known better. A difference of shares is in points, so that nobody takes it for a ratio. */
function signed(share: number, unit: string): string {
  const rounded = Math.round(share * 1000) / 10;
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
  return `${sign}${formatNumber(Math.abs(rounded))} ${unit}`;
}

/** What has too few values is one line for each metric: most tests have many endpoints too rare for a p99. */
function notComparedNotes(rows: readonly StoredRow[]): string[] {
  const tooFew = new Map<string, string[]>();
  const others: string[] = [];
  for (const row of rows) {
    if (row.kind === 'compared') continue;
    const { why, metric, target } = row;
    if (why.kind === 'too few values') {
      const key = `${metric} (it needs ${formatNumber(why.needed)} values)`;
      tooFew.set(key, [...(tooFew.get(key) ?? []), `${targetText(target)} ${formatNumber(why.perBlock)}`]);
    } else if (why.kind === 'only on one side') {
      others.push(
        `Not compared: ${targetText(target)}, only in the runs ${why.side === 'baseline' ? 'before' : 'after'}.`,
      );
    } else {
      others.push(`Not compared: ${metric} of ${targetText(target)}, ${why.kind}.`);
    }
  }
  return [...[...tooFew].map(([key, names]) => `Not compared: ${key} of ${names.join(', ')}.`), ...others];
}

/** One line for each run and kind of doubt, with the endpoints. */
function flagNotes(rows: readonly ComparedRow[]): string[] {
  const targets = new Map<string, Set<string>>();
  for (const row of rows) {
    for (const flag of row.flags) {
      const key = `${flag.run}: ${FLAG_TEXT[flag.kind]}`;
      targets.set(key, (targets.get(key) ?? new Set()).add(targetText(row.target)));
    }
  }
  return [...targets].map(([key, names]) => `${key} in ${[...names].join(', ')}.`);
}
