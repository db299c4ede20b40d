export { type ArrivalPhase, arrivalPhase } from './arrival-phase.ts';
export { placePhases } from './course.ts';
export { activeWorkers, capOf, type WorkerPlace } from './deal.ts';
export { journeyShares, pickJourney, type WeightedJourney } from './journey-shares.ts';
export { type ScheduledArrival, type ScheduleEvent, scheduleOf } from './schedule.ts';
export { longestInTurns, type TurnLengths, type TurnPlan, turnChannel, turnsIn, turnVariables } from './turn-plan.ts';
export { wholePhases } from './whole-phases.ts';
