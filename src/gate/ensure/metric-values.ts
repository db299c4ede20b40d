import type { MetricSet } from '../../record/index.ts';
import { type Summary, summarise } from '../../stats/index.ts';

/** What the rules of `config.ensure` can ask about a run, under Artillery's names. */
export interface MetricValues {
  /** Names of everything that was measured, without aggregate. */
  readonly names: readonly string[];
  /** The value of `http.codes.200`, `http.request_rate` or `http.response_time.p95`; undefined: no data. */
  value(name: string): number | undefined;
}

/** Counters that are 0, and not unknown, once any virtual user ran: they count what may well not have happened. */
const ZERO_WITHOUT_EVENTS =
  /^(?:errors\..+|http\.codes\.\d{3}|http\.(?:requests|responses)|vusers\.(?:failed|skipped|completed))$/;

/** The same for the codes and errors of an endpoint that was called. */
const ENDPOINT_COUNTER = /^(?<endpoint>plugins\.metrics-by-endpoint\..+)\.(?:codes\.\d{3}|errors\.[^.]+)$/;

/**
 * @param extra values that other plugins computed from the whole run, such as `apdex`.
 */
export function createMetricValues(metrics: MetricSet, extra: Readonly<Record<string, number>> = {}): MetricValues {
  const summaries = new Map<string, Summary | undefined>();

  function summaryOf(name: string): Summary | undefined {
    const sketch = metrics.histograms[name];
    if (sketch === undefined) return undefined;
    if (!summaries.has(name)) summaries.set(name, summarise(sketch));
    return summaries.get(name);
  }

  function value(name: string): number | undefined {
    return (
      own(metrics.counters, name) ??
      own(metrics.rates, name) ??
      own(extra, name) ??
      aggregateOf(name, summaryOf) ??
      zeroOf(name, metrics)
    );
  }

  const names = [metrics.counters, metrics.rates, extra, metrics.histograms].flatMap((group) => Object.keys(group));
  return { names, value };
}

function own(record: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function aggregateOf(name: string, summaryOf: (base: string) => Summary | undefined): number | undefined {
  const dot = name.lastIndexOf('.');
  const figures = dot < 0 ? undefined : summaryOf(name.slice(0, dot));
  if (figures === undefined) return undefined;
  const aggregate = name.slice(dot + 1);
  // Artillery knows the median by two names.
  return aggregate === 'median' ? figures.p50 : own({ ...figures }, aggregate);
}

function zeroOf(name: string, metrics: MetricSet): number | undefined {
  const usersRan = (metrics.counters['vusers.created'] ?? 0) > 0;
  if (usersRan && ZERO_WITHOUT_EVENTS.test(name)) return 0;
  const endpoint = ENDPOINT_COUNTER.exec(name)?.groups?.endpoint;
  return endpoint !== undefined && wasCalled(endpoint, metrics) ? 0 : undefined;
}

function wasCalled(endpoint: string, metrics: MetricSet): boolean {
  return Object.keys(metrics.counters).some(
    (counter) => counter.startsWith(`${endpoint}.codes.`) || counter.startsWith(`${endpoint}.errors.`),
  );
}
