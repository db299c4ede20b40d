import type { RequestColumns } from './evidence.ts';

/** The requests of one endpoint, step by step. */
export interface EndpointTimeline {
  readonly name: string;
  readonly count: number;
  /** Requests that were due. */
  readonly due: Float64Array;
  /** Answers whose last byte arrived, and requests that failed. */
  readonly ended: Float64Array;
  /** Time that requests spent in the system, milliseconds: divided by the step, how many were in it at once. */
  readonly busyMs: Float64Array;
  /** Requests, each spread evenly over the time that it was in the system: where its work was done, as far as one can tell. */
  readonly worked: Float64Array;
  /** Time in which answers came in, from their first byte to their last, milliseconds. */
  readonly transferMs: Float64Array;
  /** Requests that were turned away (429), by when they were due. */
  readonly refused: Float64Array;
  /** In ascending order; answers only. */
  readonly sortedMs: Float64Array;
  /** Mean of the answers. */
  readonly meanBytes: number;
}

/** All requests, step by step. */
export interface Timeline {
  readonly steps: number;
  readonly stepMs: number;
  readonly endpoints: readonly EndpointTimeline[];
  /** Sums over all endpoints. */
  readonly due: Float64Array;
  readonly ended: Float64Array;
  readonly busyMs: Float64Array;
  /** Requests that were turned away (429), and those that failed (no answer, 5xx), by when they were due. */
  readonly refused: Float64Array;
  readonly failed: Float64Array;
}

const TOO_MANY_REQUESTS = 429;

/**
 * Puts requests into steps of a length. A request counts in all steps through which it was on its way.
 *
 * @param steps undefined: until the last request has ended.
 */
export function timelineOf(requests: RequestColumns, stepMs: number, steps = stepsOf(requests, stepMs)): Timeline {
  const zeros = (): Float64Array => new Float64Array(steps);
  const endpoints = requests.names.map((name) => ({
    ...{ name, due: zeros(), ended: zeros(), busyMs: zeros(), worked: zeros() },
    ...{ transferMs: zeros(), refused: zeros() },
  }));
  const answers: { readonly ms: number[]; bytes: number }[] = requests.names.map(() => ({ ms: [], bytes: 0 }));
  const failed = zeros();
  for (let row = 0; row < requests.count; row += 1) {
    const endpoint = endpoints[requests.endpoint[row] ?? -1];
    const answer = answers[requests.endpoint[row] ?? -1];
    if (endpoint === undefined || answer === undefined) continue;
    const [dueMs, responseMs] = [requests.dueMs[row] ?? 0, requests.responseMs[row] ?? 0];
    const status = requests.status[row] ?? 0;
    const step = stepAt(dueMs, stepMs, steps);
    add(endpoint.due, step, 1);
    add(endpoint.ended, stepAt(dueMs + responseMs, stepMs, steps), 1);
    spread(endpoint.busyMs, dueMs, responseMs, stepMs);
    spread(endpoint.worked, dueMs, responseMs, stepMs, 1 / responseMs);
    const transferMs = requests.transferMs[row] ?? 0;
    spread(endpoint.transferMs, dueMs + responseMs - transferMs, transferMs, stepMs);
    if (status === TOO_MANY_REQUESTS) add(endpoint.refused, step, 1);
    if (status === 0 || status >= 500) add(failed, step, 1);
    if (status === 0) continue;
    answer.ms.push(responseMs);
    answer.bytes += requests.bytes[row] ?? 0;
  }
  const finished = endpoints.map((endpoint, index): EndpointTimeline => {
    const { ms, bytes } = answers[index] ?? { ms: [], bytes: 0 };
    const count = endpoint.due.reduce((sum, each) => sum + each, 0);
    return { ...endpoint, count, sortedMs: Float64Array.from(ms).sort(), meanBytes: bytes / Math.max(1, ms.length) };
  });
  const total = (column: 'due' | 'ended' | 'busyMs' | 'refused'): Float64Array =>
    sumOf(
      finished.map((each) => each[column]),
      steps,
    );
  const sums = { due: total('due'), ended: total('ended'), busyMs: total('busyMs'), refused: total('refused') };
  return { steps, stepMs, endpoints: finished.filter(({ count }) => count > 0), ...sums, failed };
}

/**
 * The same run with the requests alone that took some time: one that was answered sooner than a statement takes cannot have waited for it.
 *
 * @param leastMs response time of a request that counts.
 */
export function ofLongRequests(
  { names, ...requests }: RequestColumns,
  { steps, stepMs }: Timeline,
  leastMs: number,
): Timeline {
  const rows = Array.from({ length: requests.count }, (_, row) => row).filter((row) => {
    return (requests.responseMs[row] ?? 0) >= leastMs;
  });
  const of = (column: ArrayLike<number>): number[] => rows.map((row) => column[row] ?? 0);
  const { endpoint, dueMs, responseMs, transferMs, status, bytes } = requests;
  return timelineOf(
    {
      ...{ count: rows.length, names, endpoint: of(endpoint), dueMs: of(dueMs), responseMs: of(responseMs) },
      ...{ transferMs: of(transferMs), status: of(status), bytes: of(bytes) },
    },
    stepMs,
    steps,
  );
}

/** How long requests took, by the step in which they were due: milliseconds. Whoever comes in a bad moment may wait long after it. */
export function takenMs({ count, dueMs, responseMs }: RequestColumns, { steps, stepMs }: Timeline): Float64Array {
  const taken = new Float64Array(steps);
  for (let row = 0; row < count; row += 1) add(taken, stepAt(dueMs[row] ?? 0, stepMs, steps), responseMs[row] ?? 0);
  return taken;
}

function stepsOf({ count, dueMs, responseMs }: RequestColumns, stepMs: number): number {
  let endMs = 0;
  for (let row = 0; row < count; row += 1) endMs = Math.max(endMs, (dueMs[row] ?? 0) + (responseMs[row] ?? 0));
  return Math.max(1, Math.floor(endMs / stepMs) + 1);
}

function stepAt(ms: number, stepMs: number, steps: number): number {
  return Math.min(steps - 1, Math.max(0, Math.floor(ms / stepMs)));
}

function add(values: Float64Array, step: number, value: number): void {
  values[step] = (values[step] ?? 0) + value;
}

/** Gives each step its part of a span, times a weight. */
function spread(values: Float64Array, fromMs: number, lengthMs: number, stepMs: number, weight = 1): void {
  const toMs = fromMs + lengthMs;
  const last = stepAt(toMs, stepMs, values.length);
  for (let step = stepAt(fromMs, stepMs, values.length); step <= last; step += 1) {
    const part = Math.min(toMs, (step + 1) * stepMs) - Math.max(fromMs, step * stepMs);
    if (part > 0) add(values, step, part * weight);
  }
}

/** Series of the same steps, added up. */
export function sumOf(series: readonly ArrayLike<number>[], steps: number): Float64Array {
  const sum = new Float64Array(steps);
  for (const values of series) for (let step = 0; step < steps; step += 1) add(sum, step, values[step] ?? 0);
  return sum;
}

/** The sum of all values. */
export function totalOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? 0;
  return sum;
}
