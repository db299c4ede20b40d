import type { BlockPhases, PlannedPair, Side } from '../../gate/regression/index.ts';
import type { SharedTime } from '../block/block-process.ts';

/** About: short against what changes on a machine, long against an answer. docs/gate-accuracy.md has the figures. */
const TURN_MS = 1_000;
/** For answers that are under way when a turn ends. */
const REST_MS = 200;
/** From when both could begin to the first turn: what their workers need to hear of it. */
const HEAD_START_MS = 250;

/** How the two blocks of a pair share the time: in turns, which begin with the first of the order. @param now milliseconds since the epoch. */
export function turnsOfPair(
  { durationSec, warmUpSec }: BlockPhases,
  order: PlannedPair['order'],
  now: () => number,
): Readonly<Record<Side, SharedTime>> {
  const ownMs = (durationSec + warmUpSec) * 1_000;
  const turns = Math.ceil(ownMs / TURN_MS);
  const turnMs = ownMs / turns;
  const { promise, resolve } = Promise.withResolvers<number>();
  let able = 0;
  const together = (): Promise<number> => {
    able += 1;
    if (able === order.length) resolve(now() + HEAD_START_MS);
    return promise;
  };
  const sharedBy = (side: Side): SharedTime => ({
    plan: { turnMs, restMs: REST_MS, isSecond: side === order[1] },
    lengthMs: 2 * turns * (turnMs + REST_MS),
    together,
  });
  return { baseline: sharedBy('baseline'), candidate: sharedBy('candidate') };
}
