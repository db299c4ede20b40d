import type { FaultKind, GroupFault } from '../shared/report-data.ts';
import type { ReportSamples } from './report-samples.ts';
import type { SampleRows } from './sample-rows.ts';

/** One thing that went wrong. */
export interface FaultExample {
  /** The name of its kind. */
  readonly kind: string;
  readonly endpoint: string | undefined;
  readonly journey: string | undefined;
  /** When the request was due, or when it happened, milliseconds since the epoch. */
  readonly atMs: number;
  /** Undefined: it is no request's. */
  readonly afterMs: number | undefined;
  /** What the client or the server said; undefined: nothing, or it is not known. */
  readonly said: string | undefined;
}

/** What went wrong: kinds, where and when, and some examples of each. */
export interface Faults {
  readonly kinds: readonly FaultKind[];
  readonly byGroup: readonly (readonly GroupFault[])[];
  readonly examples: readonly FaultExample[];
}

const EXAMPLES_PER_KIND = 3;

/** The number of the kind of fault of each sample; -1: none. */
export interface FaultColumn {
  readonly kinds: readonly FaultKind[];
  readonly kind: Int16Array;
}

/** Tells the kinds of faults apart: the code of the error, or the status from 400 on. */
export function faultColumn({ count, status, error, names }: ReportSamples): FaultColumn {
  const kinds: FaultKind[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (name: string, isError: boolean): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, kinds.length);
    kinds.push({ name, isError });
    return kinds.length - 1;
  };
  const kind = new Int16Array(count).fill(-1);
  for (let row = 0; row < count; row += 1) {
    const code = error[row] ?? -1;
    const answer = status[row] ?? 0;
    if (code >= 0) kind[row] = numberOf(names.error[code] ?? 'unknown error', true);
    else if (answer >= 400) kind[row] = numberOf(String(answer), answer >= 500);
    else if (answer === 0) kind[row] = numberOf('no answer', true);
  }
  return { kinds, kind };
}

/** Counts the faults of each group by bin, and keeps the first of each kind as examples. */
export function sampleFaults(samples: ReportSamples, rows: SampleRows, { kinds, kind }: FaultColumn): Faults {
  const sparse = rows.groups.map(() => new Map<number, Map<number, number>>());
  const examples: FaultExample[] = [];
  const kept = kinds.map(() => 0);
  for (let row = 0; row < samples.count; row += 1) {
    const number = kind[row] ?? -1;
    if (number < 0) continue;
    const byBin = mapIn(sparse[rows.group[row] ?? 0], number);
    const bin = rows.bin[row] ?? 0;
    byBin?.set(bin, (byBin.get(bin) ?? 0) + 1);
    if ((kept[number] ?? 0) >= EXAMPLES_PER_KIND) continue;
    kept[number] = (kept[number] ?? 0) + 1;
    examples.push(exampleOf(samples, row, kinds[number]?.name ?? ''));
  }
  return { kinds, byGroup: sparse.map((byKind) => [...byKind].map(groupFault)), examples };
}

function mapIn(byKind: Map<number, Map<number, number>> | undefined, kind: number): Map<number, number> | undefined {
  if (byKind !== undefined && !byKind.has(kind)) byKind.set(kind, new Map());
  return byKind?.get(kind);
}

function groupFault([kind, byBin]: [number, Map<number, number>]): GroupFault {
  const entries = [...byBin].toSorted(([a], [b]) => a - b);
  return {
    kind,
    bins: Int32Array.from(entries, ([bin]) => bin),
    counts: Uint32Array.from(entries, ([, count]) => count),
  };
}

function exampleOf(
  { names, endpoint, journey, due, lastByte }: ReportSamples,
  row: number,
  kind: string,
): FaultExample {
  return {
    kind,
    endpoint: names.endpoint[endpoint[row] ?? -1] ?? 'unnamed request',
    journey: names.journey[journey[row] ?? -1],
    atMs: due[row] ?? 0,
    afterMs: (lastByte[row] ?? 0) / 1000,
    said: undefined,
  };
}
