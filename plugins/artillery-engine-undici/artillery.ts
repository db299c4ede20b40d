// What the engine uses of Artillery 2.0.34. Artillery publishes no types for it; lib/core/runner.ts, lib/core/engine_http.ts
// and lib/core/ssms.ts of its package are the source.

import type { LiveEvents } from 'proving-ground/record/live-events.ts';

/** Where an engine tells what happens: `counter`, `histogram`, `rate`, `error`, `started` and events of its own. */
export interface EngineEvents {
  emit(event: string, ...values: unknown[]): unknown;
  on(event: string, listener: (...values: never[]) => void): unknown;
  listenerCount?(event: string): number;
}

/** A virtual user's state. Hooks and processors read and write it, and add to it what they like. */
export interface UserContext {
  vars: Record<string, unknown>;
  readonly funcs?: Record<string, (...values: unknown[]) => unknown>;
  readonly scenario?: { readonly name?: string };
  [key: string]: unknown;
}

/** A function of the processor; what it is called with depends on where it is named. */
export type ProcessorFunction = (...values: unknown[]) => unknown;

/** `config.http.defaults` and `config.defaults`. */
export interface HttpDefaults {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly strictCapture?: unknown;
  readonly think?: Readonly<Record<string, unknown>>;
}

/** The configuration, as far as an HTTP engine reads it. */
export interface EngineConfig {
  readonly target?: string;
  readonly timeout?: number;
  readonly tls?: Readonly<Record<string, unknown>>;
  processor?: Record<string, ProcessorFunction>;
  readonly defaults?: HttpDefaults;
  readonly plugins?: Readonly<Record<string, unknown>>;
  readonly http?: {
    readonly defaults?: HttpDefaults;
    readonly cookieJarOptions?: Readonly<Record<string, unknown>>;
    readonly pool?: number | string;
    readonly timeout?: number;
    readonly extendedMetrics?: boolean;
    readonly distributedTracing?: unknown;
  };
}

/** The script that the runner runs; an engine may edit it in its constructor. */
export interface RunnerScript {
  readonly config: EngineConfig;
  readonly [key: string]: unknown;
}

/** A journey as the YAML says it, hooks as one name or several. */
export interface ScenarioSpec {
  readonly name?: string;
  readonly flow: readonly StepSpec[];
  readonly [key: string]: unknown;
}

/** One step of a journey. */
export type StepSpec = Readonly<Record<string, unknown>>;

/** Metrics of one worker, by ten seconds of wall-clock time. */
export interface MetricStore {
  readonly _aggregatedCounters: Record<number, Record<string, number>>;
  readonly _aggregatedHistograms: Record<number, Record<string, unknown>>;
  readonly _aggregatedRates: Record<number, Record<string, number>>;
  readonly _counterEarliestMeasurementByPeriod: Record<number, number>;
  readonly _counterLastMeasurementByPeriod: Record<number, number>;
  readonly _histogramEarliestMeasurementByPeriod: Record<number, number>;
  readonly _histogramLastMeasurementByPeriod: Record<number, number>;
  _aggregateCounters(upToPeriod: number): void;
}

/** `global.artillery`, as far as it is used. */
export interface ArtilleryGlobal {
  readonly globalEvents?: LiveEvents;
  readonly __SSMS?: { readonly prototype: MetricStore };
  readonly runtimeOptions?: { readonly extendedHTTPMetrics?: boolean };
}

/** Undefined outside Artillery, in tests for example. */
export function artilleryGlobal(): ArtilleryGlobal | undefined {
  return (globalThis as unknown as { artillery?: ArtilleryGlobal }).artillery;
}
