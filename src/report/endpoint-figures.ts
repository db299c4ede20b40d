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

function fromMetrics({ counters, summaries }: RunRecord['metrics']): EndpointFigures[] {
  const counts = new Map<string, Counts>();
  const countsOf = (endpoint: string): Counts => {
    const present = counts.get(endpoint) ?? { answers: 0, clientErrors: 0, serverErrors: 0, unanswered: 0 };
    counts.set(endpoint, present);
    return present;
  };
  for (const [name, count] of Object.entries(counters)) {
    const { endpoint, code } = CODE.exec(name)?.groups ?? {};
    const failed = ERROR.exec(name)?.groups?.endpoint;
    if (endpoint !== undefined) countAnswers(countsOf(endpoint), code ?? '', count);
    else if (failed !== undefined) countsOf(failed).unanswered += count;
  }
  return [...counts].map(([endpoint, each]) => ({
    endpoint,
    ...each,
    times: summaries[`${PREFIX}response_time.${endpoint}`],
  }));
}

interface Counts {
  answers: number;
  clientErrors: number;
  serverErrors: number;
  unanswered: number;
}

function countAnswers(counts: Counts, code: string, count: number): void {
  counts.answers += count;
  if (code.startsWith('4')) counts.clientErrors += count;
  if (code.startsWith('5')) counts.serverErrors += count;
}
