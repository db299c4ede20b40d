import { quantileOfSorted } from '../measure/spread.ts';
import type { KnownOutcome } from './run-test.ts';

/** Quantiles that are compared. */
export const QUANTILES = [0.5, 0.95, 0.99, 0.999] as const;

/** What has samples, with the difference of its clock. */
type Sampled = Pick<KnownOutcome, 'samples' | 'epochToHrtimeMs'>;

/** What a run of constant arrivals should have been told, and how that was found. */
export interface Truth {
  /** Response times in milliseconds by the number of the request: from the planned arrival to the last byte that was sent. */
  readonly responseMs: Float64Array;
  /** When arrival 0 was planned, on the clock of `process.hrtime`, in milliseconds. */
  readonly startMs: number;
}

/**
 * Response times of the open model, computed from the plan and the server's own record, with nothing that the generator
 * measured: arrival `n` was due at `startMs + n · periodMs`, and its answer was complete when the server had sent it.
 *
 * @param startMs undefined: such that the promptest request was sent when it was due, which is in favour of the generator.
 */
export function truthOf(
  { records }: Pick<KnownOutcome, 'records'>,
  periodMs: number,
  startMs: number | undefined,
): Truth {
  const { numbers, receivedMs, answeredMs } = records;
  const lead = numbers.map((number, index) => (receivedMs[index] ?? Number.NaN) - number * periodMs);
  const start = startMs ?? Math.min(...lead);
  const responseMs = new Float64Array(numbers.length).fill(Number.NaN);
  numbers.forEach((number, index) => {
    responseMs[number] = (answeredMs[index] ?? Number.NaN) - (start + number * periodMs);
  });
  return { responseMs, startMs: start };
}

/**
 * When the plan began, as the samples say: by the due time that is earliest against the plan. Work that a hook does before a
 * request may move its due time back, never forward.
 */
export function startBySamples({ samples, epochToHrtimeMs }: Sampled, periodMs: number): number | undefined {
  if (samples === undefined) return undefined;
  return samples.due.reduce(
    (least, due, number) => Math.min(least, due + epochToHrtimeMs - number * periodMs),
    Infinity,
  );
}

/** One quantile: the truth and what was reported, in milliseconds. */
export interface Compared {
  readonly quantile: number;
  readonly truthMs: number;
  readonly reportedMs: number;
  /** Reported less truth, in milliseconds, and as a share of the truth. */
  readonly errorMs: number;
  readonly errorRatio: number;
  /** The error is at most 2 % or 0.1 ms. */
  readonly isExact: boolean;
}

const LARGEST_RATIO = 0.02;
const LARGEST_MS = 0.1;

/** Compares quantiles. @param reportedMs by `QUANTILES`. @throws RangeError when an answer is missing in the truth. */
export function compareQuantiles(truth: Truth, reportedMs: readonly number[]): Compared[] {
  const sorted = truth.responseMs.toSorted();
  if (sorted.some(Number.isNaN)) throw new RangeError('the server did not answer every request');
  return QUANTILES.map((quantile, index) => {
    const truthMs = quantileOfSorted(sorted, quantile);
    const reported = reportedMs[index] ?? Number.NaN;
    const errorMs = reported - truthMs;
    const errorRatio = errorMs / truthMs;
    const isExact = Math.abs(errorMs) <= LARGEST_MS || Math.abs(errorRatio) <= LARGEST_RATIO;
    return { quantile, truthMs, reportedMs: reported, errorMs, errorRatio, isExact };
  });
}

/** How far single requests are off, in milliseconds. */
export interface SingleErrors {
  readonly medianMs: number;
  /** 99 % of the requests are off by at most this. */
  readonly p99Ms: number;
  /** By how much the due times of the samples leave the plan, at most. */
  readonly planMs: number;
}

/** Request by request: the sample of arrival `n` is the `n`-th in the order of due. */
export function singleErrors(outcome: Sampled, truth: Truth, periodMs: number): SingleErrors | undefined {
  const { samples, epochToHrtimeMs } = outcome;
  if (samples === undefined) return undefined;
  const errors = truth.responseMs
    .map((truthMs, number) => Math.abs((samples.lastByte[number] ?? Number.NaN) / 1000 - truthMs))
    .toSorted();
  const planErrors = samples.due.map((due, number) =>
    Math.abs(due + epochToHrtimeMs - (truth.startMs + number * periodMs)),
  );
  return {
    medianMs: quantileOfSorted(errors, 0.5),
    p99Ms: quantileOfSorted(errors, 0.99),
    planMs: planErrors.reduce((most, each) => Math.max(most, each), 0),
  };
}

/** Quantiles of the response times in the samples, in milliseconds, by `QUANTILES`. @throws RangeError without samples. */
export function reportedBySamples({ samples }: Sampled): number[] {
  const sorted = Float64Array.from(samples?.lastByte ?? []).toSorted();
  return QUANTILES.map((quantile) => quantileOfSorted(sorted, quantile) / 1000);
}

/** Quantiles as Artillery reports them, in milliseconds, by `QUANTILES`. */
export function reportedByArtillery({ summary }: KnownOutcome): number[] {
  return [summary.p50, summary.p95, summary.p99, summary.p999];
}
