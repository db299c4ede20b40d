import type { Cells } from './cells.ts';
import { addCells, createHistogram, type Histogram, quantilesOf } from './histogram.ts';
import { binsOf, type Interval } from './interval.ts';
import type { Figures, Group, Measure, Quantiles, ReportData } from './report-data.ts';
import { rowKey, type Selection, selectGroups } from './select.ts';

/** Figures of a part of a run, and whether they are exact or made from histograms (quantiles to within 1 %). */
export interface KnownFigures {
  readonly figures: Figures;
  readonly isExact: boolean;
}

/** The figures of a selection: exact ones for the whole run and its phases, else added up again from the bins. */
export function figuresOf(data: ReportData, selection: Selection, interval: Interval): KnownFigures {
  const known = data.exact.find((scope) => isSame(scope, interval))?.rows[rowKey(data, selection)];
  if (known !== undefined) return { figures: known, isExact: true };
  return { figures: addedUp(data, selectGroups(data, selection), interval), isExact: false };
}

function isSame(a: Interval, b: Interval): boolean {
  return Math.abs(a.fromMs - b.fromMs) < 1 && Math.abs(a.toMs - b.toMs) < 1;
}

function addedUp(data: ReportData, groups: readonly Group[], interval: Interval): Figures {
  const { from, to } = binsOf(data, interval);
  const sum = (pick: (group: Group) => Uint32Array | undefined): number | undefined => {
    const arrays = groups.map(pick).filter((array) => array !== undefined);
    return arrays.length === 0 ? undefined : arrays.reduce((total, array) => total + sumOf(array, from, to), 0);
  };
  const requests = sum((group) => group.requests) ?? 0;
  const [satisfied, tolerated] = [sum((group) => group.satisfied), sum((group) => group.tolerated)];
  return {
    requests,
    answers: sum((group) => group.answers) ?? 0,
    errors: faultsIn(data, groups, from, to, true),
    refused: faultsIn(data, groups, from, to, false),
    bytesDown: sum((group) => group.bytesDown),
    bytesUp: sum((group) => group.bytesUp),
    apdex: apdexOf(satisfied, tolerated, requests),
    firstByte: quantilesIn(groups, 'firstByte', from, to),
    response: quantilesIn(groups, 'response', from, to),
  };
}

/** (satisfied + tolerated / 2) / requests; undefined without requests (Apdex Alliance, technical specification 1.1). */
export function apdexOf(
  satisfied: number | undefined,
  tolerated: number | undefined,
  requests: number,
): number | undefined {
  if (satisfied === undefined || tolerated === undefined || requests === 0) return undefined;
  return (satisfied + tolerated / 2) / requests;
}

/** The sum of a part of an array. */
export function sumOf(array: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += array[index] ?? 0;
  return sum;
}

function faultsIn(
  { faultKinds }: ReportData,
  groups: readonly Group[],
  from: number,
  to: number,
  errors: boolean,
): number {
  let sum = 0;
  for (const { faults } of groups) {
    for (const { kind, bins, counts } of faults) {
      if (faultKinds[kind]?.isError !== errors) continue;
      bins.forEach((bin, index) => {
        if (bin >= from && bin < to) sum += counts[index] ?? 0;
      });
    }
  }
  return sum;
}

/** The values of some groups in the bins from `from` up to but without `to`, added to `histogram`. */
export function addGroups(
  histogram: Histogram,
  groups: readonly Group[],
  measure: Measure,
  from: number,
  to: number,
): void {
  for (const group of groups) {
    const cells = group[measure];
    if (cells !== undefined) addCells(histogram, cells, from, to);
  }
}

function quantilesIn(groups: readonly Group[], measure: Measure, from: number, to: number): Quantiles | undefined {
  const histogram = createHistogram();
  addGroups(histogram, groups, measure, from, to);
  return quantilesFrom(histogram);
}

/** The usual figures of a histogram; undefined when it is empty. */
export function quantilesFrom(histogram: Histogram): Quantiles | undefined {
  const found = quantilesOf(histogram, [0.5, 0.9, 0.95, 0.99, 1]);
  if (found === undefined) return undefined;
  const [p50 = 0, p90 = 0, p95 = 0, p99 = 0, max = 0] = found;
  return { count: histogram.total, p50, p90, p95, p99, max };
}

/** The usual figures of the values of some bins; undefined when there are none. */
export function cellQuantiles(cells: Cells, from: number, to: number): Quantiles | undefined {
  const histogram = createHistogram();
  addCells(histogram, cells, from, to);
  return quantilesFrom(histogram);
}
