import type { TurnPlan } from 'proving-ground/workload/schedule/index.ts';

/** When a generator may begin something: always, or in turns with another one. Times are `performance.now()`, milliseconds. */
export interface Turns {
  /**
   * When so many milliseconds of one's own turns have passed since a time. What lies between two turns does not count; a time in
   * between is as good as the beginning of the next turn.
   */
  after(time: number, ownMs: number): number;
  /** The same, but at the end of a turn that very moment, and not the beginning of the next turn: for what ends there. */
  until(time: number, ownMs: number): number;
}

/** Nobody else has a turn. */
export const ALL_TIME: Turns = { after: (time, ownMs) => time + ownMs, until: (time, ownMs) => time + ownMs };

/** The turns of a worker, who hears of them after its journeys are compiled. Until then, and where nobody else has a turn, all time is its own. */
export class TurnClock implements Turns {
  #turns = ALL_TIME;

  /** From now on only those. */
  keepTo(turns: Turns): void {
    this.#turns = turns;
  }

  after(time: number, ownMs: number): number {
    return this.#turns.after(time, ownMs);
  }

  until(time: number, ownMs: number): number {
    return this.#turns.until(time, ownMs);
  }
}

/**
 * The turns of one generator by their plan.
 *
 * @param startAt when the first turn of either begins, in `performance.now()` milliseconds of this thread.
 */
export function turnsOf({ turnMs, restMs, isSecond }: TurnPlan, startAt: number): Turns {
  const slotMs = turnMs + restMs;
  const firstAt = startAt + (isSecond ? slotMs : 0);

  /** How much of one's own turns was over at a time. */
  function ownAt(time: number): number {
    const turn = Math.max(0, Math.floor((time - firstAt) / (2 * slotMs)));
    return turn * turnMs + Math.min(Math.max(0, time - beginningOf(turn)), turnMs);
  }

  /** The beginning of one's own turn of this number, from 0. */
  function beginningOf(turn: number): number {
    return firstAt + 2 * turn * slotMs;
  }

  function timeOf(own: number, turn: number): number {
    return beginningOf(turn) + own - turn * turnMs;
  }

  return {
    after: (time, ownMs) => {
      const own = ownAt(time) + ownMs;
      return Math.max(time, timeOf(own, Math.floor(own / turnMs)));
    },
    until: (time, ownMs) => {
      const own = ownAt(time) + ownMs;
      return Math.max(time, timeOf(own, Math.max(0, Math.ceil(own / turnMs) - 1)));
    },
  };
}
