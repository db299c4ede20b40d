import {
  type Block,
  type GatePolicy,
  type GateStep,
  judgeGate,
  type Pair,
  planPair,
  type Side,
} from '../../gate/regression/index.ts';

/** What happens while pairs are run. */
export type GateEvent =
  | { readonly kind: 'block begins'; readonly pair: number; readonly side: Side; readonly place: 'first' | 'second' }
  | { readonly kind: 'pair is over'; readonly pairs: readonly Pair[]; readonly step: GateStep };

/** A comparison under way. */
export interface PairRun {
  readonly policy: GatePolicy;
  readonly seed: string;
  /** Milliseconds that all pairs together may take. */
  readonly budgetMs: number;
  /** Pairs after which it ends, whatever time is left. */
  readonly mostPairs: number;
  readonly measure: (place: Pick<Block, 'side' | 'pair' | 'place' | 'seed'>) => Promise<Block>;
  readonly onEvent: (event: GateEvent) => void;
  /** Milliseconds, of any origin. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** How it ended. */
export interface PairsRun {
  readonly pairs: readonly Pair[];
  readonly step: GateStep;
}

/**
 * Runs pairs until the gate has an answer, or until another pair would not fit into the time. An interrupted one keeps the pairs that
 * are whole.
 *
 * @throws what `measure` throws, unless the signal is aborted.
 */
export async function runPairs(run: PairRun): Promise<PairsRun> {
  const pairs: Pair[] = [];
  const judge = (isOutOfTime: boolean): GateStep =>
    judgeGate({ pairs, policy: run.policy, seed: run.seed, isOutOfTime });
  const startedAt = run.now();
  for (;;) {
    const pair = await orInterrupted(runPair(run, pairs.length), run.signal);
    if (pair === undefined) return { pairs, step: judge(true) };
    pairs.push(pair);
    const elapsedMs = run.now() - startedAt;
    const isOutOfTime = pairs.length >= run.mostPairs || elapsedMs + elapsedMs / pairs.length > run.budgetMs;
    const step = judge(isOutOfTime);
    run.onEvent({ kind: 'pair is over', pairs, step });
    if (step.kind !== 'continue') return { pairs, step };
  }
}

async function runPair({ seed, measure, onEvent }: PairRun, index: number): Promise<Pair> {
  const plan = planPair(seed, index);
  const blocks: Partial<Record<Side, Block>> = {};
  for (const [turn, side] of plan.order.entries()) {
    const place = turn === 0 ? 'first' : 'second';
    onEvent({ kind: 'block begins', pair: index, side, place });
    blocks[side] = await measure({ side, pair: index, place, seed: plan.seed });
  }
  const { baseline, candidate } = blocks;
  if (baseline === undefined || candidate === undefined) throw new Error('a pair has one block of each side');
  return { baseline, candidate };
}

/** undefined: it was interrupted. */
async function orInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work;
  } catch (thrown) {
    if (signal.aborted) return undefined;
    throw thrown;
  }
}
