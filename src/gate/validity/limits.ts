// Every number that decides, in one place; docs/adr/008 argues for them and docs/validity.md explains them.

/** From how many milliseconds on something counts as late at the most, unless a test says otherwise. */
export const DEFAULT_MAX_SEND_LAG_MS = 10;

/** The lag may be a tenth of the smallest p50; below this, no event loop on a shared machine can promise it. */
export const SEND_LAG_FLOOR_MS = 5;

/** Quantiles of fewer answers say nothing about how fast an endpoint is. */
export const MIN_ANSWERS = 20;

/** Share of the run that may be late. The observed p95 then lies between the true p94 and p96. */
const LATE_SHARE_OF_RUN = 0.01;

/** Share of one phase that may be late. */
const LATE_SHARE_OF_PHASE = 0.05;

/** In a short span, one hiccup of this length is no bottleneck, up to a tenth of the span. */
const HICCUP_SECONDS = 0.5;
const LATE_SHARE_OF_SHORT_SPAN = 0.1;

/** Which share of a span of so many seconds may be late, 0–1. */
export function lateShareLimit(seconds: number, part: 'run' | 'phase'): number {
  const hiccup = Math.min(LATE_SHARE_OF_SHORT_SPAN, HICCUP_SECONDS / Math.max(seconds, 1e-3));
  return Math.max(part === 'run' ? LATE_SHARE_OF_RUN : LATE_SHARE_OF_PHASE, hiccup);
}

/** A hiccup below this many milliseconds is not worth a line. */
export const NOTED_DELAY_MS = 100;

/** Share of the time for which every worker must have told how it was. */
export const MEASURED_SHARE = 0.95;

/** How far the arrivals of a phase may be from its plan, 0–1. */
export const ARRIVALS_TOLERANCE = 0.02;

/** Users at the edge of two phases may be counted on its other side: this many, and those of so many seconds. */
export const EDGE_USERS = 2;
export const EDGE_SECONDS = 0.1;

/** A phase may last this many seconds longer than planned, beside the tolerance, before it counts as stretched. */
export const STRETCH_SECONDS = 0.25;

/** Random arrivals: so many standard deviations are chance (one run in 15,000 is further off). */
export const CHANCE_DEVIATIONS = 4;

/** Share of the requests that the generator's own machine may refuse, 0–1. */
export const OWN_ERRORS_SHARE = 0.001;

/** From this share of the limit on, descriptors and ports are worth a line. */
export const NEARLY_FULL = 0.9;

/** Utilisation of an event loop, 0–1, from which on it is worth a line. */
export const BUSY_LOOP = 0.7;

/** Shares of time from which on processors are worth a line: all of them busy, taken by other machines, waited for. */
export const MACHINE_BUSY = 0.95;
export const STOLEN = 0.1;
export const WAITED = 0.2;
