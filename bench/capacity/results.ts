import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wilsonInterval } from 'proving-ground/stats/wilson-interval.ts';
import { markdownTable } from '../measure/generated-section.ts';
import type { Cell } from './cells.ts';
import { capacityOf } from './known-server.ts';

/** What one procedure said of one system. Rates are requests, and so users, per second. */
export interface Result {
  readonly id: string;
  readonly perSec: number | undefined;
  readonly low?: number;
  readonly high?: number;
  /** `found`, or why there is no answer that counts. */
  readonly answer: string;
  readonly broke?: string;
  readonly trials: number;
  readonly seconds: number;
  readonly measuredAt: string;
}

/** Results on disk, one file each, so that hours of measuring can be interrupted. */
export function resultStore(folder: string): {
  read(cell: Cell): Result | undefined;
  write(result: Result): void;
} {
  const fileOf = (id: string): string => join(folder, `${id}.json`);
  return {
    read: ({ id }) => (existsSync(fileOf(id)) ? (JSON.parse(readFileSync(fileOf(id), 'utf8')) as Result) : undefined),
    write: (result) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${fileOf(result.id)}.part`, JSON.stringify(result, null, 1));
      renameSync(`${fileOf(result.id)}.part`, fileOf(result.id));
    },
  };
}

const TITLES = [
  'procedure',
  'system',
  'truth /s',
  'answer /s',
  'off by',
  '95 % interval',
  'holds it',
  'trials',
  'took',
  'says',
];

/** All results in a table, and below it how many of the searches came near. */
export function resultTables(measured: readonly { readonly cell: Cell; readonly result: Result }[]): string {
  const rows = measured.map(({ cell, result }) => rowOf(cell, result));
  const searches = measured.filter(({ cell }) => cell.procedure === 'search');
  return [markdownTable(TITLES, rows), '', summary(searches)].join('\n');
}

function rowOf({ procedure, system }: Cell, { perSec, low, high, answer, trials, seconds }: Result): string[] {
  const truth = capacityOf(system);
  const isInside = low === undefined || high === undefined ? '' : low <= truth && truth <= high ? 'yes' : 'no';
  return [
    procedure,
    `${system.workers} workers, ${system.serviceMs} ms`,
    truth.toFixed(0),
    perSec?.toFixed(1) ?? '',
    perSec === undefined ? '' : `${((perSec / truth - 1) * 100).toFixed(1)} %`,
    low === undefined || high === undefined ? '' : `${low.toFixed(1)} – ${high.toFixed(1)}`,
    isInside,
    String(trials),
    `${seconds.toFixed(0)} s`,
    answer,
  ];
}

function summary(searches: readonly { readonly cell: Cell; readonly result: Result }[]): string {
  const near = searches.filter(({ cell, result: { perSec } }) => {
    return perSec !== undefined && Math.abs(perSec / capacityOf(cell.system) - 1) <= 0.05;
  }).length;
  const interval = wilsonInterval(near, searches.length);
  const range =
    interval === undefined
      ? ''
      : ` (95 % interval ${(interval.low * 100).toFixed(0)} – ${(interval.high * 100).toFixed(0)} %)`;
  return `Searches within 5 % of the truth: ${near} of ${searches.length}${range}.`;
}
