import { createRandom, type Random } from '../../stats/index.ts';
import type { Evidence, EvidenceSeries } from '../evidence.ts';

/** An endpoint of a system that never was. */
export interface SyntheticEndpoint {
  readonly name: string;
  readonly perSec: number;
  readonly ms: number;
  readonly bytes: number;
  /** Of the time of an answer, how much passes between its first byte and its last, 0–1; 0 unless given. */
  readonly transferShare?: number;
}

/** One second of a synthetic run. */
export interface Second {
  readonly at: number;
  /** Requests that came in it, by endpoint. */
  readonly count: (endpoint: string) => number;
  readonly random: Random;
}

/** A series without its values, and the value of each second. */
export type SyntheticSeries = Omit<EvidenceSeries, 'values' | 'system' | 'kind'> & {
  readonly valueAt: (second: Second) => number | null;
};

/** What differs from a healthy system. */
export interface Situation {
  readonly seed?: string;
  readonly seconds?: number;
  readonly endpoints?: readonly SyntheticEndpoint[];
  /** How many times as long as alone a request takes. */
  readonly slowdown?: (at: number, endpoint: string, random: Random) => number;
  readonly status?: (at: number, endpoint: string, random: Random) => number;
  /** Series instead of those of a healthy system with the same name and labels, or beside them. */
  readonly series?: readonly SyntheticSeries[];
  /** false: only the requests were measured. */
  readonly isWatched?: boolean;
  readonly texts?: Readonly<Record<string, string>>;
}

/** Traffic of a healthy system: a minute at an even rate. */
export const ENDPOINTS: readonly SyntheticEndpoint[] = [
  { name: 'Search', perSec: 8, ms: 12, bytes: 6_000 },
  { name: 'Alerts', perSec: 6, ms: 4, bytes: 3_000 },
  { name: 'Sign in', perSec: 3, ms: 30, bytes: 900 },
  { name: 'Heat map', perSec: 1, ms: 40, bytes: 8_000 },
];

/** Evidence of a run: what a healthy system shows, but for the situation. */
export function syntheticEvidence(situation: Situation = {}): Evidence {
  const { seed = 'evidence', seconds = 60, endpoints = ENDPOINTS, isWatched = true } = situation;
  const random = createRandom(seed);
  const rows = endpoints.flatMap((endpoint, index) => arrivals(endpoint, index, seconds, situation, random));
  const counts = new Map<string, number>();
  for (const { at, name } of rows) counts.set(`${name} ${at}`, (counts.get(`${name} ${at}`) ?? 0) + 1);
  const secondAt = (at: number): Second => ({ at, random, count: (name) => counts.get(`${name} ${at}`) ?? 0 });
  const own = situation.series ?? [];
  const rest = HEALTHY.filter((healthy) => !own.some((each) => keyOf(each) === keyOf(healthy)));
  const series = [...rest, ...own].map(({ valueAt, ...described }): EvidenceSeries => {
    return {
      system: 'Service',
      kind: 'test',
      ...described,
      values: Array.from({ length: seconds }, (_, at) => valueAt(secondAt(at))),
    };
  });
  return {
    stepMs: 1000,
    requests: {
      count: rows.length,
      names: endpoints.map(({ name }) => name),
      endpoint: rows.map(({ endpoint }) => endpoint),
      dueMs: rows.map(({ dueMs }) => dueMs),
      responseMs: rows.map(({ responseMs }) => responseMs),
      transferMs: rows.map(({ transferMs }) => transferMs),
      status: rows.map(({ status }) => status),
      bytes: rows.map(({ bytes }) => bytes),
    },
    series: isWatched ? series : [],
    texts: { ...TEXTS, ...situation.texts },
    generator: { isValid: true, text: '', advice: '', share: 0 },
    brokenRules: [],
  };
}

function keyOf({ metric, labels, figure }: Pick<SyntheticSeries, 'metric' | 'labels' | 'figure'>): string {
  return `${metric} ${JSON.stringify(labels)} ${figure}`;
}

interface Row {
  readonly at: number;
  readonly name: string;
  readonly endpoint: number;
  readonly dueMs: number;
  readonly responseMs: number;
  readonly transferMs: number;
  readonly status: number;
  readonly bytes: number;
}

function arrivals(
  { name, perSec, ms, bytes, transferShare = 0 }: SyntheticEndpoint,
  endpoint: number,
  seconds: number,
  { slowdown = () => 1, status = () => 200 }: Situation,
  random: Random,
): Row[] {
  const rows: Row[] = [];
  for (let dueMs = gap(random, perSec); dueMs < seconds * 1000; dueMs += gap(random, perSec)) {
    const at = Math.floor(dueMs / 1000);
    // Times of answers are skewed: most near the usual, some twice as long.
    const responseMs =
      ms * (0.7 + 0.5 * random.next() + 0.3 * -Math.log(1 - random.next())) * slowdown(at, name, random);
    const transferMs = responseMs * transferShare;
    rows.push({ at, name, endpoint, dueMs, responseMs, transferMs, status: status(at, name, random), bytes });
  }
  return rows;
}

function gap(random: Random, perSec: number): number {
  return (-Math.log(1 - random.next()) * 1000) / perSec;
}

/** A plain number. */
export function gauge(
  metric: string,
  valueAt: SyntheticSeries['valueAt'],
  labels: Readonly<Record<string, string>> = {},
  unit = '',
): SyntheticSeries {
  return { metric, labels, figure: 'value', unit, valueAt };
}

/** Growth per second. */
export function rate(
  metric: string,
  valueAt: SyntheticSeries['valueAt'],
  labels: Readonly<Record<string, string>> = {},
  unit = '1/s',
): SyntheticSeries {
  return { metric, labels, figure: 'rate', unit, valueAt };
}

/** Growth of one counter by that of another. */
export function mean(
  metric: string,
  valueAt: SyntheticSeries['valueAt'],
  labels: Readonly<Record<string, string>> = {},
  unit = 'ms',
): SyntheticSeries {
  return { metric, labels, figure: 'mean', unit, valueAt };
}

/** The three series of a statement. */
export function statement(id: string, calls: (second: Second) => number, ms: number, rows: number): SyntheticSeries[] {
  const labels = { statement: id };
  return [
    rate('postgres.statement_calls', calls, labels),
    rate('postgres.statement_time', (second) => (calls(second) * ms) / 1000, labels, 's/s'),
    mean('postgres.statement_rows', () => rows, labels, ''),
  ];
}

/** The series of a table; scans that go through all of its rows. */
export function table(
  name: string,
  rows: number,
  scans: (second: Second) => number,
  changedRows = 0,
): SyntheticSeries[] {
  const labels = { table: name, by: 'scan' };
  return [
    rate('postgres.table_reads', scans, labels),
    rate('postgres.table_rows', (second) => scans(second) * rows, labels),
    gauge('postgres.table_changed_rows', () => changedRows, { table: name }),
  ];
}

/** Parts of the answers of an endpoint, as its `Server-Timing` tells them. */
export function span(endpoint: string, part: string, ms: (second: Second) => number): SyntheticSeries[] {
  const labels = { endpoint, part };
  return [
    gauge('server_timing.mean', ms, labels, 'ms'),
    gauge('server_timing.answers', ({ count }) => count(endpoint), labels, '1/s'),
  ];
}

const TEXTS = {
  page: 'SELECT d.id, d.title FROM documents d WHERE d.search @@ $1 ORDER BY d.published_at DESC LIMIT $2',
  heat: 'SELECT type, severity, count(*) FROM documents GROUP BY type, severity',
  one: 'SELECT id, state FROM alerts WHERE id = $1',
  change: 'UPDATE counters SET value = value + 1 WHERE id = $1',
};

/** What monitoring shows of a system that is well. */
const HEALTHY: readonly SyntheticSeries[] = [
  gauge('nodejs_eventloop_utilization_ratio', ({ random }) => 0.15 + 0.1 * random.next()),
  gauge('nodejs_eventloop_lag_p99_seconds', ({ random }) => 0.011 + 0.004 * random.next(), {}, 's'),
  rate('nodejs_gc_duration_seconds', () => 2, { kind: 'minor' }),
  mean('nodejs_gc_duration_seconds', () => 0.002, { kind: 'minor' }, 's'),
  gauge('nodejs_heap_size_used_bytes', ({ at }) => 6e7 + 1e7 * (at % 7), {}, 'bytes'),
  rate('process.cpu', ({ random }) => 0.2 + 0.1 * random.next(), {}, 'cores'),
  gauge('machine.cpu', ({ random }) => 35 + 10 * random.next(), {}, '%'),
  gauge('pg_pool_connections', () => 10, { pool: 'main', state: 'total' }),
  gauge('pg_pool_connections', ({ random }) => 10 - random.integer(0, 2), { pool: 'main', state: 'idle' }),
  gauge('pg_pool_waiting', () => 0, { pool: 'main' }),
  gauge('postgres.waits', ({ random }) => random.integer(0, 1), { type: 'CPU' }),
  gauge('postgres.waits', () => 0, { type: 'Lock' }),
  gauge('postgres.waits', () => 0, { type: 'IO' }),
  ...statement('page', ({ count }) => count('Search'), 6, 20),
  ...statement('heat', ({ count }) => count('Heat map'), 30, 12),
  ...statement('one', ({ count }) => count('Alerts'), 0.1, 1),
  ...statement('change', ({ count }) => count('Alerts'), 0.3, 1),
  ...table('documents', 100_000, ({ count }) => count('Heat map')),
  ...table('alerts', 5_000, () => 0),
  rate('cache_requests_total', ({ count }) => 0.6 * count('Search'), { result: 'hit' }),
  rate('cache_requests_total', ({ count }) => 0.4 * count('Search'), { result: 'miss' }),
  gauge('queue_depth', ({ random }) => random.integer(0, 2), { queue: 'events' }),
  gauge('queue_lag_seconds', ({ random }) => 0.2 * random.next(), { queue: 'events' }, 's'),
  ...span('Search', 'db', () => 7),
  ...span('Search', 'total', () => 11),
  ...span('Alerts', 'db', () => 1),
];
