import type { Observation } from '../../gate/index.ts';
import { tallyRequests } from '../../gate/sentences/request-tally.ts';
import { mergeSketches, quantileOf, quantileOfSorted, type Sketch } from '../../stats/index.ts';
import type { LiveTimes } from './live-view.ts';

/** What is kept of a second of a run to show it. */
export interface LiveSecond {
  readonly seconds: number;
  readonly plannedUsers: number;
  readonly arrivedUsers: number;
  /** Users who came, less those who left; may be negative. */
  readonly usersMore: number;
  readonly requests: number;
  readonly failedRequests: number;
  /** Response times in microseconds; undefined: the engine gives no samples. */
  readonly times: readonly Uint32Array[] | undefined;
  /** Milliseconds to the first byte. */
  readonly firstByte: Sketch | undefined;
}

/** The part of an observation that is shown. */
export function liveSecond({ seconds, plannedUsers, measured, samples }: Observation): LiveSecond {
  const count = (name: string): number => measured.counters[name] ?? 0;
  const users = {
    seconds,
    plannedUsers,
    arrivedUsers: count('vusers.created') + count('vusers.skipped'),
    usersMore: count('vusers.created') - count('vusers.completed') - count('vusers.failed'),
    firstByte: measured.histograms['http.response_time'],
  };
  if (samples === undefined) {
    const failed = sumOf(measured.counters, (name) => /^errors\.|^http\.codes\.5/.test(name));
    return { ...users, requests: count('http.requests'), failedRequests: failed, times: undefined };
  }
  const { attempts, failed, times } = tallyRequests({ kind: 'all requests' }, samples);
  return { ...users, requests: attempts, failedRequests: failed, times };
}

/** Quantiles over some seconds; exact where there are samples. Undefined: nothing was answered. */
export function liveTimes(seconds: readonly LiveSecond[]): LiveTimes | undefined {
  const exact = seconds.flatMap(({ times }) => times ?? []);
  if (exact.length > 0) {
    const sorted = sortedTimes(exact);
    const at = (q: number): number => quantileOfSorted(sorted, q) / 1000;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), kind: 'response' };
  }
  const sketches = seconds.flatMap(({ firstByte }) => firstByte ?? []).filter(({ count }) => count > 0);
  const [first, ...rest] = sketches;
  if (first === undefined) return undefined;
  const whole = rest.reduce(mergeSketches, first);
  const at = (q: number): number => quantileOf(whole, q);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), kind: 'first byte' };
}

function sortedTimes(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}

function sumOf(counters: Readonly<Record<string, number>>, isWanted: (name: string) => boolean): number {
  return Object.entries(counters).reduce((sum, [name, count]) => (isWanted(name) ? sum + count : sum), 0);
}
