import type { Finding } from '../../workload/check/index.ts';
import { closest, didYouMean } from '../../workload/schema/index.ts';
import type { RuleNames } from './rule-names.ts';

const AGGREGATES = ['min', 'max', 'mean', 'median', 'count', 'p50', 'p75', 'p90', 'p95', 'p99', 'p999'];

const COUNTERS = [
  'http.requests',
  'http.responses',
  'http.request_rate',
  'http.downloaded_bytes',
  'vusers.created',
  'vusers.completed',
  'vusers.failed',
  'vusers.skipped',
];

const HISTOGRAMS = [
  'http.response_time',
  'http.response_time.2xx',
  'http.response_time.3xx',
  'http.response_time.4xx',
  'http.response_time.5xx',
  'http.dns',
  'http.tcp',
  'http.tls',
  'http.total',
  'vusers.session_length',
];

/** Names that Artillery's own engines give; other plugins and functions may add more of any kind. */
const KNOWN = [
  ...COUNTERS,
  ...HISTOGRAMS.flatMap((name) => [name, ...AGGREGATES.map((aggregate) => `${name}.${aggregate}`)]),
];

const BY_JOURNEY = 'vusers.created_by_name.';
const BY_REQUEST = 'plugins.metrics-by-endpoint.response_time.';

type Fault = Pick<Finding, 'message' | 'found' | 'allowed' | 'suggestion'>;

/**
 * Why a rule about a metric can see no data. Only what is sure: a name that is a misspelt one of Artillery's, or one with
 * the name of a journey or request that the test does not have.
 *
 * @param byName whether metrics of requests carry the names of requests and nothing else.
 */
export function metricFault(metric: string, names: RuleNames, byName: boolean): Fault | undefined {
  if (metric.startsWith(BY_JOURNEY)) return nameFault(metric.slice(BY_JOURNEY.length), 'journey', names.journeys);
  if (metric.startsWith(BY_REQUEST)) {
    const name = withoutAggregate(metric.slice(BY_REQUEST.length));
    return byName && !names.mayBeCalled(name) && !names.mayBeNamedByCode(name)
      ? nameFault(name, 'request', names.requests)
      : undefined;
  }
  if (KNOWN.includes(metric) || !/^(?:http|vusers)\./.test(metric)) return undefined;
  const suggestion = closest(metric, KNOWN);
  if (suggestion === undefined || isDifferentOnPurpose(metric, suggestion)) return undefined;
  return { message: `there is no metric ${metric}`, found: metric, suggestion };
}

function nameFault(name: string, what: string, known: readonly string[]): Fault | undefined {
  if (known.includes(name) || known.length === 0) return undefined;
  const suggestion = didYouMean(name, known);
  const message = `there is no ${what} called ${JSON.stringify(name)}`;
  return { message, found: name, allowed: [...new Set(known)], ...(suggestion && { suggestion }) };
}

function withoutAggregate(name: string): string {
  const aggregate = AGGREGATES.find((candidate) => name.endsWith(`.${candidate}`));
  return aggregate === undefined ? name : name.slice(0, -aggregate.length - 1);
}

/** Names that differ in a figure alone, such as `http.codes.503`, are no misspellings of each other. */
function isDifferentOnPurpose(metric: string, other: string): boolean {
  return metric.replace(/\d+/g, '') === other.replace(/\d+/g, '');
}
