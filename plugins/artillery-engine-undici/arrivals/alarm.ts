import { Worker } from 'node:worker_threads';
import { createDueHeap, type Due } from './due-heap.ts';
import { CLOCK_MEMORY_BYTES, clockMemory, monotonicSinceOrigin } from './shared-clock.ts';

/** Calls back at a moment, to a fraction of a millisecond. */
export interface Alarm {
  /**
   * Calls back as exactly as it can at `dueAt` (`performance.now()` milliseconds), never before it; for a time in the past,
   * on the next turn of the event loop. What is due at the same time is called in the order in which it was asked for. An
   * alarm does not keep the process alive.
   */
  at(dueAt: number, callback: () => void): void;
  /** Ends its thread. What is still pending is never called. */
  close(): void;
}

/** How long a ring takes from the clock's thread to this one, about; the clock rings so much earlier. */
const LEAD_MS = 0.12;

/** Below this the clock would ring too late, and the event loop is asked again and again instead. */
const SPIN_MS = 0.15;

/**
 * An alarm with a clock in a thread of its own, which sleeps until shortly before the next time that is due and then sends a
 * message. The rest of the way, a fraction of a millisecond, goes by turns of the event loop, so that answers from the
 * network are taken in meanwhile. The thread needs some 50 ms to start; what is due before that is late. Figures are in
 * docs/arrivals.md.
 */
export function createAlarm(): Alarm {
  const pending = createDueHeap();
  const clock = startClock(turn);
  let isSpinning = false;

  function turn(): void {
    const ready = takeDue(performance.now());
    let called = 0;
    try {
      for (const { callback } of ready) {
        called += 1;
        callback();
      }
    } finally {
      // One callback that throws does not take the others with it.
      for (const due of ready.slice(called)) pending.add(due);
      lookAhead();
    }
  }

  /** Only what is due by now: a callback that asks for another in the past must not keep answers from coming in. */
  function takeDue(now: number): Due[] {
    const ready: Due[] = [];
    for (let first = pending.first(); first !== undefined && first.dueAt <= now; first = pending.first()) {
      pending.take();
      ready.push(first);
    }
    return ready;
  }

  function lookAhead(): void {
    const first = pending.first();
    if (first === undefined || isSpinning) return;
    if (first.dueAt - performance.now() > SPIN_MS) {
      clock.ringAt(first.dueAt - LEAD_MS);
      return;
    }
    isSpinning = true;
    setImmediate(() => {
      isSpinning = false;
      turn();
    });
  }

  return {
    at: (dueAt, callback) => {
      const due = { dueAt, callback };
      pending.add(due);
      if (pending.first() === due) lookAhead();
    },
    close: clock.stop,
  };
}

interface Clock {
  /** Takes the place of an earlier order. */
  ringAt(time: number): void;
  stop(): void;
}

function startClock(onRing: () => void): Clock {
  const buffer = new SharedArrayBuffer(CLOCK_MEMORY_BYTES);
  const memory = clockMemory(buffer);
  memory.ringAt[0] = Infinity;
  const sinceOrigin = monotonicSinceOrigin();
  // None of this process's options, some of which a thread refuses.
  const thread = new Worker(new URL('./clock-thread.ts', import.meta.url), { workerData: buffer, execArgv: [] });
  let ordered = Infinity;
  thread.on('message', () => {
    ordered = Infinity;
    onRing();
  });
  // After the listener, which would make the thread count again.
  thread.unref();
  return {
    ringAt: (time) => {
      if (time === ordered) return;
      ordered = time;
      memory.ringAt[0] = time + sinceOrigin;
      Atomics.add(memory.orders, 0, 1);
      Atomics.notify(memory.orders, 0);
    },
    stop: () => void thread.terminate(),
  };
}
