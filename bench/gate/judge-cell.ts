import {
  type ComparedRow,
  comparePairs,
  type GatePolicy,
  type GateStep,
  keepHealthy,
  type Pair,
} from 'proving-ground/gate/regression/index.ts';
import { createRandom } from 'proving-ground/stats/random.ts';
import { BENCHER_RULE, OTHER_RULES, type OtherRule, otherAlarms } from '../gate-simulation/other-rules.ts';
import { blameOf, type Coverage, cover, isFoundAlone } from '../gate-simulation/score-gate.ts';
import { type Cell, INJECTED, isInjected } from './cells.ts';
import type { MeasuredPair } from './pair-store.ts';
import { renumbered, replayGate, shuffled } from './replay-gate.ts';

/** How many gates gave each answer. */
export type Answers = Readonly<Record<GateStep['kind'], number>>;

/** What the measured pairs of one cell say about the gate. */
export interface JudgedCell {
  readonly cell: Cell;
  /** Every machine that pairs were measured on, and the days of the first and the last one. */
  readonly machines: readonly string[];
  readonly days: readonly [string, string];
  /** Measured, and of those healthy. */
  readonly pairs: number;
  readonly healthy: number;
  /** Resampled from the pairs. */
  readonly gates: number;
  readonly answers: Answers;
  /** The same gates with time for all of their pairs. */
  readonly patient: Answers;
  /** Pairs that a gate took, on average. */
  readonly meanPairs: number;
  /** Of gates that were stopped for slowness. */
  readonly blame: Readonly<Record<'right' | 'wrong' | 'none', number>>;
  /** Gates whose metric of the injected endpoint alone is found: p50 at up to 20 healthy pairs, p95 at 12. */
  readonly alone: Readonly<Record<'p50' | 'p95', number>>;
  /** How many gates each other rule stops, by their first twelve pairs. */
  readonly others: readonly number[];
  /** Intervals of 95 % at twelve healthy pairs, where the truth is known. */
  readonly coverage: Coverage;
  /** Of the injected endpoint, by all healthy pairs. */
  readonly effects: readonly Pick<ComparedRow, 'metric' | 'change' | 'interval'>[];
}

/** What is held beside the gate. */
export const STUDY_RULES: readonly OtherRule[] = [...OTHER_RULES, BENCHER_RULE];

/** Pairs that other rules see; they have no health gate. */
const FIXED_PAIRS = 12;
const PAIRS_OF = { p50: 20, p95: FIXED_PAIRS } as const;
const SHOWN = ['p50', 'p95', 'error rate'] as const;

/** How gates are resampled. */
export interface Resampling {
  readonly gates: number;
  readonly policy: GatePolicy;
  readonly seed: string;
  /** Pairs for which a gate has the time, at least one. */
  readonly pairsInTime: number;
}

/** Resamples gates from the pairs of a cell. The same seed gives the same gates. @param measured at least one pair. */
export function judgeCell(
  cell: Cell,
  measured: readonly MeasuredPair[],
  { gates, policy, seed, pairsInTime }: Resampling,
): JudgedCell {
  const [answers, patient] = [noAnswers(), noAnswers()];
  const blame = { right: 0, wrong: 0, none: 0 };
  const alone = { p50: 0, p95: 0 };
  const others = STUDY_RULES.map(() => 0);
  const coverage = { cases: 0, covered: 0 };
  let meanPairs = 0;
  for (let gate = 0; gate < gates; gate += 1) {
    const label = `${seed} ${cell.machine} ${cell.injection.id} ${gate}`;
    const drawn = shuffled(measured, createRandom(label));
    const pairs = renumbered(drawn.map(({ pair }) => pair));
    const { step, pairs: taken } = replayGate(pairs.slice(0, pairsInTime), policy, label);
    answers[step.kind] += 1;
    patient[replayGate(pairs, policy, label).step.kind] += 1;
    meanPairs += taken / gates;
    if (step.kind === 'regressed') blame[blameOf(step, isInjected)] += 1;
    otherAlarms(drawn.slice(0, FIXED_PAIRS), STUDY_RULES).forEach((alarms, index) => {
      others[index] = (others[index] ?? 0) + Number(alarms);
    });
    for (const metric of ['p50', 'p95'] as const) {
      const rows = rowsAt(pairs, PAIRS_OF[metric], policy, label);
      alone[metric] += Number(isFoundAlone(rows, metric, INJECTED));
      if (metric === 'p95') cover(coverage, rows, cell.injection.truth);
    }
  }
  const all = renumbered(measured.map(({ pair }) => pair));
  const { kept } = keepHealthy(all, policy);
  return {
    cell,
    machines: [...new Set(measured.map(({ machine }) => machine))],
    days: daysOf(measured),
    pairs: all.length,
    healthy: kept.length,
    gates,
    answers,
    patient,
    meanPairs,
    blame,
    alone,
    others,
    coverage,
    effects: effectsIn(rowsAt(all, all.length, policy, seed)),
  };
}

function noAnswers(): Record<GateStep['kind'], number> {
  return { continue: 0, regressed: 0, improved: 0, unchanged: 0, inconclusive: 0 };
}

function daysOf(measured: readonly MeasuredPair[]): [string, string] {
  const days = measured.map(({ measuredAt }) => measuredAt.slice(0, 10)).sort();
  return [days[0] ?? '', days.at(-1) ?? ''];
}

/** What is compared of the first so many healthy pairs. */
function rowsAt(pairs: readonly Pair[], count: number, policy: GatePolicy, label: string): readonly ComparedRow[] {
  const healthy = keepHealthy(pairs, policy).kept.slice(0, count);
  if (healthy.length === 0) return [];
  return comparePairs(healthy, policy, policy.alpha, createRandom(label)).rows;
}

function effectsIn(rows: readonly ComparedRow[]): JudgedCell['effects'] {
  return SHOWN.flatMap((metric) => {
    const row = rows.find((each) => each.metric === metric && each.target.name === INJECTED);
    return row === undefined ? [] : [{ metric, change: row.change, interval: row.interval }];
  });
}
