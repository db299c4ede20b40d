export { defaultWorkers } from './divide-work.ts';
export { type EffectiveTest, effectiveTest } from './effective-test.ts';
export { type MeasuredRun, measuredRun, type RunToLearnFrom } from './measured-run.ts';
export { parseMs } from './milliseconds.ts';
export { makePlan, type PlanOptions } from './plan.ts';
export type { Plan, PlannedEndpoint, PlannedPhase } from './plan-types.ts';
export { requestNames } from './request-names.ts';
export { valueAt } from './template.ts';
