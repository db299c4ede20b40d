export type {
  Block,
  BlockHealth,
  Distribution,
  Pair,
  Side,
  Target,
  TargetFigures,
} from './block.ts';
export { type ComparedRow, type Comparison, comparePairs } from './compare-pairs.ts';
export { type CulpritAnswer, findCulprits } from './culprit.ts';
export { distributionOf } from './distribution-of.ts';
export { type HealthGate, keepHealthy } from './health-gate.ts';
export type { EffectAnswer } from './judge-effect.ts';
export { type GateStep, type InconclusiveWhy, judgeGate } from './judge-gate.ts';
export { fewestFor, type NotJudged } from './metric-values.ts';
export { type PlannedPair, planPair } from './pair-plan.ts';
export { DEFAULT_POLICY, type GatePolicy, type MarginRule, METRIC_NAMES, type MetricName } from './policy.ts';
