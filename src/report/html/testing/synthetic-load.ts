import { createRandom, type Random } from '../../../stats/random.ts';

/** An endpoint of a synthetic system: its median time without load, and how widely times scatter (sigma of the logarithm). */
export interface SyntheticEndpoint {
  readonly name: string;
  readonly journey: string;
  readonly share: number;
  readonly medianMs: number;
  readonly sigma: number;
}

/** A phase of a synthetic run; the rate of requests changes in a straight line. */
export interface SyntheticPhase {
  readonly name: string;
  readonly seconds: number;
  readonly fromPerSec: number;
  readonly toPerSec: number;
}

/** One synthetic request. */
export interface SyntheticRequest {
  /** Milliseconds since the beginning of the first phase. */
  readonly dueMs: number;
  readonly endpoint: number;
  readonly queuedMs: number;
  readonly firstByteMs: number;
  readonly lastByteMs: number;
  readonly status: number;
  readonly error: string | undefined;
}

/** How the system behaves. */
export interface SyntheticSystem {
  readonly endpoints: readonly SyntheticEndpoint[];
  readonly phases: readonly SyntheticPhase[];
  /** Requests per second from which on requests wait for each other. */
  readonly capacityPerSec: number;
  /** Everything takes so many times as long. */
  readonly slowness: number;
  /** Share of requests that fail when the load is above the capacity. */
  readonly failingShare: number;
  /** The generator is late by up to so many milliseconds in the second half. */
  readonly generatorLagMs: number;
  readonly seed: string;
}

/** The requests of a system under load, in the order in which they were due; Poisson arrivals. */
export function* syntheticRequests(system: SyntheticSystem): Generator<SyntheticRequest> {
  const random = createRandom(system.seed);
  const totalMs = system.phases.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
  const picks = system.endpoints.flatMap(({ share }, index) =>
    Array.from({ length: Math.round(share * 100) }, () => index),
  );
  let startMs = 0;
  for (const phase of system.phases) {
    const lengthMs = phase.seconds * 1000;
    for (let atMs = 0; ; ) {
      const perSec = phase.fromPerSec + ((phase.toPerSec - phase.fromPerSec) * atMs) / lengthMs;
      atMs += perSec <= 0 ? 1000 : (-Math.log(1 - random.next()) * 1000) / perSec;
      if (atMs >= lengthMs) break;
      if (perSec > 0) yield requestAt(system, random, random.pick(picks), startMs + atMs, perSec, totalMs);
    }
    startMs += lengthMs;
  }
}

function requestAt(
  system: SyntheticSystem,
  random: Random,
  endpoint: number,
  dueMs: number,
  perSec: number,
  totalMs: number,
): SyntheticRequest {
  const { medianMs = 10, sigma = 0.4 } = system.endpoints[endpoint] ?? {};
  const load = perSec / system.capacityPerSec;
  // A pause of the system now and then, as a collector of garbage makes it.
  const pauseMs = dueMs % 47_000 < 400 ? 250 * random.next() : 0;
  const factor = system.slowness * (1 + load ** 2 + Math.max(0, load - 1) * 25);
  const firstByteMs = medianMs * factor * Math.exp(sigma * normal(random)) + pauseMs;
  const isLate = dueMs > totalMs / 2 && dueMs % 20_000 < 6000;
  const queuedMs = 0.05 + 0.1 * random.next() + (isLate ? system.generatorLagMs * random.next() : 0);
  const fails = load > 1 && random.chance(system.failingShare * Math.min(1, (load - 1) * 4));
  const timesOut = fails && random.chance(0.2);
  return {
    dueMs,
    endpoint,
    queuedMs,
    firstByteMs: timesOut ? Infinity : queuedMs + firstByteMs,
    lastByteMs: timesOut ? 10_000 : queuedMs + firstByteMs * (1.05 + 0.1 * random.next()),
    status: timesOut ? 0 : fails ? 503 : random.chance(0.004) ? 409 : 200,
    error: timesOut ? 'ETIMEDOUT' : undefined,
  };
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
