import {
  type GatePolicy,
  type GateStep,
  judgeGate,
  type Pair,
  type PlannedPair,
  planPair,
} from '../../gate/regression/index.ts';

/** What happens while pairs are run. */
export type GateEvent =
  | { readonly kind: 'pair begins'; readonly plan: PlannedPair }
  | { readonly kind: 'pair is over'; readonly pairs: readonly Pair[]; readonly step: GateStep };

/** A comparison under way. */
export interface PairRun {
  readonly policy: GatePolicy;
  readonly seed: string;
  /** Milliseconds that all pairs together may take. */
  readonly budgetMs: number;
  /** Pairs after which it ends, whatever time is left. */
  readonly mostPairs: number;
  readonly measure: (plan: PlannedPair) => Promise<Pair>;
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
    const plan = planPair(run.seed, pairs.length);
    run.onEvent({ kind: 'pair begins', plan });
    const pair = await orInterrupted(run.measure(plan), run.signal);
    if (pair === undefined) return { pairs, step: judge(true) };
    pairs.push(pair);
    const elapsedMs = run.now() - startedAt;
    const isOutOfTime = pairs.length >= run.mostPairs || elapsedMs + elapsedMs / pairs.length > run.budgetMs;
    const step = judge(isOutOfTime);
    run.onEvent({ kind: 'pair is over', pairs, step });
    if (step.kind !== 'continue') return { pairs, step };
  }
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
