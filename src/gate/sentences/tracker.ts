import type { RuleResult } from '../../record/index.ts';
import type { SampleBatch } from '../../record/samples/sample-buffer.ts';
import { holds, worseOf } from './comparison.ts';
import { exactValue, isAboutRequests } from './exact-value.ts';
import { relevantTo } from './metric-facts.ts';
import { tallyRequests } from './request-tally.ts';
import type { RunRequests } from './run-requests.ts';
import { printSentence, type Sentence } from './sentence.ts';
import { addSpans, EMPTY_SPAN, type Source, type Span, sourceOf, valueOfSentence } from './sentence-value.ts';

/** A second of a run, or another short span, with its place in the run. */
export interface Observation extends Omit<Span, 'requests'> {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds from the start of the run to the start of this span. */
  readonly elapsedMs: number;
  /** The phase it lies in; undefined before the first. */
  readonly phase: { readonly name: string; readonly elapsedMs: number } | undefined;
  /** What the workers sent of requests that ended in it; absent: the engine gives no samples. */
  readonly samples?: readonly SampleBatch[];
}

/** Follows one sentence through a run. */
export interface Tracker {
  readonly sentence: Sentence;
  /** To be called with each span once, in the order of time. */
  observe(observation: Observation): void;
  /** When the condition of a `stop` sentence was met for the first time; undefined: not so far. */
  stoppedAt(): number | undefined;
  /**
   * What the sentence says about everything observed so far.
   *
   * @param requests all of the run: a sentence about requests is then evaluated on them, and not on what was observed.
   */
  result(requests?: RunRequests): RuleResult;
}

/**
 * A sentence without `for` is about its whole scope at once. With `for 10 s` it is about every window of that length: a gate
 * must hold in each of them, a stop fires in the first in which its condition is met. Windows slide from observation to
 * observation and never reach across the edge of the scope.
 */
export function createTracker(sentence: Sentence, position?: string): Tracker {
  const course = sentence.forMs === undefined ? followWhole(sentence) : followWindows(sentence, sentence.forMs);
  return {
    sentence,
    observe: (observation) => course.observe(observation),
    stoppedAt: () => course.stoppedAt(),
    result: (requests) => {
      const isExact = requests !== undefined && isAboutRequests(sentence, (name) => requests.isJourney(name));
      const observed = isExact ? exactValue(sentence, requests) : course.observed();
      return resultOf(sentence, observed, isExact ? 'samples' : course.source(), position);
    },
  };
}

/** What was observed of one sentence so far. */
interface Course {
  observe(observation: Observation): void;
  observed(): number | undefined;
  source(): Source;
  stoppedAt(): number | undefined;
}

function followWhole(sentence: Sentence): Course {
  let scope = EMPTY_SPAN;
  return {
    observe: (observation) => {
      if (isInScope(sentence, observation)) scope = addSpans(scope, narrowed(sentence, observation));
    },
    observed: () => valueOfSentence(sentence, scope),
    source: () => sourceOf(sentence, scope),
    stoppedAt: () => undefined,
  };
}

function followWindows(sentence: Sentence, forMs: number): Course {
  let recent: Span[] = [];
  let worst: number | undefined;
  let source: Source = 'metrics';
  let stoppedAt: number | undefined;

  return {
    observe: (observation) => {
      if (!isInScope(sentence, observation)) {
        recent = [];
        return;
      }
      recent.push(narrowed(sentence, observation));
      const window = lastWindow(recent, forMs);
      if (window === undefined) return;
      recent = window;
      const whole = window.reduce<Span>(addSpans, EMPTY_SPAN);
      const value = valueOfSentence(sentence, whole);
      if (value === undefined) return;
      worst = worseOf(sentence, worst, value);
      source = sourceOf(sentence, whole);
      if (sentence.action === 'stop' && holds(sentence, value)) stoppedAt ??= endOf(observation);
    },
    observed: () => worst,
    source: () => source,
    stoppedAt: () => stoppedAt,
  };
}

/** Samples only for a stop: everything else is evaluated at the end, on all of them, and need not be kept until then. */
function narrowed({ subject, action }: Sentence, { measured, seconds, plannedUsers, samples }: Observation): Span {
  const requests = samples === undefined || action !== 'stop' ? {} : { requests: tallyRequests(subject, samples) };
  return { measured: relevantTo(subject, measured), seconds, plannedUsers, ...requests };
}

function isInScope({ during, afterMs = 0 }: Sentence, { phase, elapsedMs }: Observation): boolean {
  if (during === undefined) return elapsedMs >= afterMs;
  return phase?.name === during && phase.elapsedMs >= afterMs;
}

/** The newest observations that together last at least so long; undefined while there are too few. */
function lastWindow(recent: readonly Span[], forMs: number): Span[] | undefined {
  let seconds = 0;
  for (let index = recent.length - 1; index >= 0; index -= 1) {
    seconds += recent[index]?.seconds ?? 0;
    // Half a second of tolerance: spans are cut by timers.
    if (seconds * 1000 >= forMs - 500) return recent.slice(index);
  }
  return undefined;
}

function resultOf(
  sentence: Sentence,
  observed: number | undefined,
  source: Source,
  position: string | undefined,
): RuleResult {
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
        source,
        holds: passes,
      },
    ],
  };
}

function endOf({ startedAt, seconds }: Observation): number {
  return startedAt + seconds * 1000;
}
