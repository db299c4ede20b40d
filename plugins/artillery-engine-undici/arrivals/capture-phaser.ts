/** What drives a run in Artillery 2.0.34 (lib/core/phases.ts): the runner listens to it and then calls `run` once. */
export interface Phaser {
  run(): void;
  emit(event: 'phaseStarted' | 'phaseCompleted' | 'done', phase?: object): unknown;
}

/** Artillery's handler of an arrival: starts a user, or counts one as skipped if `maxVusers` are at work. */
export type ArrivalHandler = (phase: { readonly maxVusers: number }) => void;

type Listen = (this: Phaser, event: string, listener: ArrivalHandler, ...rest: unknown[]) => unknown;

/**
 * Tells when Artillery's runner has made its phaser, before it runs. The runner keeps it to itself, but it is an emitter of
 * the same class as the runner's own, and the first one that is asked for arrivals.
 *
 * @param runnerEvents the runner's emitter, which an engine's constructor is given.
 */
export function capturePhaser(
  runnerEvents: object,
  captured: (phaser: Phaser, onArrival: ArrivalHandler) => void,
): void {
  const prototype = Object.getPrototypeOf(runnerEvents) as { on: Listen };
  const { on } = prototype;
  prototype.on = function onAndTell(event, listener, ...rest) {
    const result = on.call(this, event, listener, ...rest);
    if (event === 'arrival' && typeof this.run === 'function') {
      prototype.on = on;
      captured(this, listener);
    }
    return result;
  };
}
