import type { VUEvents } from './artillery-types.ts';

/** Counters that rules can compare with 0 even when nothing of the kind happened. */
const ALWAYS_THERE = ['answers.unexpected', 'edge.unexpected', 'auth.refresh_success', 'auth.refresh_failure'];

/** Adds to a counter. Every name is described in `docs/metrics.md`. */
export function count(events: VUEvents, name: string, times = 1): void {
  events.emit('counter', name, times);
}

/** Adds a sample to a histogram; milliseconds unless `docs/metrics.md` says otherwise. */
export function measure(events: VUEvents, name: string, value: number): void {
  events.emit('histogram', name, value);
}

/** Counts something that must not happen, as `errors.<name of the request>: <what>`; few different texts, please. */
export function complain(events: VUEvents, about: string, what: string): void {
  count(events, `errors.${about}: ${what}`);
  count(events, 'answers.unexpected');
}

/** Artillery knows a metric from its first sample on, and a rule about a metric that never occurred fails. */
export function announceCounters(events: VUEvents): void {
  for (const name of ALWAYS_THERE) count(events, name, 0);
}
