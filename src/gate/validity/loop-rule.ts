import type { GeneratorSecond, ValidityFinding } from '../../record/index.ts';
import { type Evidence, phaseSpans, type Span, secondsIn, secondsOfWorker, wholeRun, workersIn } from './evidence.ts';
import { firstOverLimit, joined, milliseconds, percent, RELIEF } from './finding-text.ts';
import { describeIntervals, intervalsOf } from './intervals.ts';
import { DEFAULT_MAX_SEND_LAG_MS, lateShareLimit, NOTED_DELAY_MS } from './limits.ts';

interface Judged {
  readonly span: Span;
  /** Of the worst worker. */
  readonly share: number;
  readonly limit: number;
}

/**
 * Whether the event loop of a worker was too late too often: for requests that were due and for answers that came. Time is
 * what is weighed, so that a busy loop which is in time is no fault, and one hiccup in a long run is none either.
 */
export function loopRule(evidence: Evidence): ValidityFinding[] {
  if (evidence.generator.length === 0) return [];
  const run = judge(evidence, wholeRun(evidence), 'run');
  const phases = phaseSpans(evidence).map((span) => judge(evidence, span, 'phase'));
  const worst = firstOverLimit(run, phases);
  const maxMs = evidence.generator.reduce((max, { delayMaxMs }) => Math.max(max, delayMaxMs), 0);
  const outcome = worst !== undefined ? 'not valid' : maxMs >= NOTED_DELAY_MS ? 'noted' : 'ok';
  const { share, limit, span } = worst ?? run;
  const maxSendLag = evidence.options.maxSendLag ?? DEFAULT_MAX_SEND_LAG_MS;
  const intervals = intervalsOf(secondsIn(evidence, span), (second) => lateBy(second, outcome === 'noted'));
  return [
    {
      rule: 'event loop',
      outcome,
      observed: share,
      limit,
      unit: '',
      text: joined(
        `the event loop was more than ${maxSendLag} ms late for ${percent(share)} of ${span.name}`,
        describeIntervals(intervals),
        maxMs > 0 ? `${milliseconds(maxMs)} at worst` : '',
      ),
      ...(outcome === 'not valid' ? { advice: RELIEF } : {}),
      intervals,
    },
  ];
}

function judge(evidence: Evidence, span: Span, part: 'run' | 'phase'): Judged {
  const shares = workersIn(evidence).map((worker) => lateShareOf(secondsOfWorker(evidence, worker, span)));
  return { span, share: Math.max(0, ...shares), limit: lateShareLimit(span.to - span.from, part) };
}

/** Share of the time of these seconds in which a loop was late, 0–1; 0 for none. */
export function lateShareOf(seconds: readonly GeneratorSecond[]): number {
  const spanMs = seconds.reduce((sum, second) => sum + second.spanMs, 0);
  const lateMs = seconds.reduce((sum, second) => sum + second.lateMs, 0);
  return spanMs > 0 ? lateMs / spanMs : 0;
}

/** A hiccup alone is told by its length; a lasting fault by every second that adds to it. */
function lateBy({ lateMs, delayMaxMs }: GeneratorSecond, isHiccup: boolean): number | undefined {
  return (isHiccup ? delayMaxMs >= NOTED_DELAY_MS : lateMs > 0) ? delayMaxMs : undefined;
}
