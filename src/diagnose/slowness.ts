import { quantileOfSorted } from '../stats/index.ts';
import type { RequestColumns } from './evidence.ts';
import { type Timeline, totalOf } from './timeline.ts';

/** How an endpoint fares in the quiet parts of a run and in the busy ones. Milliseconds. */
export interface EndpointSlowness {
  readonly name: string;
  /** Its median when it was least disturbed: the tenth percentile of the medians of parts of the run. */
  readonly quietMs: number;
  /** Its median when it was most disturbed: their ninetieth percentile. */
  readonly loadedMs: number;
}

/** Whether and how a run is slow. */
export interface Slowness {
  readonly endpoints: readonly EndpointSlowness[];
  /** By what factor endpoints are slower in the busy parts, each by the number of its requests; 1: not at all. */
  readonly inflation: number;
  /** Of all requests, 0–1. */
  readonly failedShare: number;
  readonly isSlow: boolean;
}

const PARTS = 12;

/** Answers in a part below which its median says little. */
const FEWEST_ANSWERS = 8;

/** Twice as long: at a utilisation of one half, a queue with random arrivals does that to everybody without anything being wrong. */
const MIN_INFLATION = 2.5;

const MIN_FAILED_SHARE = 0.01;

/**
 * How slow a run is by itself: no other run is needed. Times are compared with those of the same endpoint in other parts of the run.
 *
 * @param brokenRules what the owner of the test calls slow, and was.
 */
export function slownessOf(requests: RequestColumns, timeline: Timeline, brokenRules: readonly string[]): Slowness {
  const endpoints = mediansByPart(requests, timeline).flatMap((medians, index) => {
    const sorted = medians.toSorted((a, b) => a - b);
    const name = requests.names[index] ?? '';
    if (sorted.length < 2) return [];
    return [{ name, quietMs: quantileOfSorted(sorted, 0.1), loadedMs: quantileOfSorted(sorted, 0.9) }];
  });
  const inflation = inflationOf(endpoints, timeline);
  const failedShare = totalOf(timeline.failed) / Math.max(1, totalOf(timeline.due));
  const isSlow = inflation >= MIN_INFLATION || failedShare >= MIN_FAILED_SHARE || brokenRules.length > 0;
  return { endpoints, inflation, failedShare, isSlow };
}

function inflationOf(endpoints: readonly EndpointSlowness[], timeline: Timeline): number {
  let [quiet, loaded] = [0, 0];
  for (const { name, quietMs, loadedMs } of endpoints) {
    const count = timeline.endpoints.find((each) => each.name === name)?.count ?? 0;
    quiet += count * quietMs;
    loaded += count * loadedMs;
  }
  return quiet > 0 ? loaded / quiet : 1;
}

/** Per endpoint, the medians of the parts of the run in which it had enough answers. */
function mediansByPart(requests: RequestColumns, { steps, stepMs }: Timeline): number[][] {
  const partMs = (steps * stepMs) / PARTS;
  const parts = requests.names.map(() => Array.from({ length: PARTS }, (): number[] => []));
  for (let row = 0; row < requests.count; row += 1) {
    if ((requests.status[row] ?? 0) === 0) continue;
    const part = Math.min(PARTS - 1, Math.max(0, Math.floor((requests.dueMs[row] ?? 0) / partMs)));
    parts[requests.endpoint[row] ?? -1]?.[part]?.push(requests.responseMs[row] ?? 0);
  }
  return parts.map((own) =>
    own.flatMap((values) => {
      return values.length < FEWEST_ANSWERS
        ? []
        : [
            quantileOfSorted(
              values.sort((a, b) => a - b),
              0.5,
            ),
          ];
    }),
  );
}

/** Time beyond what the same requests take when they are not disturbed, milliseconds per step. */
export function excessMs({ endpoints }: Slowness, timeline: Timeline): Float64Array {
  const excess = Float64Array.from(timeline.busyMs);
  for (const { name, quietMs } of endpoints) {
    const ended = timeline.endpoints.find((each) => each.name === name)?.ended;
    for (let step = 0; step < excess.length; step += 1) {
      excess[step] = (excess[step] ?? 0) - quietMs * (ended?.[step] ?? 0);
    }
  }
  return excess.map((value) => Math.max(0, value));
}
