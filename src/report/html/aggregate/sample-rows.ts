import type { Axis } from './axis.ts';
import type { ReportSamples } from './report-samples.ts';

/** To which group each sample belongs. */
export interface SampleGroups {
  /** Number of the group, one for each sample. */
  readonly group: Int32Array;
  /** Endpoints within journeys. */
  readonly groups: readonly { readonly endpoint: number; readonly journey: number }[];
}

/** Where each sample belongs. Arrays have one number per sample. */
export interface SampleRows extends SampleGroups {
  /** The bin in which it was due, and in which it was over. */
  readonly bin: Int32Array;
  readonly endBin: Int32Array;
}

/** Sorts samples into groups. */
export function sampleGroups({ count, endpoint, journey, names }: ReportSamples): SampleGroups {
  const group = new Int32Array(count);
  const known = new Map<number, number>();
  const groups: { endpoint: number; journey: number }[] = [];
  const endpoints = names.endpoint.length + 1;
  for (let row = 0; row < count; row += 1) {
    const [e, j] = [endpoint[row] ?? -1, journey[row] ?? -1];
    const key = (j + 1) * endpoints + e + 1;
    let number = known.get(key);
    if (number === undefined) {
      number = groups.length;
      groups.push({ endpoint: e, journey: j });
      known.set(key, number);
    }
    group[row] = number;
  }
  return { group, groups };
}

/** Sorts samples that are in groups into bins. */
export function sampleRows({ count, due, lastByte }: ReportSamples, grouped: SampleGroups, axis: Axis): SampleRows {
  const [bin, endBin] = [new Int32Array(count), new Int32Array(count)];
  for (let row = 0; row < count; row += 1) {
    bin[row] = binAt(axis, due[row] ?? 0);
    endBin[row] = binAt(axis, (due[row] ?? 0) + (lastByte[row] ?? 0) / 1000);
  }
  return { ...grouped, bin, endBin };
}

function binAt({ startMs, binMs, bins }: Axis, epochMs: number): number {
  return Math.min(bins - 1, Math.max(0, Math.floor((epochMs - startMs) / binMs)));
}

/** How many samples of each group lie in each bin, of those that `isCounted`. */
export function countByBin(
  { group, groups }: SampleRows,
  bin: Int32Array,
  bins: number,
  weightOf: (row: number) => number,
): Uint32Array[] {
  const counts = groups.map(() => new Uint32Array(bins));
  for (let row = 0; row < group.length; row += 1) {
    const weight = weightOf(row);
    const array = counts[group[row] ?? 0];
    const at = bin[row] ?? 0;
    if (weight > 0 && array !== undefined) array[at] = (array[at] ?? 0) + weight;
  }
  return counts;
}
