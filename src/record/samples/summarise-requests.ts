import { quantileOfSorted } from '../../stats/index.ts';
import type { RequestSummary, RequestTimes } from '../request-record.ts';
import { outcomesOf, type RequestOutcomes } from './request-outcome.ts';
import { NONE } from './sample-buffer.ts';
import type { Samples } from './sample-columns.ts';

/** The columns that summaries are computed from. */
export const SUMMARY_COLUMNS = [
  'due',
  'queued',
  'firstByte',
  'lastByte',
  'status',
  'error',
  'bytesUp',
  'bytesDown',
  'phase',
  'endpoint',
] as const;

type RequestColumns = Samples<(typeof SUMMARY_COLUMNS)[number]>;

/** How long what was measured took, in seconds: the run, and each of its phases by name. */
export interface Durations {
  readonly run: number;
  readonly phases: ReadonlyMap<string, number>;
}

/** Sums up the requests of a run: all of them first, then per phase, per endpoint, and per endpoint and phase. */
export function summariseRequests(samples: RequestColumns, durations: Durations): RequestSummary[] {
  const outcomes = outcomesOf(samples);
  return Array.from(groupsOf(samples), ({ endpoint, phase, rows }) => {
    const phaseName = phase === undefined ? undefined : samples.names.phase[phase];
    const endpointName = endpoint === undefined ? undefined : samples.names.endpoint[endpoint];
    const seconds = phaseName === undefined ? durations.run : (durations.phases.get(phaseName) ?? 0);
    return {
      ...(endpointName === undefined ? {} : { endpoint: endpointName }),
      ...(phaseName === undefined ? {} : { phase: phaseName }),
      ...summarise(samples, outcomes, rows, seconds),
    };
  });
}

interface Group {
  /** Ids; undefined: of all. */
  readonly endpoint: number | undefined;
  readonly phase: number | undefined;
  readonly rows: Uint32Array;
}

/** Only the smallest groups are kept, one per endpoint and phase; larger ones are put together when they are asked for. */
function* groupsOf(samples: RequestColumns): Generator<Group> {
  const cells = cellsOf(samples);
  const idsOf = (column: 'endpoint' | 'phase'): number[] =>
    [...new Set(cells.map((cell) => cell[column]))].filter((id) => id >= 0);
  yield together(cells, undefined, undefined);
  for (const phase of idsOf('phase')) yield together(cells, undefined, phase);
  for (const endpoint of idsOf('endpoint')) yield together(cells, endpoint, undefined);
  yield* cells.filter(({ endpoint, phase }) => endpoint >= 0 && phase >= 0);
}

interface Cell {
  readonly endpoint: number;
  readonly phase: number;
  readonly rows: Uint32Array;
}

/** The rows of each endpoint and phase, in two passes: to count them, and to fill arrays of that length. */
function cellsOf({ count, endpoint, phase, names }: RequestColumns): Cell[] {
  const phases = names.phase.length + 1;
  const keyOf = (row: number): number => ((endpoint[row] ?? -1) + 1) * phases + (phase[row] ?? -1) + 1;
  const sizes = new Uint32Array((names.endpoint.length + 1) * phases);
  for (let row = 0; row < count; row += 1) sizes[keyOf(row)] = (sizes[keyOf(row)] ?? 0) + 1;
  const rows = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(sizes.length);
  for (let row = 0; row < count; row += 1) {
    const key = keyOf(row);
    const at = filled[key] ?? 0;
    filled[key] = at + 1;
    const cell = rows[key];
    if (cell !== undefined) cell[at] = row;
  }
  const cells = rows.map((each, key) => ({
    endpoint: Math.floor(key / phases) - 1,
    phase: (key % phases) - 1,
    rows: each,
  }));
  return cells.filter((cell) => cell.rows.length > 0);
}

function together(cells: readonly Cell[], endpoint: number | undefined, phase: number | undefined): Group {
  const members = cells.filter(
    (cell) => (endpoint ?? cell.endpoint) === cell.endpoint && (phase ?? cell.phase) === cell.phase,
  );
  const rows = new Uint32Array(members.reduce((sum, cell) => sum + cell.rows.length, 0));
  let at = 0;
  for (const cell of members) {
    rows.set(cell.rows, at);
    at += cell.rows.length;
  }
  return { endpoint, phase, rows };
}

function summarise(
  samples: RequestColumns,
  outcomes: RequestOutcomes,
  rows: Uint32Array,
  seconds: number,
): Omit<RequestSummary, 'endpoint' | 'phase'> {
  const { queued, firstByte, lastByte, bytesUp, bytesDown, status } = samples;
  const timed = rows.filter(outcomes.isTimed);
  const answers = countOf(rows, outcomes.isAnswered);
  return {
    count: rows.length,
    answers,
    errors: countOf(rows, outcomes.isFailed),
    codes: codesIn(status, rows),
    rate: seconds === 0 ? 0 : answers / seconds,
    bytesUp: sumOf(bytesUp, rows),
    bytesDown: sumOf(bytesDown, rows),
    ...timesAs('responseTime', lastByte, timed),
    ...timesAs('serviceTime', lastByte, present(queued, timed), queued),
    ...timesAs('firstByte', firstByte, present(firstByte, timed)),
  };
}

/** The rows in which the column holds a time. */
function present(column: Uint32Array, rows: Uint32Array): Uint32Array {
  return rows.filter((row) => column[row] !== NONE);
}

function countOf(rows: Uint32Array, isCounted: (row: number) => boolean): number {
  let count = 0;
  for (const row of rows) if (isCounted(row)) count += 1;
  return count;
}

function sumOf(column: Uint32Array, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += column[row] ?? 0;
  return sum;
}

function codesIn(status: Uint16Array, rows: Uint32Array): Record<string, number> {
  const counts = new Uint32Array(1_000);
  for (const row of rows) {
    const code = status[row] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const entries = Array.from(counts, (count, code) => [code, count] as const);
  return Object.fromEntries(entries.filter(([code, count]) => code > 0 && count > 0));
}

/** Of each row the time in a column, less that in another one. */
function timesAs<K extends string>(
  name: K,
  column: Uint32Array,
  rows: Uint32Array,
  from?: Uint32Array,
): Partial<Record<K, RequestTimes>> {
  if (rows.length === 0) return {};
  const sorted = new Uint32Array(rows.length);
  for (const [index, row] of rows.entries()) sorted[index] = (column[row] ?? 0) - (from?.[row] ?? 0);
  sorted.sort();
  let sum = 0;
  for (const time of sorted) sum += time;
  const ms = (micros: number): number => Math.round(micros) / 1000;
  const quantile = (q: number): number => ms(quantileOfSorted(sorted, q));
  const figures: RequestTimes = {
    count: sorted.length,
    min: ms(sorted[0] ?? 0),
    mean: ms(sum / sorted.length),
    p50: quantile(0.5),
    p90: quantile(0.9),
    p95: quantile(0.95),
    p99: quantile(0.99),
    p999: quantile(0.999),
    max: ms(sorted.at(-1) ?? 0),
  };
  return { [name]: figures } as Partial<Record<K, RequestTimes>>;
}
