import { randomUUID } from 'node:crypto';
import type { ScheduledArrival, ScheduleEvent } from 'proving-ground/workload/schedule/index.ts';
import type { Alarm } from './alarm.ts';
import type { Phaser } from './capture-phaser.ts';

/** A phase as Artillery's phaser has it, normalised, and as its events show it. */
export type PhaseSpec = Record<string, unknown>;

/** What a worker does in its run. */
export interface Course {
  readonly events: Iterator<ScheduleEvent>;
  /** When something is due, in `performance.now()` milliseconds. */
  readonly timeOf: (event: ScheduleEvent) => number;
  readonly start: (arrival: ScheduledArrival) => void;
  /** The phase under way from that time on, or undefined after one has ended. By the plan, `performance.now()` milliseconds. */
  readonly onPhase: (index: number | undefined, at: number) => void;
}

/**
 * Does what is due when it is due, in place of Artillery's phaser, and emits its events. What is late is done in its order,
 * so that every user of a phase is started before its end is told, and none is left out. All times are counted from the start
 * of the test: nothing drifts from phase to phase.
 */
export function drive(phaser: Pick<Phaser, 'emit'>, phases: readonly PhaseSpec[], alarm: Alarm, course: Course): void {
  const { events, timeOf, start, onPhase } = course;
  let next = events.next();

  function advance(): void {
    const now = performance.now();
    while (next.done !== true && timeOf(next.value) <= now) {
      const event = next.value;
      next = events.next();
      perform(event);
    }
    if (next.done === true) phaser.emit('done');
    else alarm.at(timeOf(next.value), advance);
  }

  function perform(event: ScheduleEvent): void {
    if (event.kind === 'arrival') {
      start(event);
      return;
    }
    const phase = phases[event.phaseIndex] ?? {};
    if (event.kind === 'phase begins') {
      onPhase(event.phaseIndex, timeOf(event));
      phaser.emit('phaseStarted', Object.assign(phase, { startTime: Date.now(), id: randomUUID() }));
    } else {
      phaser.emit('phaseCompleted', Object.assign(phase, { endTime: Date.now() }));
      onPhase(undefined, timeOf(event));
    }
  }

  advance();
}
