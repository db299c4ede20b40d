import type { RunRecord } from '../record/index.ts';
import { type EndpointFigures, endpointFigures } from './endpoint-figures.ts';
import { formatNumber } from './number-format.ts';
import type { Style } from './style.ts';
import { type Column, textTable } from './text-table.ts';

/** A column of the table: what it is called, and what it says of an endpoint. */
interface Figure {
  readonly title: string;
  readonly text: (figures: EndpointFigures) => string;
  /** Left out where there is little room. */
  readonly isOptional?: true;
}

const FIGURES: readonly Figure[] = [
  { title: 'Answers', text: ({ answers }) => formatNumber(answers) },
  { title: '4xx', text: ({ clientErrors }) => formatNumber(clientErrors) },
  { title: '5xx', text: ({ serverErrors }) => formatNumber(serverErrors) },
  { title: 'No answer', text: ({ unanswered }) => formatNumber(unanswered) },
  { title: 'p50', text: ({ times }) => formatTime(times?.p50), isOptional: true },
  { title: 'p95', text: ({ times }) => formatTime(times?.p95) },
  { title: 'p99', text: ({ times }) => formatTime(times?.p99) },
  { title: 'max', text: ({ times }) => formatTime(times?.max), isOptional: true },
];

/** With fewer columns than this, all figures leave no room for names. */
const ROOMY_WIDTH = 76;

/**
 * One line per endpoint, slowest p95 first. From samples, times are response times: milliseconds from due to the last byte.
 * Without samples it shows what metrics-by-endpoint counted, with milliseconds from the sending to the first byte; no lines
 * when that is switched off or nothing was called.
 */
export function endpointTable(record: Pick<RunRecord, 'metrics' | 'samples'>, style: Style, width: number): string[] {
  const rows = endpointFigures(record);
  if (rows.length === 0) return [];
  const shown = FIGURES.filter(({ isOptional }) => isOptional === undefined || width >= ROOMY_WIDTH);
  const columns: Column[] = [
    { title: 'Endpoint (ms)', align: 'left' },
    ...shown.map(({ title }) => ({ title, align: 'right' as const })),
  ];
  const cells = rows.map((row) => [row.endpoint, ...shown.map(({ text }) => text(row))]);
  const [titles = '', ...lines] = textTable(columns, cells, width - 2);
  return [style.dim(`  ${titles}`), ...lines.map((line) => `  ${line}`)];
}

function formatTime(ms: number | undefined): string {
  return ms === undefined ? '' : formatNumber(ms);
}
