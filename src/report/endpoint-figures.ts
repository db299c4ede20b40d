import type { RequestSummary, RunRecord } from '../record/index.ts';

/** What was measured of one endpoint over a whole run. */
export interface EndpointFigures {
  readonly endpoint: string;
  readonly answers: number;
  /** Answers with a status of 400 to 499, and from 500 on. */
  readonly clientErrors: number;
  readonly serverErrors: number;
  /** Requests that ended without an answer. */
  readonly unanswered: number;
  /** Milliseconds; undefined: no request has a time. */
  readonly times:
    | { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number }
    | undefined;
}

/**
 * The endpoints of a run, slowest p95 first. From samples, times are response times: from due to the last byte. Without
 * samples they are what metrics-by-endpoint measured, from the sending to the first byte; none when that is switched off or
 * nothing was called.
 */
export function endpointFigures({ metrics, samples }: Pick<RunRecord, 'metrics' | 'samples'>): EndpointFigures[] {
  const figures = samples === undefined ? fromMetrics(metrics) : fromSamples(samples.requests);
  return figures.toSorted((a, b) => (b.times?.p95 ?? 0) - (a.times?.p95 ?? 0));
}

function fromSamples(requests: readonly RequestSummary[]): EndpointFigures[] {
  return requests.flatMap(({ endpoint, phase, count, codes, responseTime }) => {
    if (endpoint === undefined || phase !== undefined) return [];
    const answered = (digit: string): number =>
      Object.entries(codes).reduce((sum, [code, each]) => (code.startsWith(digit) ? sum + each : sum), 0);
    const answers = answered('');
    return [
      {
        endpoint,
        answers,
        clientErrors: answered('4'),
        serverErrors: answered('5'),
        unanswered: count - answers,
        times: responseTime,
      },
    ];
  });
}

const PREFIX = 'plugins.metrics-by-endpoint.';
const CODE = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.codes\.(?<code>\d+)$/s;
const ERROR = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.errors\.[^.]+$/s;

function fromMetrics(metrics: RunRecord['metrics']): EndpointFigures[] {
  return endpointsOf(metrics).map((endpoint) => ({
    endpoint,
    ...countsOf(endpoint, metrics.counters),
    times: metrics.summaries[`${PREFIX}response_time.${endpoint}`],
  }));
}

function endpointsOf(metrics: RunRecord['metrics']): string[] {
  const names = Object.keys(metrics.counters).flatMap((name) => {
    const endpoint = (CODE.exec(name) ?? ERROR.exec(name))?.groups?.endpoint;
    return endpoint === undefined ? [] : [endpoint];
  });
  return [...new Set(names)];
}

type Counts = Omit<EndpointFigures, 'endpoint' | 'times'>;

function countsOf(endpoint: string, counters: Readonly<Record<string, number>>): Counts {
  let [answers, clientErrors, serverErrors, unanswered] = [0, 0, 0, 0];
  for (const [name, count] of Object.entries(counters)) {
    const code = CODE.exec(name)?.groups;
    if (code?.endpoint === endpoint) {
      answers += count;
      if (code.code?.startsWith('4')) clientErrors += count;
      if (code.code?.startsWith('5')) serverErrors += count;
    } else if (ERROR.exec(name)?.groups?.endpoint === endpoint) {
      unanswered += count;
    }
  }
  return { answers, clientErrors, serverErrors, unanswered };
}
