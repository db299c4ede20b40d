import type { Observation } from 'proving-ground/gate/index.ts';
import { addMeasurements, type Measurements, NO_MEASUREMENTS, type Slice } from 'proving-ground/record/index.ts';
import type { SampleBatch } from 'proving-ground/record/samples/sample-buffer.ts';
import type { PlannedUsers } from './planned-users.ts';

/** Puts the slices of all workers together into one observation after the other, each inside one phase. */
export interface Observer {
  add(slice: Slice): void;
  addSamples(batch: SampleBatch): void;
  /** The phase that begins now; what was added before belongs to the one before it. Times are milliseconds since the epoch. */
  enterPhase(name: string, at: number): void;
  /** The phase is over; what follows until the next one belongs to none. */
  leavePhase(at: number): void;
  /** Ends the current observation and begins the next. */
  close(at: number): void;
}

/** An observer that hands every observation on. */
export function createObserver(observe: (observation: Observation) => void, plannedUsers: PlannedUsers): Observer {
  let measured: Measurements | undefined;
  /** Undefined: the engine gave none so far; after that, a second without any has none. */
  let samples: SampleBatch[] | undefined;
  let phase: { readonly name: string; readonly startedAt: number } | undefined;
  let runStartedAt: number | undefined;
  let startedAt = 0;

  function close(at: number): void {
    if (runStartedAt === undefined || at <= startedAt) return;
    // After the last phase, silence may be people who think, or the end; only what is heard next tells.
    if (phase === undefined && measured === undefined && !samples?.length) return;
    const elapsedMs = startedAt - runStartedAt;
    observe({
      startedAt,
      elapsedMs,
      seconds: (at - startedAt) / 1000,
      phase: phase && { name: phase.name, elapsedMs: startedAt - phase.startedAt },
      plannedUsers: plannedUsers.between(elapsedMs, at - runStartedAt),
      measured: measured ?? NO_MEASUREMENTS,
      ...(samples === undefined ? {} : { samples }),
    });
    measured = undefined;
    if (samples !== undefined) samples = [];
    startedAt = at;
  }

  return {
    add: (slice) => {
      measured = measured === undefined ? slice : addMeasurements(measured, slice);
    },
    addSamples: (batch) => {
      samples = [...(samples ?? []), batch];
    },
    enterPhase: (name, at) => {
      if (runStartedAt === undefined) {
        runStartedAt = at;
        startedAt = at;
      }
      close(at);
      phase = { name, startedAt: at };
    },
    leavePhase: (at) => {
      close(at);
      phase = undefined;
    },
    close,
  };
}
