import type { ComparedRow, GateStep } from 'proving-ground/gate/regression/index.ts';

/** How many intervals hold the truth. */
export interface Coverage {
  readonly cases: number;
  readonly covered: number;
}

/** Whether a gate that was stopped for slowness named the right endpoint first. */
export type Blame = 'right' | 'wrong' | 'none';

/** @param isRight whether the endpoint of this name is the one that was made slower. */
export function blameOf(
  { culprit }: Extract<GateStep, { kind: 'regressed' }>,
  isRight: (name: string) => boolean,
): Blame {
  if (culprit.kind !== 'named') return 'none';
  return isRight(culprit.culprits[0]?.target.name ?? '') ? 'right' : 'wrong';
}

/** Adds the intervals of p50 and p95. @param truth log ratio of every time; undefined: not known, and nothing is added. */
export function cover(
  coverage: { cases: number; covered: number },
  rows: readonly ComparedRow[],
  truth: number | undefined,
): void {
  if (truth === undefined) return;
  for (const { metric, interval } of rows) {
    if (metric !== 'p50' && metric !== 'p95') continue;
    coverage.cases += 1;
    if (Math.log1p(interval.low) <= truth && truth <= Math.log1p(interval.high)) coverage.covered += 1;
  }
}

/** The rule of one metric of one endpoint without all others: slower for sure, and by more than half of its margin. */
export function isFoundAlone(rows: readonly ComparedRow[], metric: 'p50' | 'p95', endpoint: string): boolean {
  const row = rows.find((each) => each.metric === metric && each.target.name === endpoint);
  return row !== undefined && row.interval.low > 0 && row.change > (metric === 'p50' ? 0.025 : 0.05);
}
