import type { WatchedSystem } from 'proving-ground/record/system/index.ts';
import { machineSource } from './machine-source.ts';
import { postgresSource } from './postgres/postgres-source.ts';
import { processSource } from './process-source.ts';
import { prometheusSource } from './prometheus-source.ts';
import { redisSource } from './redis-source.ts';
import type { Source } from './source.ts';

/** What can be looked at of some systems. With the first process comes the machine that it runs on. */
export function sourcesOf(systems: readonly WatchedSystem[]): Source[] {
  const sources = systems.flatMap(({ name, prometheus, metrics, postgres, redis, process }) => [
    ...(prometheus === undefined ? [] : [prometheusSource(name, prometheus, metrics)]),
    ...(postgres === undefined ? [] : [postgresSource(name, postgres)]),
    ...(redis === undefined ? [] : [redisSource(name, redis)]),
    ...(process === undefined ? [] : [processSource(name, process)]),
  ]);
  const hasProcess = sources.some(({ origin }) => origin.kind === 'process');
  return hasProcess ? [...sources, machineSource()] : sources;
}
