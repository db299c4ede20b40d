import {
  type ComparedRow,
  comparePairs,
  DEFAULT_POLICY,
  type GatePolicy,
  type GateStep,
  keepHealthy,
} from 'proving-ground/gate/regression/index.ts';
import { createRandom } from 'proving-ground/stats/random.ts';
import { MACHINES, type Machine } from './noise.ts';
import { OTHER_RULES, otherAlarms } from './other-rules.ts';
import { keepPairs, type PairSource, runGate } from './run-gate.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { blameOf, type Coverage, cover, isFoundAlone } from './score-gate.ts';
import { INJECTED, simulatePairs } from './system.ts';

/** Gates that are alike. */
export interface StudyCell {
  readonly scenario: Scenario;
  readonly machine: Machine;
  readonly gates: number;
  readonly answers: Readonly<Record<GateStep['kind'], number>>;
  /** Pairs that were run, on average, spoiled ones too. */
  readonly meanPairs: number;
  /** Of those that were stopped for slowness: how many named the injected endpoint first, and how many another one. */
  readonly culprit: { readonly right: number; readonly wrong: number; readonly none: number };
  /** Of those unchanged: in how many what would have been found is within the margin of every metric. */
  readonly detectable: number;
  /** How many of the gates each other rule would have stopped. */
  readonly others: readonly number[];
  /** The same pairs by other choices: answers by name of the choice. */
  readonly variants: Readonly<
    Record<string, Readonly<Record<GateStep['kind'], number>> & { readonly meanPairs: number }>
  >;
  /** Intervals of 95 % with a known truth: at twelve pairs, and at the end of the gate. */
  readonly coverage: { readonly fixed: Coverage; readonly atEnd: Coverage };
  /** One metric of the injected endpoint alone, at 12 healthy pairs: how often it is found. */
  readonly alone: Readonly<Record<'p50' | 'p95', number>>;
}

/** Choices that were not made. */
export const VARIANTS: Readonly<Record<string, GatePolicy>> = {
  'looks at 8, 16, 24': { ...DEFAULT_POLICY, looks: [8, 16, 24] },
  'alarm above the whole margin': { ...DEFAULT_POLICY, alarmShare: 1 },
};

const FIXED_PAIRS = 12;
const NO_ANSWERS = { continue: 0, regressed: 0, improved: 0, unchanged: 0, inconclusive: 0 };

/** Simulates one cell after the other. The same seed gives the same pairs. */
export function* runStudy(seed: string, gatesOf: (scenario: Scenario) => number): Generator<StudyCell> {
  for (const machine of MACHINES) {
    for (const scenario of SCENARIOS) yield runCell(seed, scenario, machine, gatesOf(scenario));
  }
}

function runCell(seed: string, scenario: Scenario, machine: Machine, gates: number): StudyCell {
  const answers = { ...NO_ANSWERS };
  const culprit = { right: 0, wrong: 0, none: 0 };
  const others = OTHER_RULES.map(() => 0);
  const variants = Object.fromEntries(Object.keys(VARIANTS).map((name) => [name, { ...NO_ANSWERS, meanPairs: 0 }]));
  const coverage = { fixed: { cases: 0, covered: 0 }, atEnd: { cases: 0, covered: 0 } };
  const alone = { p50: 0, p95: 0 };
  let [pairs, detectable] = [0, 0];
  for (let gate = 0; gate < gates; gate += 1) {
    const label = `${seed} ${machine.name} ${scenario.injection.name} ${gate}`;
    const source = keepPairs(simulatePairs(label, machine, scenario.injection));
    const end = runGate(source, DEFAULT_POLICY, label);
    answers[end.step.kind] += 1;
    pairs += end.pairs / gates;
    if (end.step.kind === 'regressed') culprit[blameOf(end.step, (name) => name === INJECTED)] += 1;
    if (end.step.kind === 'unchanged' && end.step.comparison.rows.every(isDetectable)) detectable += 1;
    otherAlarms(source.first(FIXED_PAIRS)).forEach((alarms, index) => {
      others[index] = (others[index] ?? 0) + Number(alarms);
    });
    for (const [name, policy] of Object.entries(VARIANTS)) {
      const other = runGate(source, policy, label);
      const counts = variants[name];
      if (counts === undefined) continue;
      counts[other.step.kind] += 1;
      counts.meanPairs += other.pairs / gates;
    }
    const fixed = rowsAtFixed(source, label);
    cover(coverage.fixed, fixed, scenario.truth);
    cover(coverage.atEnd, end.step.comparison.rows, scenario.truth);
    for (const metric of ['p50', 'p95'] as const) alone[metric] += Number(isFoundAlone(fixed, metric, INJECTED));
  }
  return {
    scenario,
    machine,
    gates,
    answers,
    meanPairs: pairs,
    culprit,
    detectable,
    others,
    variants,
    coverage,
    alone,
  };
}

function isDetectable({ mustConclude, minimumDetectable, margin }: ComparedRow): boolean {
  return !mustConclude || minimumDetectable <= margin;
}

function rowsAtFixed(source: PairSource, label: string): readonly ComparedRow[] {
  let count = FIXED_PAIRS;
  const healthy = () =>
    keepHealthy(
      source.first(count).map(({ pair }) => pair),
      DEFAULT_POLICY,
    ).kept;
  while (healthy().length < FIXED_PAIRS) count += 1;
  return comparePairs(healthy(), DEFAULT_POLICY, DEFAULT_POLICY.alpha, createRandom(label)).rows;
}
