export type { Block, Pair, Side, TargetFigures } from './block.ts';
export { type ComparedRow, comparePairs } from './compare-pairs.ts';
export { distributionOf } from './distribution-of.ts';
export { keepHealthy } from './health-gate.ts';
export { type GateStep, judgeGate } from './judge-gate.ts';
export { planPair } from './pair-plan.ts';
export { DEFAULT_POLICY, type GatePolicy } from './policy.ts';
