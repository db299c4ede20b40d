import { EventEmitter } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Slice } from '../../../src/record/metrics.ts';
import type { Tally } from './observation.ts';

/** What `createScenario` of an engine returns. */
export type Scenario = (context: unknown, callback: (error: unknown, context?: unknown) => void) => unknown;

/** Where an engine that counts in batches puts what it has not sent as events. */
export interface Tallies {
  readonly counters: Tally;
  readonly histograms: Tally;
  readonly rates: Tally;
}

/** A scenario of a script. */
export interface ScenarioSpec {
  readonly flow: readonly unknown[];
  readonly [key: string]: unknown;
}

/** An engine that has been made for one script. */
export interface EngineInstance {
  createScenario(spec: ScenarioSpec, events: EventEmitter): Scenario;
  /** Adds what the engine keeps back in batches. */
  collect(tallies: Tallies): void;
  close(): void;
}

/** One of the two engines that are compared. */
export interface EngineUnderTest {
  readonly name: string;
  create(script: unknown): Promise<EngineInstance>;
}

interface ArtilleryEngine {
  init?(): Promise<void>;
  createScenario(spec: ScenarioSpec, events: EventEmitter): Scenario;
}
interface UndiciEngine extends ArtilleryEngine {
  collect(): { readonly slice: Slice | undefined };
  close(): void;
}
type EngineClass<Engine extends ArtilleryEngine> = new (
  script: unknown,
  events: EventEmitter,
  tools: unknown,
) => Engine;

const ROOT = new URL('../../../', import.meta.url);

/** @param name `http`: Artillery's own, from the installed package; `undici`: the one of this repository;
 * `faulty`: Artillery's, which leaves out the last step of a scenario. */
export async function loadEngine(name: string): Promise<EngineUnderTest> {
  if (name === 'http') return await loadHttpEngine();
  if (name === 'undici') return await loadUndiciEngine();
  if (name === 'faulty') return withFault(await loadHttpEngine());
  throw new Error(`no engine is called ${name}; there are http, undici and faulty`);
}

async function loadHttpEngine(): Promise<EngineUnderTest> {
  const path = fileURLToPath(new URL('node_modules/artillery/dist/lib/core/engine_http.js', ROOT));
  const { default: Engine } = (await import(pathToFileURL(path).href)) as { default: EngineClass<ArtilleryEngine> };
  return {
    name: 'http',
    create: async (script) => {
      const engine = await start(Engine, script);
      return {
        createScenario: (spec, events) => engine.createScenario(spec, events),
        collect: () => {},
        close: () => {},
      };
    },
  };
}

async function loadUndiciEngine(): Promise<EngineUnderTest> {
  const { UndiciEngine } = await import('../../../plugins/artillery-engine-undici/engine.ts');
  return {
    name: 'undici',
    create: async (script) => {
      const engine = await start(UndiciEngine as unknown as EngineClass<UndiciEngine>, script);
      return {
        createScenario: (spec, events) => engine.createScenario(spec, events),
        collect: (tallies) => addSlice(engine.collect().slice, tallies),
        close: () => engine.close(),
      };
    },
  };
}

function withFault(engine: EngineUnderTest): EngineUnderTest {
  return {
    name: 'faulty',
    create: async (script) => {
      const { createScenario, ...others } = await engine.create(script);
      return {
        createScenario: (spec, events) => createScenario({ ...spec, flow: spec.flow.slice(0, -1) }, events),
        ...others,
      };
    },
  };
}

/** The engine of this repository counts in batches; Artillery's own sends an event for each count. */
function addSlice(slice: Slice | undefined, { counters, histograms, rates }: Tallies): void {
  for (const [name, count] of Object.entries(slice?.counters ?? {})) counters.add(name, count);
  for (const [name, sketch] of Object.entries(slice?.histograms ?? {})) histograms.add(name, sketch.count);
  for (const [name, count] of Object.entries(slice?.events ?? {})) rates.add(name, count);
}

async function start<Engine extends ArtilleryEngine>(Class: EngineClass<Engine>, script: unknown): Promise<Engine> {
  // Engines look here for what the whole worker shares; each gets its own, so that none hears of another.
  Object.assign(globalThis, { artillery: { runtimeOptions: {}, testRunId: 'test', globalEvents: new EventEmitter() } });
  const engine = new Class(script, new EventEmitter(), {});
  await engine.init?.();
  return engine;
}
