import type { Target } from './block.ts';
import type { MetricName } from './policy.ts';

/** What is needed to say a change in words. */
interface Changed {
  readonly target: Target;
  readonly metric: MetricName;
  readonly margin: number;
  readonly worse: 'more' | 'less';
}

/** An end of an interval; null and infinite ends are open. */
type End = number | null;

/** `p95 of Search`, `error rate of all requests`. */
export function subjectText({ target, metric }: Pick<Changed, 'target' | 'metric'>): string {
  return `${metric} of ${target.kind === 'all requests' ? 'all requests' : target.name}`;
}

/**
 * A change with its sign and unit: per cent, or percentage points for error rates.
 *
 * @example changeText({ metric: 'p95' }, 0.123) // '+12.3 %'
 */
export function changeText({ metric }: Pick<Changed, 'metric'>, change: End): string {
  if (change === null || !Number.isFinite(change)) return '?';
  const value = change * 100;
  const text = Math.abs(value).toFixed(Math.abs(value) >= 100 ? 0 : metric === 'error rate' ? 2 : 1);
  const sign = Number(text) === 0 ? '' : value < 0 ? '−' : '+';
  return metric === 'error rate' ? `${sign}${text} pp` : `${sign}${text} %`;
}

/** `+8.1 % to +14.2 %`; an open end is `?`. */
export function intervalText(
  row: Pick<Changed, 'metric'> & { readonly interval: { readonly low: End; readonly high: End } },
): string {
  return `${changeText(row, row.interval.low)} to ${changeText(row, row.interval.high)}`;
}

/** With the direction that is worse: `+10 %`, `−5 %` for throughput, `+0.5 pp` for error rates. */
export function marginText({ metric, margin, worse }: Pick<Changed, 'metric' | 'margin' | 'worse'>): string {
  const sign = worse === 'more' ? '+' : '−';
  const number = Number((margin * 100).toFixed(2));
  return `${sign}${number} ${metric === 'error rate' ? 'pp' : '%'}`;
}
