import type { RunRecord } from '../record/index.ts';
import { type EndpointFigures, endpointFigures } from './endpoint-figures.ts';
import { formatNumber } from './number-format.ts';
import type { Style } from './style.ts';
import { type Column, textTable } from './text-table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Endpoint (ms)', align: 'left' },
  { title: 'Answers', align: 'right' },
  { title: '4xx', align: 'right' },
  { title: '5xx', align: 'right' },
  { title: 'No answer', align: 'right' },
  { title: 'p50', align: 'right' },
  { title: 'p95', align: 'right' },
  { title: 'p99', align: 'right' },
  { title: 'max', align: 'right' },
];

/**
 * One line per endpoint, slowest p95 first. From samples, times are response times: milliseconds from due to the last byte.
 * Without samples it shows what metrics-by-endpoint counted, with milliseconds from the sending to the first byte; no lines
 * when that is switched off or nothing was called.
 */
export function endpointTable(record: Pick<RunRecord, 'metrics' | 'samples'>, style: Style, width: number): string[] {
  const rows = endpointFigures(record);
  if (rows.length === 0) return [];
  const [titles = '', ...lines] = textTable(COLUMNS, rows.map(cellsOf), width - 2);
  return [style.dim(`  ${titles}`), ...lines.map((line) => `  ${line}`)];
}

function cellsOf({ endpoint, answers, clientErrors, serverErrors, unanswered, times }: EndpointFigures): string[] {
  const counts = [answers, clientErrors, serverErrors, unanswered].map(formatNumber);
  const shown = times === undefined ? ['', '', '', ''] : [times.p50, times.p95, times.p99, times.max].map(formatNumber);
  return [endpoint, ...counts, ...shown];
}
