import type { RunRecord } from '../record/index.ts';
import { formatDuration, formatNumber } from './number-format.ts';

/** What kind of run it was, in a few words each: test, length, users, requests, seed. */
export function runFacts({ test, metrics, startedAt, endedAt, seed }: RunRecord): string[] {
  const users = metrics.counters['vusers.created'] ?? 0;
  const requests = metrics.counters['http.requests'] ?? 0;
  return [
    test.name,
    formatDuration(Date.parse(endedAt) - Date.parse(startedAt)),
    `${formatNumber(users)} users`,
    `${formatNumber(requests)} requests`,
    `seed ${seed}`,
  ];
}

/** A kind of error and how often it occurred. */
export interface ErrorCount {
  readonly error: string;
  readonly count: number;
}

const ERROR = 'errors.';
const STATUS_OF_SERVER = /^http\.codes\.(5\d\d)$/;

/** The errors of a run by kind, the most frequent first: answers 5xx, and whatever else kept users from going on. */
export function errorCounts({ metrics }: Pick<RunRecord, 'metrics'>): ErrorCount[] {
  return Object.entries(metrics.counters)
    .flatMap(([name, count]) => {
      const error = name.startsWith(ERROR) ? name.slice(ERROR.length) : STATUS_OF_SERVER.exec(name)?.[1];
      return error === undefined || count === 0 ? [] : [{ error, count }];
    })
    .toSorted((a, b) => b.count - a.count);
}
