import type { MetricSet, ValidityFinding } from '../../record/index.ts';
import { quantileOf, type Sketch } from '../../stats/index.ts';
import { type Evidence, phaseSpans, type Span, secondsIn, wholeRun } from './evidence.ts';
import { firstOverLimit, joined, milliseconds, percent, RELIEF } from './finding-text.ts';
import { describeIntervals, intervalsOf } from './intervals.ts';
import { DEFAULT_MAX_SEND_LAG_MS, lateShareLimit, MIN_ANSWERS, NOTED_DELAY_MS, SEND_LAG_FLOOR_MS } from './limits.ts';

/** How late an engine began with a request, in milliseconds, not counting waits for a socket. */
export const SEND_LAG = 'generator.send_lag';

const RESPONSE_TIME = /^(?:http\.response_time|plugins\.metrics-by-endpoint\.response_time\..+)$/;

/** Whether requests were begun too late too often. Only engines that measure it are judged; none otherwise. */
export function sendLagRule(evidence: Evidence): ValidityFinding[] {
  const limitMs = sendLagLimit(evidence.metrics, evidence.options.maxSendLag);
  const run = judge(wholeRun(evidence), 'run', limitMs);
  if (run === undefined) return [];
  const phases = phaseSpans(evidence).flatMap((span) => judge(span, 'phase', limitMs) ?? []);
  const worst = firstOverLimit(run, phases);
  const { sketch, share, limit, span } = worst ?? run;
  const p99 = quantileOf(sketch, 0.99);
  const outcome = worst !== undefined ? 'not valid' : sketch.max >= NOTED_DELAY_MS ? 'noted' : 'ok';
  const intervals = intervalsOf(secondsIn(evidence, span), ({ sendLagP99Ms = 0, sendLagMaxMs = 0 }) => {
    const isBad = outcome === 'noted' ? sendLagMaxMs >= NOTED_DELAY_MS : sendLagP99Ms > limitMs;
    return isBad ? sendLagMaxMs : undefined;
  });
  return [
    {
      rule: 'send lag',
      outcome,
      observed: p99,
      limit: limitMs,
      unit: 'ms',
      text: joined(
        `${percent(share)} of the requests of ${span.name} were begun more than ${milliseconds(limitMs)} late` +
          ` (at most ${percent(limit)})`,
        describeIntervals(intervals),
        `p99 ${milliseconds(p99)}`,
        `${milliseconds(sketch.max)} at worst`,
      ),
      ...(outcome === 'not valid' ? { advice: RELIEF } : {}),
      intervals,
    },
  ];
}

/** What the test allows; where it says nothing, a tenth of the smallest p50 of an endpoint, from 5 to 10 ms. */
export function sendLagLimit({ histograms }: MetricSet, maxSendLag: number | undefined): number {
  if (maxSendLag !== undefined) return maxSendLag;
  const medians = Object.entries(histograms)
    .filter(([name, { count }]) => RESPONSE_TIME.test(name) && count >= MIN_ANSWERS)
    .map(([, sketch]) => quantileOf(sketch, 0.5));
  return Math.min(DEFAULT_MAX_SEND_LAG_MS, Math.max(SEND_LAG_FLOOR_MS, Math.min(...medians) / 10));
}

interface Judged {
  readonly span: Span;
  readonly sketch: Sketch;
  readonly share: number;
  readonly limit: number;
}

function judge(span: Span, part: 'run' | 'phase', limitMs: number): Judged | undefined {
  const sketch = span.metrics.histograms[SEND_LAG];
  if (sketch === undefined || sketch.count === 0) return undefined;
  return { span, sketch, share: shareAbove(sketch, limitMs), limit: lateShareLimit(span.to - span.from, part) };
}

/** Share of the values of a sketch above a limit, 0–1; exact to one value in a million, and to 1 % of the limit. */
export function shareAbove(sketch: Sketch, limit: number): number {
  if (sketch.max <= limit) return 0;
  if (sketch.min > limit) return 1;
  let [low, high] = [0, 1];
  for (let step = 0; step < 20; step += 1) {
    const middle = (low + high) / 2;
    if (quantileOf(sketch, middle) <= limit) low = middle;
    else high = middle;
  }
  // The value of rank r is the quantile r / (count - 1).
  return (sketch.count - Math.round(high * (sketch.count - 1))) / sketch.count;
}
