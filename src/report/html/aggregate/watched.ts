import type { Quantity } from '../../../gate/sentences/sentence.ts';
import { parseSentence } from '../../../gate/sentences/sentence-parser.ts';
import type { RuleResult } from '../../../record/index.ts';
import type { Interval } from '../shared/interval.ts';
import type { Measure, ReportData } from '../shared/report-data.ts';
import type { Selection } from '../shared/select.ts';

/** What a rule looks at, as far as it can be drawn. */
export interface Watched {
  readonly quantity: Quantity;
  readonly of: WatchedRequests | WatchedMetric;
  readonly interval: Interval;
  /** Name of the phase it is about. */
  readonly phase: string | undefined;
  /** What it leaves out at the beginning; undefined: nothing. */
  readonly afterMs?: number;
}

interface WatchedRequests {
  readonly kind: 'requests';
  readonly selection: Selection;
  readonly measure: Measure;
}

interface WatchedMetric {
  readonly kind: 'metric';
  readonly name: string;
}

type Run = Pick<ReportData, 'source' | 'phases' | 'bins' | 'binMs' | 'endpoints' | 'journeys'>;

/** What a rule looks at: a threshold sentence or a threshold of `ensure`; undefined for expressions and unknown names. */
export function watchedBy(rule: RuleResult, run: Run): Watched | undefined {
  return bySentence(rule, run) ?? byMetricName(rule, run);
}

function bySentence({ rule, terms }: RuleResult, run: Run): Watched | undefined {
  const sentence = parsed(rule);
  if (sentence === undefined) return undefined;
  const { quantity, subject, during, afterMs = 0 } = sentence;
  const phase = during === undefined ? undefined : run.phases.find(({ name }) => name === during);
  if (during !== undefined && phase === undefined) return undefined;
  const scope = phase ?? { fromMs: 0, toMs: run.bins * run.binMs };
  const interval = { fromMs: scope.fromMs + afterMs, toMs: scope.toMs };
  const isOfSamples = (terms[0]?.source ?? run.source) === 'samples';
  const measure = isOfSamples && run.source === 'samples' ? 'response' : 'firstByte';
  const base = { quantity, interval, phase: during, ...(afterMs === 0 ? {} : { afterMs }) };
  switch (subject.kind) {
    case 'all requests':
      return { ...base, of: { kind: 'requests', selection: { kind: 'all' }, measure } };
    case 'metric':
      return { ...base, of: { kind: 'metric', name: subject.name } };
    case 'named': {
      // The time of a journey is that of all its steps together, which is a metric.
      if (!run.endpoints.includes(subject.name))
        return { ...base, of: { kind: 'metric', name: journeyMetric(subject.name, quantity) } };
      return { ...base, of: { kind: 'requests', selection: { kind: 'endpoint', name: subject.name }, measure } };
    }
  }
}

function journeyMetric(name: string, { kind }: Quantity): string {
  if (kind === 'error rate') return `journeys.${name}.failed`;
  return kind === 'count' || kind === 'rate' ? `vusers.created_by_name.${name}` : `journeys.${name}.time`;
}

function parsed(text: string): ReturnType<typeof parseSentence> | undefined {
  try {
    return parseSentence(text);
  } catch {
    return undefined;
  }
}

const AGGREGATE = /^(?<metric>.+)\.(?<aggregate>min|max|mean|median|count|p50|p75|p90|p95|p99|p999)$/;
const ENDPOINT = 'plugins.metrics-by-endpoint.response_time.';

function byMetricName({ terms }: RuleResult, run: Run): Watched | undefined {
  const [term] = terms;
  if (term === undefined || terms.length > 1 || !/^[^\s()]/.test(term.subject)) return undefined;
  const { metric = term.subject, aggregate } = AGGREGATE.exec(term.subject)?.groups ?? {};
  const interval = { fromMs: 0, toMs: run.bins * run.binMs };
  const base = { quantity: quantityOf(aggregate), interval, phase: undefined };
  if (metric === 'http.response_time') {
    return { ...base, of: { kind: 'requests', selection: { kind: 'all' }, measure: 'firstByte' } };
  }
  const endpoint = metric.startsWith(ENDPOINT) ? metric.slice(ENDPOINT.length) : undefined;
  if (endpoint !== undefined && run.endpoints.includes(endpoint)) {
    return { ...base, of: { kind: 'requests', selection: { kind: 'endpoint', name: endpoint }, measure: 'firstByte' } };
  }
  return { ...base, of: { kind: 'metric', name: metric } };
}

function quantityOf(aggregate: string | undefined): Quantity {
  switch (aggregate) {
    case undefined:
    case 'count':
      return { kind: 'count' };
    case 'min':
    case 'max':
    case 'mean':
      return { kind: aggregate };
    case 'median':
      return { kind: 'quantile', percent: 50 };
    case 'p999':
      return { kind: 'quantile', percent: 99.9 };
    default:
      return { kind: 'quantile', percent: Number(aggregate.slice(1)) };
  }
}
