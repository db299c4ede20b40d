import {
  type CapacityEnd,
  type CapacityEstimate,
  type CapacityPolicy,
  type CapacityTrial,
  createCapacitySearch,
  DEFAULT_CAPACITY_POLICY,
  type ProbedRange,
  rateTrials,
} from '../../gate/capacity/index.ts';

/** What happens in the course of a search. */
export type CapacityEvent =
  | { readonly kind: 'probe begins' }
  | { readonly kind: 'probed'; readonly range: ProbedRange }
  | { readonly kind: 'trials begin'; readonly ratesPerSec: readonly number[] }
  | { readonly kind: 'trials are over'; readonly trials: readonly CapacityTrial[]; readonly estimate: CapacityEstimate }
  | { readonly kind: 'confirmation begins'; readonly belowPerSec: number; readonly abovePerSec: number }
  | { readonly kind: 'confirmation is over'; readonly trials: readonly CapacityTrial[] };

/** Two longer holds and how the system came back after the second of them. */
export interface Confirmation {
  readonly trials: readonly CapacityTrial[];
  readonly recovery: Recovery | undefined;
}

/** After how long a system was well again, at a calm rate; `afterSec` undefined: not within the time. */
export interface Recovery {
  readonly ratePerSec: number;
  readonly afterSec: number | undefined;
  readonly watchedSec: number;
}

/** Everything that a search needs of the world. Rates are new users per second. */
export interface CapacityRun {
  readonly seed: string;
  /** Milliseconds from now on that all of it may take. */
  readonly budgetMs: number;
  /** The highest rate that may ever be offered. */
  readonly mostPerSec: number;
  /** The lowest one that is worth a look; 0: any. */
  readonly leastPerSec: number;
  /** Looks where to look. @param startPerSec its first rate; undefined: a harmless one. */
  readonly probe: (startPerSec?: number) => Promise<ProbedRange>;
  /** Holds some rates, one after the other. @param first number of the first of them. */
  readonly measure: (ratesPerSec: readonly number[], first: number) => Promise<CapacityTrial[]>;
  readonly confirm: (belowPerSec: number, abovePerSec: number, first: number) => Promise<Confirmation>;
  /** How long so many trials, or a confirmation, are going to take, as far as known. */
  readonly batchMs: (trials: number) => number;
  readonly confirmMs: () => number;
  readonly onEvent: (event: CapacityEvent) => void;
  /** Milliseconds, of any origin. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** What ended it, once the signal is aborted. */
  readonly interruptedBy: () => 'SIGINT' | 'SIGTERM' | undefined;
}

/** How a search ended, with all that was measured. */
export interface CapacityFound {
  readonly end: CapacityEnd;
  readonly trials: readonly CapacityTrial[];
  readonly range: ProbedRange | undefined;
  readonly confirmation:
    | { readonly belowPerSec: number; readonly abovePerSec: number; readonly isConfirmed: boolean }
    | undefined;
  readonly recovery: Recovery | undefined;
}

/** An estimate this near to an end of the range lies beyond it. */
const EDGE = 0.95;
/** How far below and above the answer the longer holds are made, at least. */
const CONFIRM_SHARE = 0.05;
/** A side of the confirmation that contradicts is held again, and most of three decide. */
const MOST_CONFIRMATIONS = 3;
/** From so many trials on that count for nothing, when they are also most of all, a search is given up. */
const MOST_VOID = 6;
/** A single trial teaches too little for what starting the generator costs. */
const LEAST_TRIALS = 2;

/**
 * Looks for the highest rate that a system sustains: a probe for the range, batches of trials where the capacity may be, and longer holds below and above the
 * answer, in the time that is given. An interrupted search keeps what was measured.
 *
 * @throws what `probe`, `measure` and `confirm` throw, unless the signal is aborted.
 */
export async function findCapacity(run: CapacityRun): Promise<CapacityFound> {
  const search = new Search(run);
  try {
    return await search.toEnd();
  } catch (thrown) {
    if (!run.signal.aborted) throw thrown;
    return search.interrupted();
  }
}

class Search {
  readonly #run: CapacityRun;
  readonly #deadline: number;
  #trials: CapacityTrial[] = [];
  #range: ProbedRange | undefined;
  #estimate: CapacityEstimate | undefined;
  #confirmation: CapacityFound['confirmation'];
  #recovery: Recovery | undefined;

  constructor(run: CapacityRun) {
    this.#run = run;
    this.#deadline = run.now() + run.budgetMs;
  }

  async toEnd(): Promise<CapacityFound> {
    const first = await this.#probe();
    // Even a harmless rate may meet a system that is cold, or a moment that is spoiled.
    const isCold = first.easyPerSec === undefined;
    const end = await this.#search(isCold ? await this.#probe(this.#lower(first)) : first);
    if (end.kind === 'found') await this.#confirm(end.estimate);
    return this.#found(end);
  }

  interrupted(): CapacityFound {
    const by = this.#run.interruptedBy() ?? 'SIGINT';
    return this.#found({ kind: 'interrupted', by, estimate: this.#estimate });
  }

  #found(end: CapacityEnd): CapacityFound {
    return {
      end,
      trials: this.#trials,
      range: this.#range,
      confirmation: this.#confirmation,
      recovery: this.#recovery,
    };
  }

  async #search(first: ProbedRange): Promise<CapacityEnd> {
    for (let range = first; ; range = await this.#checked(range)) {
      this.#range = range;
      const next = createCapacitySearch(policyOf(range), this.#run.seed);
      const step = next(rateTrials(this.#trials), this.#roomFor() < LEAST_TRIALS);
      if (this.#isHopeless()) return this.#notValid();
      if (step.kind !== 'trials') return step;
      await this.#batch(step.ratesPerSec.slice(0, this.#roomFor()), next);
    }
  }

  /** How many trials fit into the time, with what comes after them. */
  #roomFor(): number {
    const leftMs = this.#deadline - this.#run.now() - this.#run.confirmMs();
    const { batch } = DEFAULT_CAPACITY_POLICY;
    return (
      Array.from({ length: batch }, (_, index) => batch - index).find(
        (trials) => this.#run.batchMs(trials) <= leftMs,
      ) ?? 0
    );
  }

  async #batch(rates: readonly number[], next: ReturnType<typeof createCapacitySearch>): Promise<void> {
    const { onEvent, measure } = this.#run;
    onEvent({ kind: 'trials begin', ratesPerSec: rates });
    const measured = await measure(rates, this.#trials.length + 1);
    const { estimate } = next(rateTrials([...this.#trials, ...measured]));
    const last = measured.at(-1);
    this.#estimate = estimate;
    this.#trials = [...this.#trials, ...measured.map((trial) => (trial === last ? { ...trial, estimate } : trial))];
    onEvent({ kind: 'trials are over', trials: measured, estimate });
  }

  /** A probe is short, and may be wrong about where to look: then it is asked again, from a rate that the trials have made sure of. */
  async #checked(range: ProbedRange): Promise<ProbedRange> {
    const { fromPerSec, toPerSec } = range;
    const { mostPerSec, leastPerSec } = this.#run;
    const at = this.#estimate?.perSec ?? Math.sqrt(fromPerSec * toPerSec);
    const isAbove = at > toPerSec * EDGE && toPerSec < mostPerSec;
    const isBelow = at < fromPerSec / EDGE && fromPerSec > leastPerSec;
    if ((!isAbove && !isBelow) || this.#roomFor() <= LEAST_TRIALS) return range;
    const again = await this.#probe(isAbove ? this.#highestSustained(fromPerSec) : this.#lower(range));
    // What the trials have shown is not forgotten.
    return isAbove ? { ...again, toPerSec: Math.max(again.toPerSec, toPerSec) } : again;
  }

  #lower({ fromPerSec }: ProbedRange): number {
    return Math.max(this.#run.leastPerSec, fromPerSec);
  }

  async #probe(startPerSec?: number): Promise<ProbedRange> {
    const { onEvent, probe } = this.#run;
    onEvent({ kind: 'probe begins' });
    const range = await probe(startPerSec);
    this.#range = range;
    onEvent({ kind: 'probed', range });
    return range;
  }

  #highestSustained(otherwise: number): number {
    const sustained = this.#trials.filter(({ result }) => result === 'sustained');
    return Math.max(otherwise, ...sustained.map(({ ratePerSec }) => ratePerSec));
  }

  #isHopeless(): boolean {
    const voids = this.#trials.filter(({ result }) => result === 'void').length;
    return voids >= MOST_VOID && voids > this.#trials.length / 2;
  }

  #notValid(): CapacityEnd {
    const voids = this.#trials.filter(({ result }) => result === 'void');
    const why = voids.at(-1)?.reasons[0] ?? '';
    return {
      kind: 'not valid',
      why: `${voids.length} of ${this.#trials.length} trials count for nothing; the last one: ${why}`,
      estimate: this.#estimate,
    };
  }

  async #confirm({ perSec, lowPerSec, highPerSec }: CapacityEstimate): Promise<void> {
    const { now, onEvent, confirm, confirmMs } = this.#run;
    const share = Math.max(CONFIRM_SHARE, highPerSec / perSec - 1, 1 - lowPerSec / perSec);
    const [belowPerSec, abovePerSec] = [perSec * (1 - share), perSec * (1 + share)];
    const holds: CapacityTrial[] = [];
    for (let count = 0; count < MOST_CONFIRMATIONS; count += 1) {
      if (now() + confirmMs() > this.#deadline) break;
      onEvent({ kind: 'confirmation begins', belowPerSec, abovePerSec });
      const { trials, recovery } = await confirm(belowPerSec, abovePerSec, this.#trials.length + 1);
      this.#trials = [...this.#trials, ...trials];
      this.#recovery = recovery ?? this.#recovery;
      holds.push(...trials);
      onEvent({ kind: 'confirmation is over', trials });
      this.#confirmation = { belowPerSec, abovePerSec, isConfirmed: isConfirmed(holds) };
      if (this.#confirmation.isConfirmed) return;
    }
  }
}

/** Most of the holds below were sustained, and most of those above were not; those that are void do not count. */
function isConfirmed(holds: readonly CapacityTrial[]): boolean {
  const share = (kind: CapacityTrial['kind'], result: CapacityTrial['result']): number => {
    const own = holds.filter((hold) => hold.kind === kind && hold.result !== 'void');
    return own.length === 0 ? 0 : own.filter((hold) => hold.result === result).length / own.length;
  };
  return share('below', 'sustained') > 0.5 && share('above', 'broken') > 0.5;
}

function policyOf({ fromPerSec, toPerSec, easyPerSec }: ProbedRange): CapacityPolicy {
  return {
    ...DEFAULT_CAPACITY_POLICY,
    fromPerSec,
    toPerSec,
    ...(easyPerSec === undefined ? {} : { easyPerSec }),
  };
}
