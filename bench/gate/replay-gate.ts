import { type GatePolicy, judgeGate, keepHealthy, type Pair } from 'proving-ground/gate/regression/index.ts';
import type { Random } from 'proving-ground/stats/random.ts';
import type { GateEnd } from '../gate-simulation/run-gate.ts';

/**
 * What the gate would have answered, had it met these pairs in this order. It is asked where it may decide: at its looks, and when no pair is left.
 *
 * @param pairs at least one.
 */
export function replayGate(pairs: readonly Pair[], policy: GatePolicy, seed: string): GateEnd {
  const most = Math.ceil((policy.looks.at(-1) ?? 0) / (1 - policy.maxDroppedShare));
  for (let count = 1; ; count += 1) {
    const met = pairs.slice(0, count);
    const isOutOfTime = count === pairs.length;
    const kept = keepHealthy(met, policy).kept.length;
    if (!isOutOfTime && !policy.looks.includes(kept) && count < most) continue;
    const step = judgeGate({ pairs: met, policy, seed, isOutOfTime });
    if (step.kind !== 'continue' || isOutOfTime) return { step, pairs: count };
  }
}

/**
 * The items in another order, each as likely (Fisher and Yates). Drawing without putting back: a pair that counts twice would look like
 * two that agree.
 */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    const [a, b] = [order[last] as T, order[other] as T];
    order[last] = b;
    order[other] = a;
  }
  return order;
}

/** The same pairs, numbered as they come: the gate names spoiled blocks by the number of their pair. */
export function renumbered(pairs: readonly Pair[]): Pair[] {
  return pairs.map(({ baseline, candidate }, pair) => ({
    baseline: { ...baseline, pair },
    candidate: { ...candidate, pair },
  }));
}
