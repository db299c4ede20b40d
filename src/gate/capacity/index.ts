export {
  buildCapacityRecord,
  type CapacityEnd,
  rateText,
} from './build-capacity-record.ts';
export {
  type CapacityRecord,
  type CapacityTrial,
  capacityJsonSchema,
  parseCapacityRecord,
} from './capacity-record.ts';
export { capacityTrial, rateTrials } from './capacity-trial.ts';
export { secondsNeeded } from './needed-requests.ts';
export { type Clause, objectiveFault, parseObjective } from './objective.ts';
export { type CapacityPolicy, DEFAULT_CAPACITY_POLICY } from './policy.ts';
export { type ProbedRange, probeRates, rangeBetween, rangeOfProbe } from './probe-steps.ts';
export { recoveryOf } from './recovery.ts';
export { type CapacityEstimate, createCapacitySearch } from './search.ts';
export { trialOfRun } from './trial-of-run.ts';
export {
  clauseValue,
  rowsDueIn,
  spanOfLabel,
  type TimeSpan,
  TRIAL_COLUMNS,
  type TrialSamples,
} from './trial-requests.ts';
export { firstBroken } from './what-broke.ts';
