import type { Quantity } from '../../../gate/sentences/sentence.ts';
import type { RuleTerm } from '../../../record/index.ts';
import { addGroups, sumOf } from '../shared/figures.ts';
import { addCells, clearHistogram, createHistogram, type Histogram, meanOf, quantilesOf } from '../shared/histogram.ts';
import { binsOf } from '../shared/interval.ts';
import type { ReportData } from '../shared/report-data.ts';
import { selectGroups } from '../shared/select.ts';
import type { Watched } from './watched.ts';

/** When a rule would have been broken, looked at in windows of ten seconds. */
export interface Breaches {
  /** Beginning of the first window in which the limit is broken; undefined: in none. */
  readonly firstMs: number | undefined;
  readonly broken: number;
  /** Windows in which there was anything to look at. */
  readonly windows: number;
}

const WINDOW_MS = 10_000;

/** Fewer values than this have no tail to speak of: one slow answer is their p95. */
const MIN_VALUES = 20;

/** Looks at each window by itself; counts are added up from the beginning, since a rule about a count is. */
export function breachesOf(data: ReportData, watched: Watched, term: RuleTerm): Breaches | undefined {
  const { limit, operator } = term;
  const compare = COMPARE[operator];
  // Until enough has happened, any count is too small.
  if (watched.quantity.kind === 'count' && operator.startsWith('>')) return undefined;
  const valueAt = valueReader(data, watched);
  if (limit === undefined || compare === undefined || valueAt === undefined) return undefined;
  let [firstMs, broken, windows]: [number | undefined, number, number] = [undefined, 0, 0];
  const stepMs = Math.max(WINDOW_MS, data.binMs);
  for (let fromMs = watched.interval.fromMs; fromMs < watched.interval.toMs; fromMs += stepMs) {
    const value = valueAt(fromMs, Math.min(watched.interval.toMs, fromMs + stepMs));
    if (value === undefined) continue;
    windows += 1;
    if (compare(value, limit)) continue;
    broken += 1;
    firstMs ??= fromMs;
  }
  return { firstMs, broken, windows };
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
};

type ReadValue = (fromMs: number, toMs: number) => number | undefined;

function valueReader(data: ReportData, { quantity, of }: Watched): ReadValue | undefined {
  return of.kind === 'metric' ? metricReader(data, of.name, quantity) : requestReader(data, of, quantity);
}

function requestReader(
  data: ReportData,
  { selection, measure }: Extract<Watched['of'], { kind: 'requests' }>,
  quantity: Quantity,
): ReadValue | undefined {
  const groups = selectGroups(data, selection);
  const histogram = createHistogram();
  if (quantity.kind === 'error rate') return (fromMs, toMs) => errorPercent(data, groups, fromMs, toMs);
  if (quantity.kind === 'count' || quantity.kind === 'rate') return undefined;
  return (fromMs, toMs) => {
    clearHistogram(histogram);
    const { from, to } = binsOf(data, { fromMs, toMs });
    addGroups(histogram, groups, measure, from, to);
    return statistic(histogram, quantity);
  };
}

function errorPercent(
  data: ReportData,
  groups: ReportData['groups'],
  fromMs: number,
  toMs: number,
): number | undefined {
  const { from, to } = binsOf(data, { fromMs, toMs });
  const requests = groups.reduce((sum, group) => sum + sumOf(group.requests, from, to), 0);
  if (requests < MIN_VALUES) return undefined;
  let errors = 0;
  for (const { faults } of groups) {
    for (const { kind, bins, counts } of faults) {
      if (data.faultKinds[kind]?.isError !== true) continue;
      bins.forEach((bin, index) => {
        if (bin >= from && bin < to) errors += counts[index] ?? 0;
      });
    }
  }
  return (errors / requests) * 100;
}

function metricReader(data: ReportData, name: string, quantity: Quantity): ReadValue | undefined {
  const series = [...data.metrics, ...data.journeyMetrics].find((metric) => metric.name === name);
  if (series === undefined || quantity.kind === 'rate' || quantity.kind === 'error rate') return undefined;
  const { counts, cells, stepMs } = series;
  const stepOf = (ms: number): number => Math.max(0, Math.round((ms - series.fromMs) / stepMs));
  if (quantity.kind === 'count') return (_, toMs) => sumOf(counts, 0, stepOf(toMs));
  if (cells === undefined) return undefined;
  const histogram = createHistogram();
  return (fromMs, toMs) => {
    clearHistogram(histogram);
    addCells(histogram, cells, stepOf(fromMs), stepOf(toMs));
    return statistic(histogram, quantity);
  };
}

function statistic(histogram: Histogram, quantity: Quantity): number | undefined {
  switch (quantity.kind) {
    case 'quantile':
      return histogram.total < MIN_VALUES ? undefined : quantilesOf(histogram, [quantity.percent / 100])?.[0];
    case 'mean':
      return meanOf(histogram);
    case 'min':
      return quantilesOf(histogram, [0])?.[0];
    case 'max':
      return quantilesOf(histogram, [1])?.[0];
    default:
      return undefined;
  }
}
