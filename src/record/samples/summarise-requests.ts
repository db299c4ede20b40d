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
  const timed = rows.filter(outcomes.isTimed);
  const answers = rows.filter(outcomes.isAnswered).length;
  const at = (column: Uint32Array, row: number): number => column[row] ?? 0;
  const begun = timed.filter((row) => samples.queued[row] !== NONE);
  const heard = timed.filter((row) => samples.firstByte[row] !== NONE);
  return {
    count: rows.length,
    answers,
    errors: rows.filter(outcomes.isFailed).length,
    codes: codesIn(samples.status, rows),
    rate: seconds === 0 ? 0 : answers / seconds,
    bytesUp: rows.reduce((sum, row) => sum + at(samples.bytesUp, row), 0),
    bytesDown: rows.reduce((sum, row) => sum + at(samples.bytesDown, row), 0),
    ...timesAs('responseTime', timed, (row) => at(samples.lastByte, row)),
    ...timesAs('serviceTime', begun, (row) => at(samples.lastByte, row) - at(samples.queued, row)),
    ...timesAs('firstByte', heard, (row) => at(samples.firstByte, row)),
  };
}

function codesIn(status: Uint16Array, rows: Uint32Array): Record<string, number> {
  const codes: Record<string, number> = {};
  for (const row of rows) {
    const code = status[row] ?? 0;
    if (code > 0) codes[code] = (codes[code] ?? 0) + 1;
  }
  return codes;
}

function timesAs<K extends string>(
  name: K,
  rows: Uint32Array,
  microsecondsOf: (row: number) => number,
): Partial<Record<K, RequestTimes>> {
  if (rows.length === 0) return {};
  const sorted = Uint32Array.from(rows, microsecondsOf).sort();
  const ms = (micros: number): number => Math.round(micros) / 1000;
  const quantile = (q: number): number => ms(quantileOfSorted(sorted, q));
  const figures: RequestTimes = {
    count: sorted.length,
    min: ms(sorted[0] ?? 0),
    mean: ms(sorted.reduce((sum, time) => sum + time, 0) / sorted.length),
    p50: quantile(0.5),
    p90: quantile(0.9),
    p95: quantile(0.95),
    p99: quantile(0.99),
    p999: quantile(0.999),
    max: ms(sorted.at(-1) ?? 0),
  };
  return { [name]: figures } as Partial<Record<K, RequestTimes>>;
}
