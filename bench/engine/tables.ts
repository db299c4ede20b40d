import { markdownTable } from '../measure/generated-section.ts';
import type { Spread } from '../measure/spread.ts';
import type { Goal, Row } from './comparison.ts';
import type { Load, Workload } from './job.ts';

const WORKLOADS: Readonly<Record<Workload, string>> = {
  bare: 'Bare GETs',
  post: 'JSON POST with capture, templated headers and a hook',
  journeys: 'The journeys of the peak test, against a stub of the platform',
};

const LOADS: Readonly<Record<Load, string>> = {
  saturated: 'as much as one core can do',
  fixed: '2,000 requests/s',
};

const TITLES = ['generator', 'requests per CPU-second', "to Artillery's", "to undici's loop", 'requests/s', 'CPU'];

/** One table for each workload and load, in Markdown. */
export function tablesOf(rows: readonly Row[]): string {
  const groups = Map.groupBy(rows, ({ workload, load }) => `${WORKLOADS[workload]}: ${LOADS[load]}`);
  return [...groups]
    .map(([title, group]) => `**${title}**\n\n${markdownTable(TITLES, group.map(cellsOf))}`)
    .join('\n\n');
}

/** What our engine is to reach, and whether it did, in Markdown. */
export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map(({ text, measured, isReached }) => [text, ratio(measured), verdict(isReached)]);
  return markdownTable(['goal', 'measured', ''], rows);
}

function cellsOf(row: Row): string[] {
  const { requestsPerCpuSecond, requestsPerSec, utilisation } = row;
  return [
    row.generator,
    `${whole(requestsPerCpuSecond.median)} (${whole(requestsPerCpuSecond.least)}–${whole(requestsPerCpuSecond.most)})`,
    ratio(row.toArtillery),
    ratio(row.toUndici),
    whole(requestsPerSec.median),
    `${Math.round(utilisation.median * 100)} %`,
  ];
}

function ratio(spread: Spread | undefined): string {
  if (spread === undefined) return '';
  return `${short(spread.median)} (${short(spread.least)}–${short(spread.most)})`;
}

function verdict(isReached: boolean | undefined): string {
  if (isReached === undefined) return 'not measured';
  return isReached ? 'reached' : 'missed';
}

function short(value: number): string {
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function whole(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(value);
}
