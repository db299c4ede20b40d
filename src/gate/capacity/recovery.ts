import type { Clause } from './objective.ts';
import { clauseValue, rowsDueIn, type TimeSpan, type TrialSamples } from './trial-requests.ts';

/**
 * After how many seconds of a calmer time a system is well again: from when on every second with requests keeps the objective, to the end.
 *
 * @returns whole seconds; undefined: not within the time.
 */
export function recoveryOf(samples: TrialSamples, calm: TimeSpan, clauses: readonly Clause[]): number | undefined {
  const seconds = Math.floor((calm.to - calm.from) / 1_000);
  let wellFrom = seconds;
  for (let second = seconds - 1; second >= 0; second -= 1) {
    const from = calm.from + second * 1_000;
    const rows = rowsDueIn(samples, { from, to: from + 1_000 });
    const isWell = clauses.every((clause) => {
      const { observed } = clauseValue(samples, rows, clause);
      return observed === undefined || observed < clause.limit;
    });
    if (!isWell) break;
    wellFrom = second;
  }
  return wellFrom === seconds ? undefined : wellFrom;
}
