import type { ComparedRow } from './compare-pairs.ts';
import { changeText, intervalText, marginText, subjectText } from './gate-words.ts';
import type { GateStep, InconclusiveWhy } from './judge-gate.ts';

/** Why the answer is what it is, in one sentence without a full stop. */
export function reasonOf(step: GateStep): string {
  const gating = step.comparison.rows.filter(({ isGating }) => isGating);
  switch (step.kind) {
    case 'continue':
      return `${pairs(step.pairsWanted)} more are needed before it may be judged`;
    case 'regressed':
      return regressedReason(gating.filter(({ answer }) => answer.kind === 'regressed'));
    case 'improved':
      return improvedReason(gating.filter(({ answer }) => answer.kind === 'improved'));
    case 'unchanged':
      return `after ${pairs(step.health.kept.length)} a slow-down by its margin is ruled out for each of ${gating.length} figures`;
    case 'inconclusive':
      return inconclusiveReason(step.why);
  }
}

function regressedReason(rows: readonly ComparedRow[]): string {
  const worst = worstOf(rows);
  if (worst === undefined) return 'a figure is worse';
  const others = rows.length > 1 ? `, and ${rows.length - 1} more` : '';
  return `${subjectText(worst)} changed by ${changeText(worst, worst.change)} (${intervalText(worst)}; margin ${marginText(worst)})${others}`;
}

function improvedReason(rows: readonly ComparedRow[]): string {
  const best = rows[0];
  if (best === undefined) return 'a figure is better';
  const others = rows.length > 1 ? `, and ${rows.length - 1} more` : '';
  return `${subjectText(best)} changed by ${changeText(best, best.change)} (${intervalText(best)})${others}; nothing got worse by its margin`;
}

/** The one that is over its margin by most. */
function worstOf(rows: readonly ComparedRow[]): ComparedRow | undefined {
  return [...rows].sort((a, b) => Math.abs(b.change) / b.margin - Math.abs(a.change) / a.margin)[0];
}

function inconclusiveReason(why: InconclusiveWhy): string {
  switch (why.kind) {
    case 'doubt':
      return why.doubt.kind === 'too many dropped'
        ? `${percent(why.doubt.share)} of the pairs were spoiled, more than ${percent(why.doubt.limit)}: the machine was too busy to measure`
        : `blocks of one side were spoiled more often (baseline ${why.doubt.baseline}, candidate ${why.doubt.candidate}): one version may be using up the machine`;
    case 'too few pairs':
      return `only ${pairs(why.pairs)} can be used, and at least ${why.needed} are needed`;
    case 'nothing to compare':
      return 'no endpoint had enough answers in every block';
    case 'too wide': {
      const open = why.rows.length === 1 ? 'one figure is' : `${why.rows.length} figures are`;
      const more = why.morePairs === undefined ? 'thousands of pairs more' : `about ${pairs(why.morePairs)} more`;
      return `${open} not known well enough: it would take ${more}`;
    }
  }
}

function pairs(count: number): string {
  return count === 1 ? 'one pair' : `${count} pairs`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
