import { wilsonInterval } from 'proving-ground/stats/wilson-interval.ts';
import type { JudgedCell } from './judge-cell.ts';

/** A share of cases that is to be reached. */
interface Aim {
  readonly text: string;
  /** Of the injection that it is about. */
  readonly injection: string;
  readonly read: (judged: JudgedCell) => { readonly count: number; readonly all: number };
  readonly holds: (share: number, upper: number) => boolean;
}

/** Fewer pairs say nothing about how often. */
const FEWEST_PAIRS = 20;

const AIMS: readonly Aim[] = [
  {
    text: 'false alarms at most 2 %, upper limit at most 5 %',
    injection: 'none',
    read: ({ answers, gates }) => ({ count: answers.regressed, all: gates }),
    holds: (share, upper) => share <= 0.02 && upper <= 0.05,
  },
  {
    text: 'intervals of 95 % hold the truth in 93 to 97 %',
    injection: 'none',
    read: ({ coverage }) => ({ count: coverage.covered, all: coverage.cases }),
    holds: (share) => share >= 0.93 && share <= 0.97,
  },
  found('p50', 'work-5', 0.8, 'p50 at +5 % found in 80 % with 20 pairs'),
  found('p50', 'work-10', 0.95, 'p50 at +10 % found in 95 % with 20 pairs'),
  found('p95', 'work-10', 0.8, 'p95 at +10 % found in 80 % with 12 pairs'),
  {
    text: 'the culprit named first in 95 % at +10 %',
    injection: 'work-10',
    read: ({ blame }) => ({ count: blame.right, all: blame.right + blame.wrong + blame.none }),
    holds: (share) => share >= 0.95,
  },
];

function found(metric: 'p50' | 'p95', injection: string, least: number, text: string): Aim {
  return {
    text,
    injection,
    read: ({ alone, gates }) => ({ count: alone[metric], all: gates }),
    holds: (share) => share >= least,
  };
}

/** One line an aim, by the cells of one machine; without enough pairs it says so instead of a figure. */
export function targetLines(cells: readonly JudgedCell[]): string[][] {
  return AIMS.map((aim) => lineOf(aim, cells));
}

function lineOf({ text, injection, read, holds }: Aim, cells: readonly JudgedCell[]): string[] {
  const judged = cells.find(({ cell }) => cell.injection.id === injection);
  if (judged === undefined || judged.healthy < FEWEST_PAIRS) {
    return [text, `${judged?.healthy ?? 0} healthy pairs are too few`, 'not known'];
  }
  const { count, all } = read(judged);
  const wilson = wilsonInterval(count, all);
  if (wilson === undefined) return [text, 'no case', 'not known'];
  const limits = `${(100 * wilson.low).toFixed(1)} – ${(100 * wilson.high).toFixed(1)}`;
  const share = count / all;
  return [text, `${(100 * share).toFixed(1)} % (${limits} %)`, holds(share, wilson.high) ? 'yes' : 'no'];
}
