import { closingLook, createRandom, type Look } from '../../stats/index.ts';
import { isSameTarget, type Pair, type Target } from './block.ts';
import { type ComparedRow, type Comparison, comparePairs } from './compare-pairs.ts';
import { type CulpritAnswer, findCulprits } from './culprit.ts';
import { type HealthGate, keepHealthy } from './health-gate.ts';
import { type GatePolicy, looksOf } from './policy.ts';

/** How far a comparison is. */
export interface GateState {
  /** All pairs so far, spoiled ones too, in the order in which they ran. */
  readonly pairs: readonly Pair[];
  readonly policy: GatePolicy;
  /** Of the whole comparison; the same pairs and the same seed give the same answer. */
  readonly seed: string;
  /** true: no further pair can be run, for a reason that has nothing to do with what was measured. */
  readonly isOutOfTime: boolean;
}

/** Why nothing can be said. */
export type InconclusiveWhy =
  | { readonly kind: 'doubt'; readonly doubt: NonNullable<HealthGate['doubt']> }
  | { readonly kind: 'too few pairs'; readonly pairs: number; readonly needed: number }
  | { readonly kind: 'nothing to compare' }
  /** Pairs that it would take beside those there are; undefined: thousands, so that margins or blocks have to be larger. */
  | { readonly kind: 'too wide'; readonly rows: readonly ComparedRow[]; readonly morePairs: number | undefined };

/** What is known about both versions. */
export interface GateEvidence {
  readonly health: HealthGate;
  readonly comparison: Comparison;
}

/** What to do next. */
export type GateStep = GateEvidence &
  (
    | {
        readonly kind: 'continue';
        /** Healthy pairs until the next look, at least 1. */
        readonly pairsWanted: number;
      }
    | { readonly kind: 'regressed'; readonly culprit: CulpritAnswer }
    | { readonly kind: 'improved' }
    | { readonly kind: 'unchanged' }
    | { readonly kind: 'inconclusive'; readonly why: InconclusiveWhy }
  );

/** With fewer pairs the smallest p-value is above 2.5 %. */
const FEWEST_PAIRS = 6;

/**
 * Judges what was measured so far. To be asked after every pair: it decides at the planned looks only, or when time is up, and says
 * otherwise how many pairs it wants. What stands in `comparison` between two looks is for showing.
 */
export function judgeGate(state: GateState): GateStep {
  const { pairs, policy, seed, isOutOfTime } = state;
  const health = keepHealthy(pairs, policy);
  const kept = health.kept.length;
  const look = lookAt(kept, policy, isOutOfTime);
  // Shown between looks with the level of the next one.
  const level = look?.level ?? looksOf(policy).find((next) => next.pairs > kept)?.level ?? policy.alpha;
  const comparison = comparePairs(health.kept, policy, level, createRandom(`${seed} signs ${kept}`));
  const evidence = { health, comparison };
  const isLast = isOutOfTime || kept >= lastLook(policy) || pairs.length >= mostStarted(policy);
  if (isLast && health.doubt !== undefined) {
    return { ...evidence, kind: 'inconclusive', why: { kind: 'doubt', doubt: health.doubt } };
  }
  if (look === undefined && !isLast) return { ...evidence, kind: 'continue', pairsWanted: wanted(kept, policy) };
  if (kept < FEWEST_PAIRS) {
    return { ...evidence, kind: 'inconclusive', why: { kind: 'too few pairs', pairs: kept, needed: FEWEST_PAIRS } };
  }
  const decided = health.doubt === undefined ? decide(evidence, seed) : undefined;
  if (decided !== undefined) return decided;
  if (!isLast) return { ...evidence, kind: 'continue', pairsWanted: wanted(kept, policy) };
  return { ...evidence, kind: 'inconclusive', why: whyUndecided(comparison) };
}

function decide(evidence: GateEvidence, seed: string): GateStep | undefined {
  const gating = evidence.comparison.rows.filter(({ isGating }) => isGating);
  const regressed = gating.filter(({ answer }) => answer.kind === 'regressed');
  if (regressed.length > 0) {
    return { ...evidence, kind: 'regressed', culprit: culpritOf(regressed, evidence.health.kept, seed) };
  }
  const open = gating.filter(({ mustConclude, answer }) => mustConclude && answer.kind === 'inconclusive');
  if (gating.length === 0 || open.length > 0) return undefined;
  return { ...evidence, kind: gating.some(({ answer }) => answer.kind === 'improved') ? 'improved' : 'unchanged' };
}

function culpritOf(regressed: readonly ComparedRow[], kept: readonly Pair[], seed: string): CulpritAnswer {
  const slower = distinct(regressed.filter(({ metric }) => metric !== 'error rate').map(({ target }) => target));
  if (slower.length === 0) return { kind: 'errors', failing: distinct(regressed.map(({ target }) => target)) };
  return findCulprits(kept, slower, createRandom(`${seed} culprit`));
}

function distinct(targets: readonly Target[]): Target[] {
  return targets.filter((target, index) => targets.findIndex((other) => isSameTarget(other, target)) === index);
}

function whyUndecided({ rows }: Comparison): InconclusiveWhy {
  const gating = rows.filter(({ isGating }) => isGating);
  if (gating.length === 0) return { kind: 'nothing to compare' };
  const open = gating.filter(({ mustConclude, answer }) => mustConclude && answer.kind === 'inconclusive');
  const wants = open.map(({ answer }) => (answer.kind === 'inconclusive' ? answer.morePairs : 0));
  const morePairs = wants.includes(undefined) ? undefined : Math.max(0, ...wants.map((count) => count ?? 0));
  return { kind: 'too wide', rows: open, morePairs };
}

/** The look that is due with so many healthy pairs; undefined between two looks. */
function lookAt(kept: number, policy: GatePolicy, isOutOfTime: boolean): Look | undefined {
  const looks = looksOf(policy);
  const planned = looks.find(({ pairs }) => pairs === kept) ?? (kept > lastLook(policy) ? looks.at(-1) : undefined);
  if (planned !== undefined || !isOutOfTime || kept === 0) return planned;
  const before = looks.filter(({ pairs }) => pairs < kept);
  return closingLook(before, kept, policy.alpha);
}

function lastLook({ looks }: GatePolicy): number {
  return looks.at(-1) ?? 0;
}

/** When so many have been started and the last look is not reached, more than may be were dropped. */
function mostStarted(policy: GatePolicy): number {
  return Math.ceil(lastLook(policy) / (1 - policy.maxDroppedShare));
}

function wanted(kept: number, policy: GatePolicy): number {
  return (policy.looks.find((look) => look > kept) ?? kept + 1) - kept;
}
