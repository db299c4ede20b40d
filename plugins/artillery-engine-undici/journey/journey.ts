import { PLUGIN_FUNCTIONS } from '../meter/endpoint-metrics.ts';
import type { Resources } from './resources.ts';

/** Hooks of a journey that run around each of its requests. */
export interface JourneyHooks {
  readonly beforeRequest: readonly string[];
  readonly afterResponse: readonly string[];
  readonly onError: readonly string[];
}

/** A journey as far as its steps need to know it. */
export interface Journey {
  readonly name: string | undefined;
  readonly hooks: JourneyHooks;
  readonly resources: Resources;
}

/** Names of functions under a key, which holds one or several. Without those whose work the engine does itself. */
export function hooksOf(spec: Readonly<Record<string, unknown>>, key: string): readonly string[] {
  const value = spec[key];
  const names: unknown[] = value === undefined || value === null ? [] : [value].flat();
  return names.filter((name): name is string => typeof name === 'string' && !PLUGIN_FUNCTIONS.has(name));
}
