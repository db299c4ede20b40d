import { NONE, outcomesOf, type Samples } from '../../record/samples/index.ts';
import { upperQuantileBound, wilsonInterval } from '../../stats/index.ts';
import type { Clause } from './objective.ts';

/** The columns of samples that a trial is judged by. */
export const TRIAL_COLUMNS = ['due', 'queued', 'lastByte', 'status', 'error', 'phase', 'endpoint'] as const;

export type TrialSamples = Samples<(typeof TRIAL_COLUMNS)[number]>;

/** A stretch of time, milliseconds since the epoch; `to` is not part of it. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What one clause observed, in its own unit. */
export interface ClauseValue {
  /** undefined: no requests. */
  readonly observed: number | undefined;
  /** The upper end of its interval of 95 %, one-sided; undefined: too few requests. */
  readonly upper: number | undefined;
  /** The same without the lateness of the generator. */
  readonly serviceUpper: number | undefined;
}

/** One-sided. */
const CONFIDENCE = 0.95;
/** The quantile of the normal distribution that belongs to it. */
const Z = 1.6448536269514722;

/** The rows of the requests that were due in a stretch of time. */
export function rowsDueIn({ count, due }: Pick<TrialSamples, 'count' | 'due'>, { from, to }: TimeSpan): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row += 1) {
    const at = due[row] ?? 0;
    if (at >= from && at < to) rows.push(row);
  }
  return rows;
}

/**
 * When a phase was, by the requests that were due in it: the main process announces phases up to a second before or after the workers begin them.
 *
 * @param seconds that it is planned to last.
 * @returns undefined: nothing was due in it.
 */
export function spanOfLabel(
  { count, due, phase, names }: TrialSamples,
  name: string,
  seconds: number,
): TimeSpan | undefined {
  const id = names.phase.indexOf(name);
  let from = Infinity;
  for (let row = 0; id >= 0 && row < count; row += 1) {
    if (phase[row] === id) from = Math.min(from, due[row] ?? Infinity);
  }
  return from === Infinity ? undefined : { from, to: from + seconds * 1_000 };
}

/** When a request was done, milliseconds since the epoch. */
export function doneAt({ due, lastByte }: Pick<TrialSamples, 'due' | 'lastByte'>, row: number): number {
  return (due[row] ?? 0) + (lastByte[row] ?? 0) / 1_000;
}

/** What some requests say about a clause. Those of other endpoints are left out. */
export function clauseValue(samples: TrialSamples, rows: readonly number[], clause: Clause): ClauseValue {
  const own = rowsOfEndpoint(samples, rows, clause.endpoint);
  if (clause.quantity.kind === 'error rate') return errorRate(samples, own);
  const { isTimed } = outcomesOf(samples);
  const timed = own.filter(isTimed);
  const response = sorted(timed.map((row) => (samples.lastByte[row] ?? 0) / 1_000));
  const service = sorted(timed.map((row) => serviceMs(samples, row)));
  return {
    observed: figureOf(response, clause),
    upper: upperOf(response, clause),
    serviceUpper: upperOf(service, clause),
  };
}

/** Those of one endpoint; undefined: all. */
export function rowsOfEndpoint(
  { endpoint, names }: Pick<TrialSamples, 'endpoint' | 'names'>,
  rows: readonly number[],
  name: string | undefined,
): readonly number[] {
  if (name === undefined) return rows;
  const id = names.endpoint.indexOf(name);
  return rows.filter((row) => endpoint[row] === id);
}

/** From when work on the request began; with nothing known of that, the whole of it. */
function serviceMs({ lastByte, queued }: TrialSamples, row: number): number {
  const waited = queued[row] ?? NONE;
  return ((lastByte[row] ?? 0) - (waited === NONE ? 0 : waited)) / 1_000;
}

function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

function errorRate(samples: TrialSamples, rows: readonly number[]): ClauseValue {
  const { isFailed } = outcomesOf(samples);
  const interval = wilsonInterval(rows.filter(isFailed).length, rows.length);
  if (interval === undefined) return { observed: undefined, upper: undefined, serviceUpper: undefined };
  const upper = interval.high * 100;
  return { observed: interval.share * 100, upper, serviceUpper: upper };
}

function figureOf(values: Float64Array, { quantity }: Clause): number | undefined {
  if (values.length === 0) return undefined;
  if (quantity.kind === 'max') return values.at(-1);
  if (quantity.kind === 'mean') return meanOf(values);
  const q = quantity.kind === 'quantile' ? quantity.q : 0.5;
  return values[Math.min(values.length - 1, Math.floor(q * values.length))];
}

function upperOf(values: Float64Array, { quantity }: Clause): number | undefined {
  if (quantity.kind === 'quantile') return upperQuantileBound(values, quantity.q, CONFIDENCE);
  if (quantity.kind === 'max') return values.at(-1);
  if (values.length < 2) return undefined;
  const mean = meanOf(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return mean + Z * Math.sqrt(variance / values.length);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
