import type { Evidence } from './evidence.ts';
import { type DatabaseSignals, databaseSignals } from './signals/database-signals.ts';
import {
  outgoingSignals,
  type ServiceSignals,
  type SpanSignal,
  serviceSignals,
  spanSignals,
} from './signals/service-signals.ts';
import {
  type CacheSignal,
  cacheSignal,
  cacheSignals,
  type PoolSignal,
  poolSignals,
  type QueueSignal,
  queueSignals,
} from './signals/store-signals.ts';
import type { Signal } from './signals/values.ts';
import { type Slowness, slownessOf } from './slowness.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** A run as rules look at it: everything on one time axis. */
export interface Scene {
  readonly evidence: Evidence;
  readonly timeline: Timeline;
  readonly slowness: Slowness;
  readonly service: ServiceSignals;
  readonly database: DatabaseSignals;
  readonly pools: readonly PoolSignal[];
  readonly cache: CacheSignal | undefined;
  /** The same by kind of entry. */
  readonly caches: readonly CacheSignal[];
  readonly queues: readonly QueueSignal[];
  readonly spans: readonly SpanSignal[];
  readonly outgoing: readonly Signal[];
}

/** Puts evidence on one time axis. */
export function sceneOf(evidence: Evidence): Scene {
  const { requests, series, stepMs, texts, brokenRules, processors } = evidence;
  const timeline = timelineOf(requests, stepMs);
  const { steps } = timeline;
  return {
    evidence,
    timeline,
    slowness: slownessOf(requests, timeline, brokenRules),
    service: serviceSignals(series, steps, stepMs, processors),
    database: databaseSignals(series, texts, steps, stepMs),
    pools: poolSignals(series, steps, stepMs),
    cache: cacheSignal(series, steps, stepMs),
    caches: cacheSignals(series, steps, stepMs),
    queues: queueSignals(series, steps),
    spans: spanSignals(series, steps, stepMs),
    outgoing: outgoingSignals(series, steps, stepMs),
  };
}
