import type { RunRecord } from '../record/index.ts';
import { endpointTable } from './endpoint-table.ts';
import { generatorLines } from './generator-lines.ts';
import { formatDuration, formatNumber } from './number-format.ts';
import { ruleTable } from './rule-table.ts';
import type { Style } from './style.ts';

/** Where and how wide a summary is printed. */
export interface SummaryOptions {
  readonly style: Style;
  /** Characters per line, at least 60. */
  readonly width: number;
  /** The folder of the run, as the user would type it; undefined: nothing was written. */
  readonly folder?: string | undefined;
}

/** What a run ends with in the terminal: the verdict first, then the rules, the endpoints and where the rest is. */
export function runSummary(record: RunRecord, { style, width, folder }: SummaryOptions): string {
  const sections = [
    [verdictLine(record, style), factsLine(record)],
    record.verdict.faults.slice(1).map((fault) => `  ${style.bad('also')}: ${fault}`),
    record.verdict.rules.length === 0 ? [] : ruleTable(record.verdict.rules, style, width),
    endpointTable(record, style, width),
    generatorLines(record, style),
    errorLines(record, style),
    closingLines(record, folder, style),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function verdictLine({ verdict }: RunRecord, style: Style): string {
  const paint = verdict.outcome === 'passed' ? style.good : verdict.outcome === 'inconclusive' ? style.warn : style.bad;
  return `${style.bold(`Verdict: ${paint(verdict.outcome.toUpperCase())}`)} (${verdict.reason})`;
}

function factsLine({ test, metrics, startedAt, endedAt, seed }: RunRecord): string {
  const durationMs = Date.parse(endedAt) - Date.parse(startedAt);
  const users = metrics.counters['vusers.created'] ?? 0;
  const requests = metrics.counters['http.requests'] ?? 0;
  const facts = [
    test.name,
    formatDuration(durationMs),
    `${formatNumber(users)} users`,
    `${formatNumber(requests)} requests`,
    `seed ${seed}`,
  ];
  return `  ${facts.join(' · ')}`;
}

/** At most this many kinds of error are listed; the rest is in the run's folder. */
const ERROR_KINDS = 5;

function errorLines({ metrics }: RunRecord, style: Style): string[] {
  const errors = Object.entries(metrics.counters)
    .filter(([name, count]) => name.startsWith('errors.') && count > 0)
    .toSorted(([, a], [, b]) => b - a);
  if (errors.length === 0) return [];
  const shown = errors
    .slice(0, ERROR_KINDS)
    .map(([name, count]) => `  ${formatNumber(count).padStart(8)}  ${name.slice('errors.'.length)}`);
  const rest = errors.length - shown.length;
  return [style.bad('  Errors'), ...shown, ...(rest > 0 ? [`            and ${rest} more kinds`] : [])];
}

function closingLines({ replay, samples }: RunRecord, folder: string | undefined, style: Style): string[] {
  const lines = [`  Same run again: ${replay}`];
  if (folder !== undefined)
    lines.unshift(`  Report: ${folder} (run.json, metrics.csv${samples ? `, ${samples.file}` : ''})`);
  return lines.map(style.dim);
}
