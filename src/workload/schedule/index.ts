export { type ArrivalPhase, arrivalPhase } from './arrival-phase.ts';
export { placePhases } from './course.ts';
export { activeWorkers, capOf, type WorkerPlace } from './deal.ts';
export { journeyShares, pickJourney } from './journey-shares.ts';
export { type ScheduledArrival, scheduleOf } from './schedule.ts';
export { wholePhases } from './whole-phases.ts';
