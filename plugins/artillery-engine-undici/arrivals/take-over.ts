import type { EngineEvents, RunnerScript } from '../artillery.ts';
import type { Alarm } from './alarm.ts';

/** Which arrival a user is. */
export interface Arrival {
  readonly dueAt: number;
  readonly number: number;
  readonly phaseIndex: number;
}

export interface Arrivals {
  current(): Arrival | undefined;
  phaseName(): string | undefined;
}

export function takeOverArrivals(_script: RunnerScript, runnerEvents: EngineEvents, _alarm: Alarm): Arrivals {
  let name: string | undefined;
  runnerEvents.on('phaseStarted', (phase: { name?: string; index: number }) => {
    name = phase.name ?? `Phase ${phase.index + 1}`;
  });
  return { current: () => undefined, phaseName: () => name };
}
