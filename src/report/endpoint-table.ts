import type { RequestSummary, RunRecord } from '../record/index.ts';
import { formatNumber } from './number-format.ts';
import type { Style } from './style.ts';
import { type Column, textTable } from './text-table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Endpoint', align: 'left' },
  { title: 'Answers', align: 'right' },
  { title: '4xx', align: 'right' },
  { title: '5xx', align: 'right' },
  { title: 'No answer', align: 'right' },
  { title: 'p50', align: 'right' },
  { title: 'p95', align: 'right' },
  { title: 'p99', align: 'right' },
  { title: 'max', align: 'right' },
];

const PREFIX = 'plugins.metrics-by-endpoint.';
const CODE = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.codes\.(?<code>\d+)$/;
const ERROR = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.errors\.[^.]+$/;

/**
 * One line per endpoint, slowest p95 first. From samples, times are response times: milliseconds from due to the last byte.
 * Without samples it shows what metrics-by-endpoint counted, with milliseconds from the sending to the first byte; no lines
 * when that is switched off or nothing was called.
 */
export function endpointTable(
  { metrics, samples }: Pick<RunRecord, 'metrics' | 'samples'>,
  style: Style,
  width: number,
): string[] {
  const rows = samples === undefined ? rowsFromMetrics(metrics) : rowsFromSamples(samples.requests);
  if (rows.length === 0) return [];
  const ordered = rows.toSorted((a, b) => b.p95 - a.p95).map(({ cells }) => cells);
  const [titles = '', ...lines] = textTable(COLUMNS, ordered, width - 2);
  return [style.dim(`  ${titles}`), ...lines.map((line) => `  ${line}`)];
}

interface Row {
  readonly p95: number;
  readonly cells: string[];
}

function rowsFromSamples(requests: readonly RequestSummary[]): Row[] {
  return requests.flatMap(({ endpoint, phase, count, codes, responseTime: times }) => {
    if (endpoint === undefined || phase !== undefined) return [];
    const answered = (digit: string): number =>
      Object.entries(codes).reduce((sum, [code, each]) => (code.startsWith(digit) ? sum + each : sum), 0);
    const answers = answered('');
    const counts = [answers, answered('4'), answered('5'), count - answers].map(formatNumber);
    const shown =
      times === undefined ? ['', '', '', ''] : [times.p50, times.p95, times.p99, times.max].map(formatNumber);
    return [{ p95: times?.p95 ?? 0, cells: [endpoint, ...counts, ...shown] }];
  });
}

function rowsFromMetrics(metrics: RunRecord['metrics']): Row[] {
  return endpointsOf(metrics).map((endpoint) => {
    const figures = metrics.summaries[`${PREFIX}response_time.${endpoint}`];
    const counts = countsOf(endpoint, metrics.counters);
    const times =
      figures === undefined ? ['', '', '', ''] : [figures.p50, figures.p95, figures.p99, figures.max].map(formatNumber);
    return { p95: figures?.p95 ?? 0, cells: [endpoint, ...counts.map(formatNumber), ...times] };
  });
}

function endpointsOf(metrics: RunRecord['metrics']): string[] {
  const names = Object.keys(metrics.counters).flatMap((name) => {
    const endpoint = (CODE.exec(name) ?? ERROR.exec(name))?.groups?.endpoint;
    return endpoint === undefined ? [] : [endpoint];
  });
  return [...new Set(names)];
}

function countsOf(endpoint: string, counters: Readonly<Record<string, number>>): [number, number, number, number] {
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
  return [answers, clientErrors, serverErrors, unanswered];
}
