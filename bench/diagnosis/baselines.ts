import type { Cause } from 'proving-ground/diagnose/answer.ts';
import type { Evidence, EvidenceSeries } from 'proving-ground/diagnose/evidence.ts';
import { timelineOf } from 'proving-ground/diagnose/timeline.ts';
import type { JudgedRun } from './judge-run.ts';

/**
 * The metrics by which somebody who knows the system would recognise a cause. A baseline names metrics and no causes; it is right where the
 * metric is one of these, which is generous.
 */
const METRICS_OF: Readonly<Partial<Record<Cause, RegExp>>> = {
  'missing index': /^postgres\.(?:table_(?:rows|reads)|statement_)/,
  'stale statistics': /^postgres\.(?:table_(?:rows|reads|changed_rows)|statement_)/,
  'n+1 queries': /^(?:postgres\.statement_calls|pg_query_duration)/,
  'pool too small': /^pg_pool/,
  'connection leak': /^(?:pg_pool|postgres\.sessions|postgres\.longest)/,
  'lock contention': /^postgres\.(?:waits|locks)/,
  'slow downstream': /client_request|server_timing\.\w+ reputation/,
  'event loop blocked': /eventloop/,
  'oversized payload': /eventloop|bytes/,
  'cache disabled': /^cache_requests/,
  'cache stampede': /^cache_requests/,
  'memory leak': /heap|gc_duration|memory/,
  'slow consumer': /^queue_/,
  'rate limit': /http_request.*4xx/,
};

/** Below it nothing is said to be the matter: three deviations, as most alarms have it. */
const MIN_Z = 3;
/** A correlation that people call strong. */
const MIN_CORRELATION = 0.7;

/** What a naive rule says of a run. */
export interface BaselineScore {
  readonly name: string;
  /** Of runs with a fault: the right metric first, and among the first three. */
  readonly first: number;
  readonly firstThree: number;
  readonly broken: number;
  /** Of healthy runs: those for which it names nothing. */
  readonly silent: number;
  readonly healthy: number;
}

type Ranking = (evidence: Evidence) => readonly { readonly name: string; readonly weight: number }[];

/** @param reference healthy runs that are not judged: the z-score needs to know what is usual. */
export function baselineScores(runs: readonly JudgedRun[], reference: readonly JudgedRun[]): BaselineScore[] {
  return [
    scoreOf('largest z-score, against healthy runs', runs, rankByDeviation(reference), MIN_Z),
    scoreOf('rank by correlation with response time', runs, rankByCorrelation, MIN_CORRELATION),
  ];
}

function scoreOf(name: string, runs: readonly JudgedRun[], rank: Ranking, least: number): BaselineScore {
  const score = { first: 0, firstThree: 0, broken: 0, silent: 0, healthy: 0 };
  for (const { about, evidence } of runs) {
    const named = rank(evidence).filter(({ weight }) => weight >= least);
    if (about.truth === 'healthy') {
      score.healthy += 1;
      if (named.length === 0) score.silent += 1;
      continue;
    }
    const pattern = METRICS_OF[about.truth];
    const isRight = ({ name: metric }: { readonly name: string }): boolean => pattern?.test(metric) === true;
    score.broken += 1;
    if (named.slice(0, 1).some(isRight)) score.first += 1;
    if (named.slice(0, 3).some(isRight)) score.firstThree += 1;
  }
  return { name, ...score };
}

/** Response times themselves are what is to be explained. */
const EXPLAINED = /^http_request_duration|^http_requests_in_flight|^server_timing\.\w+ total/;

function nameOf({ metric, labels }: EvidenceSeries): string {
  const part = labels.part ?? labels.status_class ?? '';
  return part === '' ? metric : `${metric} ${part}`;
}

function keyOf({ system, metric, labels, figure }: EvidenceSeries): string {
  return JSON.stringify([system, metric, labels, figure]);
}

function meanOf({ values }: EvidenceSeries): number | undefined {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function rankByDeviation(reference: readonly JudgedRun[]): Ranking {
  const usual = new Map<string, number[]>();
  for (const series of reference.flatMap(({ evidence }) => evidence.series)) {
    const mean = meanOf(series);
    if (mean !== undefined) usual.set(keyOf(series), [...(usual.get(keyOf(series)) ?? []), mean]);
  }
  return ({ series }) =>
    series
      .filter((each) => !EXPLAINED.test(nameOf(each)))
      .flatMap((each) => {
        const [mean, others] = [meanOf(each), usual.get(keyOf(each)) ?? []];
        if (mean === undefined || others.length < 3) return [];
        const centre = others.reduce((sum, value) => sum + value, 0) / others.length;
        const deviation = Math.sqrt(
          others.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (others.length - 1),
        );
        // What never varied, and does now, is as far away as can be.
        const weight = deviation > 0 ? Math.abs(mean - centre) / deviation : mean === centre ? 0 : Infinity;
        return [{ name: nameOf(each), weight }];
      })
      .sort((a, b) => b.weight - a.weight);
}

const rankByCorrelation: Ranking = (evidence) => {
  const { ended, busyMs, steps } = timelineOf(evidence.requests, evidence.stepMs);
  const responseMs = Array.from({ length: steps }, (_, step) => (busyMs[step] ?? 0) / Math.max(1, ended[step] ?? 0));
  return evidence.series
    .filter((each) => !EXPLAINED.test(nameOf(each)))
    .map((each) => ({ name: nameOf(each), weight: Math.abs(correlation(each.values, responseMs)) }))
    .sort((a, b) => b.weight - a.weight);
};

function correlation(values: readonly (number | null)[], others: readonly number[]): number {
  const pairs = values.flatMap((value, step) => {
    const other = others[step];
    return value === null || other === undefined ? [] : [[value, other] as const];
  });
  const mean = (at: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [a, b] = [mean(0), mean(1)];
  const product = (f: (x: number, y: number) => number): number =>
    pairs.reduce((sum, [x, y]) => sum + f(x - a, y - b), 0);
  const spread = Math.sqrt(product((x) => x * x) * product((_, y) => y * y));
  return spread > 0 ? product((x, y) => x * y) / spread : 0;
}
