import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type EngineChoice, writeScript } from './artillery-script.ts';
import type { Command, Generator } from './job.ts';

const ENGINE = fileURLToPath(new URL('../../plugins/artillery-engine-undici/index.ts', import.meta.url));
const ONE_WORKER = new URL('one-worker.ts', import.meta.url).href;
/** Without what a run does not need: starting takes half of the time, and everything is the same from there on. */
const ARTILLERY = fileURLToPath(new URL('../../src/cli/block/artillery-run.ts', import.meta.url));

/** An engine of Artillery's: what it adds to a test. */
export type ArtilleryEngine = EngineChoice & { readonly name: string };

/** Ours, as it is used: samples, metrics by endpoint and the verdict plugin are on. */
export const OUR_ENGINE: ArtilleryEngine = {
  name: 'artillery-engine-undici',
  config: { engines: { undici: {} }, engine: 'undici' },
  plugins: { verdict: {} },
};

/** Artillery's own engine, with nothing that it does not start by itself. */
export const HTTP_ENGINE: ArtilleryEngine = { name: "Artillery's http engine", config: {}, plugins: {} };

/** Our engine as a generator. */
export const OURS: Generator = generatorOf(OUR_ENGINE, () => existsSync(ENGINE));

/** Artillery's own engine as a generator. */
export const ARTILLERYS: Generator = generatorOf(HTTP_ENGINE, () => true);

function generatorOf(engine: ArtilleryEngine, isInstalled: () => boolean): Generator {
  return {
    name: engine.name,
    warmUpMs: 2500,
    isInstalled,
    can: () => true,
    command: (job) => artilleryCommand(writeScript(job, engine), { NODE_OPTIONS: '', SEED: '1', THINK_SCALE: '0' }),
  };
}

/**
 * How Artillery runs a test with one worker.
 *
 * @param env on top of what keeps it quiet; `NODE_OPTIONS` are added to those of the bench.
 */
export function artilleryCommand(
  path: string,
  env: Readonly<Record<string, string>> & { readonly NODE_OPTIONS: string },
  flags: readonly string[] = [],
): Command & { readonly env: Readonly<Record<string, string>> } {
  const nodeOptions = [process.env.NODE_OPTIONS ?? '', `--import=${ONE_WORKER}`, env.NODE_OPTIONS].join(' ').trim();
  return {
    argv: [process.execPath, ARTILLERY, 'run', '--quiet', ...flags, path],
    env: { NO_COLOR: '1', ARTILLERY_DISABLE_TELEMETRY: 'true', ...env, NODE_OPTIONS: nodeOptions },
  };
}
