import type { ErrorExample } from './error-example-record.ts';
import type { Slice } from './metrics.ts';
import type { SampleBatch } from './samples/sample-buffer.ts';
import type { ServerTimingSpan } from './system/server-timing.ts';

/** What something that measures in a worker hands to whoever collects there: everything since it was last asked. */
export interface Collected {
  /** Metrics that did not pass through the metric store's methods; undefined: none. */
  readonly slice: Slice | undefined;
  /** Undefined: no request ended. */
  readonly samples: SampleBatch | undefined;
  /** What answers said themselves of their time; undefined: none did. */
  readonly timings?: ServerTimingSpan | undefined;
  /** What went wrong, a few of each kind; empty or undefined: nothing that is not known already. */
  readonly examples?: readonly ErrorExample[] | undefined;
}

/** The part of `global.artillery.globalEvents` of a worker that is needed: listeners are called synchronously. */
export interface LiveEvents {
  on(event: string, listener: (sink: (collected: Collected) => void) => void): unknown;
  emit(event: string, sink: (collected: Collected) => void): unknown;
}

const COLLECT = 'proving-ground:collect';

/**
 * For an engine: from now on it answers whoever collects.
 *
 * @param produce gives what was measured since its last call, and forgets it.
 */
export function answerCollect(events: LiveEvents, produce: () => Collected): void {
  events.on(COLLECT, (sink) => sink(produce()));
}

/** Asks everything in this worker that measures; nobody answers on engines that are not ours. */
export function collectMeasured(events: LiveEvents): Collected[] {
  const answers: Collected[] = [];
  events.emit(COLLECT, (collected) => answers.push(collected));
  return answers;
}

const END = 'proving-ground:end';

/** For an engine: what it does when the run is over for this worker, whoever is still at work. */
export function answerEnd(events: LiveEvents, stop: () => void): void {
  events.on(END, stop);
}

/** The run is over: nothing more is to be sent, since nobody would record it. */
export function endLoad(events: LiveEvents): void {
  events.emit(END, () => undefined);
}
