import type { Clause } from './objective.ts';
import { clauseValue, doneAt, rowsDueIn, type TimeSpan, type TrialSamples } from './trial-requests.ts';

/** One step of the probe: a rate, and when it was offered. */
export interface ProbeStep {
  readonly ratePerSec: number;
  readonly span: TimeSpan;
}

/** Between which rates the capacity is looked for. */
export interface ProbedRange {
  readonly fromPerSec: number;
  readonly toPerSec: number;
  /** The last step that the system took easily; undefined: not even the first. */
  readonly easyPerSec: number | undefined;
  /** The first that it did not; undefined: it took all. */
  readonly hardPerSec: number | undefined;
}

const GROWTH = 2;
/** Steps are short, and a system may hide that it falls behind for as long. */
const EASY_DONE_SHARE = 0.95;

/** The rates of a probe: doubling from one that is surely easy. */
export function probeRates(fromPerSec: number, mostPerSec: number): number[] {
  const rates: number[] = [];
  for (let rate = fromPerSec; rate < mostPerSec; rate *= GROWTH) rates.push(rate);
  return [...rates, mostPerSec];
}

/**
 * Where to look for the capacity, from steps that each lasted a few seconds: from half of the last easy one to half above the first that was not.
 *
 * @param steps in ascending order of their rates, those that were begun; at least one.
 * @param mostPerSec the highest rate that may be offered.
 */
export function rangeOfProbe(
  samples: TrialSamples,
  steps: readonly ProbeStep[],
  clauses: readonly Clause[],
  mostPerSec: number,
): ProbedRange {
  const hard = steps.findIndex(({ span }) => !isEasy(samples, span, clauses));
  const rates = steps.map(({ ratePerSec }) => ratePerSec);
  return rangeBetween(rates, hard < 0 ? undefined : hard, mostPerSec);
}

/**
 * Where to look, by which step of a probe was the first that was not easy.
 *
 * @param ratesPerSec of the steps, ascending; at least one.
 * @param hard its index; undefined: all were easy.
 */
export function rangeBetween(
  ratesPerSec: readonly number[],
  hard: number | undefined,
  mostPerSec: number,
): ProbedRange {
  const easyPerSec = hard === undefined ? ratesPerSec.at(-1) : ratesPerSec[hard - 1];
  const first = ratesPerSec[0] ?? 1;
  if (hard === 0) {
    return { fromPerSec: first / 8, toPerSec: first * 1.5, easyPerSec: undefined, hardPerSec: first };
  }
  const hardPerSec = hard === undefined ? undefined : ratesPerSec[hard];
  const toPerSec = Math.min(mostPerSec, (hardPerSec ?? mostPerSec) * 1.5);
  return { fromPerSec: Math.min((easyPerSec ?? first) / 2, toPerSec / 2), toPerSec, easyPerSec, hardPerSec };
}

/** Nothing that was due in it missed the objective, and nearly all of it was done by its end. */
function isEasy(samples: TrialSamples, span: TimeSpan, clauses: readonly Clause[]): boolean {
  const rows = rowsDueIn(samples, span);
  if (rows.length === 0) return true;
  const holds = clauses.every((clause) => {
    const { observed } = clauseValue(samples, rows, clause);
    return observed === undefined || observed < clause.limit;
  });
  const undone = rows.filter((row) => doneAt(samples, row) > span.to + clauseSlackMs(clauses)).length;
  return holds && undone <= rows.length * (1 - EASY_DONE_SHARE);
}

/** What is allowed to take long may be under way at the end of a step. */
function clauseSlackMs(clauses: readonly Clause[]): number {
  const times = clauses.filter(({ quantity }) => quantity.kind !== 'error rate').map(({ limit }) => limit);
  return Math.max(500, ...times);
}
