import type { EvidenceSeries } from '../evidence.ts';
import { added, flowOf, levelOf, msOf, type Signal, timeSpent } from './values.ts';

/** A pool of connections. */
export interface PoolSignal {
  readonly name: string;
  /** Callers that wait for a connection. */
  readonly waiting: Signal | undefined;
  /** Milliseconds per step that callers waited, as they measured it. */
  readonly waitedMs: Signal | undefined;
  /** Connections in use, and those that there are. */
  readonly used: Signal | undefined;
  readonly size: Signal | undefined;
}

const POOL = /pool|hikaricp|db_client_connections|sql_stats/i;
const POOL_WAIT_TIME =
  /(?:pool|hikaricp|db_client_connections).*(?:wait|pending|acquire|queue)[a-z_]*(?:seconds|time)?/i;
const WAITING = /(?:waiting|pending|queued?)(?:_requests)?$/i;
const IN_USE = /(?:active|in_?use|used|busy)$/i;
const TOTAL = /(?:total|max|size|limit|open|connections)$/i;

/** Pools by the words that libraries use for them; `state` may stand in the name or in a label. */
export function poolSignals(series: readonly EvidenceSeries[], steps: number, stepMs: number): readonly PoolSignal[] {
  const levels = series.filter(({ metric, figure, unit }) => figure === 'value' && unit === '' && POOL.test(metric));
  const waits = timeSpent(series, POOL_WAIT_TIME, steps, stepMs);
  const nameOf = (labels: EvidenceSeries['labels']): string => labels.pool ?? labels.name ?? '';
  const names = new Set([...levels.map(({ labels }) => nameOf(labels)), ...waits.map(({ labels }) => nameOf(labels))]);
  return [...names].map((name) => {
    const of = (word: RegExp): Signal | undefined => {
      const own = levels.filter(({ labels, metric }) => nameOf(labels) === name && word.test(labels.state ?? metric));
      return added(own.slice(0, 1).map((each) => levelOf(each, steps)));
    };
    const size = of(TOTAL);
    const idle = of(/idle$/i);
    return {
      name,
      waiting: of(WAITING),
      waitedMs: added(waits.filter(({ labels }) => nameOf(labels) === name)),
      used: of(IN_USE) ?? difference(size, idle),
      size,
    };
  });
}

function difference(whole: Signal | undefined, part: Signal | undefined): Signal | undefined {
  if (whole === undefined || part === undefined) return undefined;
  return { ...whole, values: whole.values.map((value, step) => Math.max(0, value - (part.values[step] ?? 0))) };
}

/** Look-ups in caches, per step. */
export interface CacheSignal {
  readonly lane: string;
  readonly hits: Float64Array;
  /** Answers that had to be computed. */
  readonly misses: Float64Array;
}

const HIT = /hits?(?:_total)?$/i;
const MISS = /miss(?:es)?(?:_total)?$/i;

/** Caches of the service; the store behind them only where the service tells nothing itself. undefined: none. */
export function cacheSignal(series: readonly EvidenceSeries[], steps: number, stepMs: number): CacheSignal | undefined {
  for (const counters of cacheCounters(series)) {
    const signal = lookUpsOf(counters, steps, stepMs);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

/** The same apart for each kind of entry that the service tells apart by labels: what happens to one is lost in the sum of all. */
export function cacheSignals(series: readonly EvidenceSeries[], steps: number, stepMs: number): readonly CacheSignal[] {
  for (const counters of cacheCounters(series)) {
    const keys = new Set(counters.map(kindOf));
    const signals = [...keys].flatMap((key) => {
      const own = counters.filter((each) => kindOf(each) === key);
      return lookUpsOf(own, steps, stepMs) ?? [];
    });
    if (signals.length > 0) return signals;
  }
  return [];
}

function cacheCounters(series: readonly EvidenceSeries[]): readonly (readonly EvidenceSeries[])[] {
  const own = series.filter(
    ({ figure, metric }) => figure === 'rate' && /cache/i.test(metric) && !/^(?:pg|postgres)/.test(metric),
  );
  return [own, series.filter(({ metric }) => metric === 'redis.hits' || metric === 'redis.misses')];
}

function lookUpsOf(counters: readonly EvidenceSeries[], steps: number, stepMs: number): CacheSignal | undefined {
  const of = (word: RegExp): Signal | undefined => {
    const own = counters.filter(({ labels, metric }) =>
      word.test(labels.result ?? labels.outcome ?? labels.status ?? metric),
    );
    return added(own.map((each) => flowOf(each, steps, stepMs / 1000)));
  };
  const [hits, misses] = [of(HIT), of(MISS)];
  if (misses === undefined) return undefined;
  return { lane: misses.lane, hits: hits?.values ?? new Float64Array(steps), misses: misses.values };
}

/** Whatever labels say beside the outcome. */
function kindOf({ system, labels }: EvidenceSeries): string {
  const { result: _result, outcome: _outcome, status: _status, ...others } = labels;
  return JSON.stringify([system, Object.entries(others).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Work that waits for a consumer. */
export interface QueueSignal {
  readonly name: string;
  readonly depth: Signal | undefined;
  /** Age of the oldest job that waits, milliseconds. */
  readonly lagMs: Signal | undefined;
}

const QUEUE = /queue|backlog|consumer_?(?:group_)?lag|jobs?_(?:waiting|pending)/i;

/** Queues, also those of brokers, by their names. */
export function queueSignals(series: readonly EvidenceSeries[], steps: number): readonly QueueSignal[] {
  const own = series.filter(({ metric, figure }) => {
    return figure === 'value' && QUEUE.test(metric) && !POOL.test(metric) && !/run_queue/.test(metric);
  });
  const nameOf = ({ labels, metric }: EvidenceSeries): string => labels.queue ?? labels.topic ?? labels.name ?? metric;
  return [...new Set(own.map(nameOf))].map((name) => {
    const levels = own.filter((each) => nameOf(each) === name);
    const depth = levels.find(({ unit }) => unit === '');
    const lag = levels.find(({ unit }) => unit === 's' || unit === 'ms');
    return {
      name,
      depth: depth && levelOf(depth, steps),
      lagMs: lag && levelOf(lag, steps, msOf(lag.unit)),
    };
  });
}
