import type { RuleResult } from '../../record/index.ts';
import { relevantTo } from './metric-facts.ts';
import { printSentence, type Sentence, type SentenceOperator } from './sentence.ts';
import { addSpans, EMPTY_SPAN, type Span, valueOfSentence } from './sentence-value.ts';

/** A second of a run, or another short span, with its place in the run. */
export interface Observation extends Span {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds from the start of the run to the start of this span. */
  readonly elapsedMs: number;
  /** The phase it lies in; undefined before the first. */
  readonly phase: { readonly name: string; readonly elapsedMs: number } | undefined;
}

/** Follows one sentence through a run. */
export interface Tracker {
  readonly sentence: Sentence;
  /** To be called with each span once, in the order of time. */
  observe(observation: Observation): void;
  /** When the condition of a `stop` sentence was met for the first time; undefined: not so far. */
  stoppedAt(): number | undefined;
  /** What the sentence says about everything observed so far. */
  result(): RuleResult;
}

/**
 * A sentence without `for` is about its whole scope at once. With `for 10 s` it is about every window of that length: a gate
 * must hold in each of them, a stop fires in the first in which its condition is met. Windows slide from observation to
 * observation and never reach across the edge of the scope.
 */
export function createTracker(sentence: Sentence, position?: string): Tracker {
  return sentence.forMs === undefined
    ? trackWhole(sentence, position)
    : trackWindows(sentence, sentence.forMs, position);
}

function trackWhole(sentence: Sentence, position: string | undefined): Tracker {
  let scope = EMPTY_SPAN;
  return {
    sentence,
    observe: (observation) => {
      if (isInScope(sentence, observation)) scope = addSpans(scope, narrowed(sentence, observation));
    },
    stoppedAt: () => undefined,
    result: () => resultOf(sentence, valueOfSentence(sentence, scope), position),
  };
}

function trackWindows(sentence: Sentence, forMs: number, position: string | undefined): Tracker {
  let recent: Observation[] = [];
  let worst: number | undefined;
  let stoppedAt: number | undefined;

  return {
    sentence,
    observe: (observation) => {
      if (!isInScope(sentence, observation)) {
        recent = [];
        return;
      }
      recent.push(narrowed(sentence, observation));
      const window = lastWindow(recent, forMs);
      if (window === undefined) return;
      recent = window;
      const value = valueOfSentence(sentence, window.reduce<Span>(addSpans, EMPTY_SPAN));
      if (value === undefined) return;
      worst = worst === undefined ? value : worseOf(sentence, worst, value);
      if (sentence.action === 'stop' && holds(sentence, value)) stoppedAt ??= endOf(observation);
    },
    stoppedAt: () => stoppedAt,
    result: () => resultOf(sentence, worst, position),
  };
}

function narrowed({ subject }: Sentence, observation: Observation): Observation {
  return { ...observation, measured: relevantTo(subject, observation.measured) };
}

function isInScope({ during, afterMs = 0 }: Sentence, { phase, elapsedMs }: Observation): boolean {
  if (during === undefined) return elapsedMs >= afterMs;
  return phase?.name === during && phase.elapsedMs >= afterMs;
}

/** The newest observations that together last at least so long; undefined while there are too few. */
function lastWindow(recent: readonly Observation[], forMs: number): Observation[] | undefined {
  let seconds = 0;
  for (let index = recent.length - 1; index >= 0; index -= 1) {
    seconds += recent[index]?.seconds ?? 0;
    // Half a second of tolerance: spans are cut by timers.
    if (seconds * 1000 >= forMs - 500) return recent.slice(index);
  }
  return undefined;
}

/** For a gate the value that is farthest on the wrong side, for a stop the one nearest to stopping. */
function worseOf({ action, operator }: Sentence, a: number, b: number): number {
  const isUpperBound = operator === '<' || operator === '<=';
  return isUpperBound === (action === 'gate') ? Math.max(a, b) : Math.min(a, b);
}

function resultOf(sentence: Sentence, observed: number | undefined, position: string | undefined): RuleResult {
  const isMet = observed !== undefined && holds(sentence, observed);
  const passes = sentence.action === 'gate' ? isMet : !isMet;
  // A stop that never had anything to look at has not failed anybody.
  const outcome = observed === undefined && sentence.action === 'gate' ? 'no data' : passes ? 'passed' : 'failed';
  const subject = printSentence(sentence).split(` ${sentence.operator} `)[0] ?? '';
  return {
    rule: printSentence(sentence),
    ...(position === undefined ? {} : { position }),
    strict: true,
    outcome,
    terms: [
      {
        subject,
        operator: sentence.operator,
        ...(observed === undefined ? {} : { observed }),
        limit: sentence.limit.value,
        unit: sentence.limit.unit === '% of planned' ? '%' : sentence.limit.unit,
        holds: passes,
      },
    ],
  };
}

const COMPARE: Readonly<Record<SentenceOperator, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function holds({ operator, limit }: Sentence, value: number): boolean {
  return COMPARE[operator](value, limit.value);
}

function endOf({ startedAt, seconds }: Observation): number {
  return startedAt + seconds * 1000;
}
