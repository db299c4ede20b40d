import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** One user's way through a scenario, as engines compile it. */
export type ScenarioRun = (context: ScenarioContext, callback: ScenarioCallback) => unknown;

/** What an engine knows of a user. */
export interface ScenarioContext {
  readonly vars: Record<string, unknown>;
  readonly scenario?: { readonly name?: string };
}

export type ScenarioCallback = (error: unknown, context: ScenarioContext) => void;

/** The class of an engine, as far as it is used here. */
interface EngineClass {
  readonly prototype: { createScenario(spec: unknown, events: unknown): ScenarioRun };
}

const BUILT_IN = ['http', 'ws', 'socketio'];

/**
 * Puts something around every user of Artillery's own engines and of those that are named, in this thread. Engines have no
 * hook that all of them honour, but all of them compile scenarios with `createScenario`.
 *
 * @param names the engines of `config.engines`.
 * @returns the names of those that could not be watched.
 */
export function watchScenarios(names: readonly string[], around: (run: ScenarioRun) => ScenarioRun): string[] {
  const home = dirname(createRequire(import.meta.url).resolve('artillery/package.json'));
  const load = createRequire(join(home, 'dist', 'lib', 'load-plugins.js'));
  return [...new Set([...BUILT_IN, ...names])].filter((name) => {
    const engine = engineClass(load, home, name);
    if (engine === undefined) return true;
    const { createScenario } = engine.prototype;
    engine.prototype.createScenario = function createWatched(spec, events) {
      return around(createScenario.call(this, spec, events));
    };
    return false;
  });
}

/**
 * From where Artillery takes it: the copy that a project installs wins over the one that comes with Artillery. Ours waits for
 * its warm-up when it is imported, and a module that waits cannot be required; its class stands in a module of its own.
 */
function engineClass(load: NodeJS.Require, home: string, name: string): EngineClass | undefined {
  const places = BUILT_IN.includes(name)
    ? [join(home, 'dist', 'lib', 'core', `engine_${name}.js`)]
    : [
        `artillery-engine-${name}/engine.ts`,
        `artillery-engine-${name}`,
        join(home, 'dist', 'builtin-packages', `artillery-engine-${name}`),
      ];
  for (const place of places) {
    try {
      const found: unknown = load(load.resolve(place));
      const exported: unknown[] = typeof found === 'object' && found !== null ? Object.values(found) : [found];
      const engine = exported.find(isEngineClass);
      if (engine !== undefined) return engine;
    } catch {
      // Not there, or not to be loaded at once: the next place, and in the end the caller decides.
    }
  }
  return undefined;
}

function isEngineClass(value: unknown): value is EngineClass {
  return typeof value === 'function' && typeof value.prototype?.createScenario === 'function';
}
