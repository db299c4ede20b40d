import type { Alarm } from '../alarm.ts';
import { createDueHeap } from '../due-heap.ts';

/** An alarm whose time passes only when it is told to, and `performance.now()` with it. */
export interface SteppedAlarm extends Alarm {
  readonly now: () => number;
  /** When the next call is due; undefined: none is pending. */
  next(): number | undefined;
  /** Calls back what is due until then, each at its time. */
  runUntil(time: number): void;
  /** Lets time pass without anybody noticing, as when the event loop is busy. */
  oversleep(time: number): void;
}

/** Begins at 0. */
export function createSteppedAlarm(): SteppedAlarm {
  const pending = createDueHeap();
  let now = 0;
  return {
    now: () => now,
    at: (dueAt, callback) => pending.add({ dueAt, callback }),
    close: () => undefined,
    next: () => pending.first()?.dueAt,
    oversleep: (time) => {
      now = time;
    },
    runUntil: (time) => {
      for (let first = pending.first(); first !== undefined && first.dueAt <= time; first = pending.first()) {
        now = Math.max(now, first.dueAt);
        pending.take();
        first.callback();
      }
      now = Math.max(now, time);
    },
  };
}
