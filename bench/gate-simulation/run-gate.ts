import { type GatePolicy, type GateStep, judgeGate } from 'proving-ground/gate/regression/index.ts';
import type { SimulatedPair } from './system.ts';

/** Pairs of one simulation, drawn once and seen by every policy. */
export interface PairSource {
  /** The first `count` pairs, spoiled ones too. */
  first(count: number): readonly SimulatedPair[];
}

/** Keeps what a generator gave. */
export function keepPairs(pairs: Generator<SimulatedPair>): PairSource {
  const known: SimulatedPair[] = [];
  return {
    first: (count) => {
      while (known.length < count) {
        const next = pairs.next();
        if (next.done === true) break;
        known.push(next.value);
      }
      return known.slice(0, count);
    },
  };
}

/** The end of a gate. */
export interface GateEnd {
  readonly step: GateStep;
  /** Pairs that were run, spoiled ones too. */
  readonly pairs: number;
}

/** Runs pairs until the gate has an answer. Between looks it is only asked for the number of healthy pairs it still wants. */
export function runGate(source: PairSource, policy: GatePolicy, seed: string): GateEnd {
  let count = policy.looks[0] ?? 1;
  for (;;) {
    const pairs = source.first(count).map(({ pair }) => pair);
    const step = judgeGate({ pairs, policy, seed, isOutOfTime: false });
    if (step.kind !== 'continue') return { step, pairs: count };
    count += healthyAfter(source, policy, count, step.pairsWanted);
  }
}

/** How many more pairs bring that many healthy ones; never so many that the gate would have given up before. */
function healthyAfter(source: PairSource, policy: GatePolicy, from: number, wanted: number): number {
  const most = Math.ceil((policy.looks.at(-1) ?? 0) / (1 - policy.maxDroppedShare)) - from;
  let [healthy, count] = [0, 0];
  while (healthy < wanted && count < most) {
    count += 1;
    const next = source.first(from + count).at(-1)?.pair;
    const isHealthy = [next?.baseline, next?.candidate].every(
      (block) => (block?.health.latenessP99Ms ?? Infinity) <= policy.maxLatenessP99Ms,
    );
    if (isHealthy) healthy += 1;
  }
  return Math.max(1, count);
}
