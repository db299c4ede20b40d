import type { RunRecord } from '../record/index.ts';
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
 * One line per endpoint from what metrics-by-endpoint counted, slowest p95 first; no lines when it is switched off or
 * nothing was called. Times are milliseconds to the first byte of the answer.
 */
export function endpointTable({ metrics }: Pick<RunRecord, 'metrics'>, style: Style, width: number): string[] {
  const rows = endpointsOf(metrics).map((endpoint) => {
    const figures = metrics.summaries[`${PREFIX}response_time.${endpoint}`];
    const counts = countsOf(endpoint, metrics.counters);
    const times =
      figures === undefined ? ['', '', '', ''] : [figures.p50, figures.p95, figures.p99, figures.max].map(formatNumber);
    return { p95: figures?.p95 ?? 0, cells: [endpoint, ...counts.map(formatNumber), ...times] };
  });
  if (rows.length === 0) return [];
  const ordered = rows.toSorted((a, b) => b.p95 - a.p95).map(({ cells }) => cells);
  const [titles = '', ...lines] = textTable(COLUMNS, ordered, width - 2);
  return [style.dim(`  ${titles}`), ...lines.map((line) => `  ${line}`)];
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
