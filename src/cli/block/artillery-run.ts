// `artillery run …` on this machine and nothing else: Artillery's own command line loads all of its commands first, and with them the clients of two clouds,
// which takes half of the processor time of a short run. To be called as that is: node artillery-run.ts run <flags> <test>.
//
// Processors in TypeScript are built only when they have changed. With PROVING_GROUND_HOLD=1 it waits for two lines on standard input: "ready" once the system
// under test is there, without which no "before" runs, and "begin" with the start of the first turn where the run has turns, without which no load is sent.
// When the input ends before, so does the run. It says itself when everything but the load is there.
import { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { BroadcastChannel } from 'node:worker_threads';
import { cacheFolder } from '../../cache-folder.ts';
import { turnChannel } from '../../workload/schedule/turn-plan.ts';
import { type BuildSync, cachedBuild } from './cached-build.ts';
import { holdLoad, type LocalPlatform } from './hold-load.ts';

/** Artillery's command, a class of oclif's; `options` say what it is a part of, so that oclif does not look for other parts. */
interface Command {
  run(words: readonly string[], options: { readonly root: string; readonly pjson: object }): Promise<unknown>;
}

/** Of Artillery's dependencies. */
const ESBUILD = 'esbuild-wasm';
/** src/cli/block/block-process.ts waits for it. */
const READY = 'Ready to begin';
const artillery = createRequire(import.meta.url).resolve('artillery/package.json');

function load<T>(path: string): Promise<T> {
  return import(pathToFileURL(join(dirname(artillery), 'dist/lib', path)).href) as Promise<T>;
}

/** Artillery asks for esbuild by its name when it needs it: it gets ours, which asks for the real one when that is needed. */
function buildOnce(): void {
  const require = createRequire(artillery);
  const path = require.resolve(ESBUILD);
  const { version } = require(`${ESBUILD}/package.json`) as { version: string };
  const loadEsbuild = (): BuildSync => {
    delete require.cache[path];
    return (require(path) as { buildSync: BuildSync }).buildSync;
  };
  const stand = Object.assign(Object.create(null), { id: path, filename: path, path: dirname(path), loaded: true });
  require.cache[path] = Object.assign(stand, {
    ...{ children: [], paths: [], exports: { buildSync: cachedBuild(cacheFolder(), version, loadEsbuild) } },
  }) as NodeJS.Module;
}

/** Where Artillery would run a test in the clouds of others. */
const CLOUDS = ['./platform/aws-lambda/index.js', './platform/az/aci.js'];

/** Leaves out what a run on this machine never calls: the clients of two clouds are a third of all modules that Artillery loads. */
function leaveCloudsOut(): { deregister(): void } {
  return registerHooks({
    resolve: (specifier, context, next) => {
      if (!CLOUDS.includes(specifier)) return next(specifier, context);
      return { url: 'data:text/javascript,export default undefined', format: 'module', shortCircuit: true };
    },
  });
}

/** What whoever started this says on standard input. */
function ordersOnInput(): { readonly ready: Promise<void>; readonly begin: Promise<string> } {
  const ready = Promise.withResolvers<void>();
  const begin = Promise.withResolvers<string>();
  const lines = createInterface({ input: process.stdin });
  // Whoever was to say it is gone.
  const giveUp = (): void => process.exit(1);
  lines.on('close', giveUp);
  lines.on('line', (line) => {
    if (line === 'ready') ready.resolve();
    if (!line.startsWith('begin')) return;
    begin.resolve(line.slice('begin'.length).trim());
    lines.off('close', giveUp);
    lines.close();
    process.stdin.destroy();
  });
  return { ready: ready.promise, begin: begin.promise };
}

/** @param startAt of the first turn, milliseconds since the epoch; empty: all time is this run's own. */
function tellWorkers(startAt: string): void {
  if (startAt === '') return;
  const { artillery: run } = globalThis as unknown as { readonly artillery: { readonly testRunId: string } };
  const channel = new BroadcastChannel(turnChannel(run.testRunId));
  channel.postMessage(Number(startAt));
  channel.unref();
}

buildOnce();
const clouds = leaveCloudsOut();
if (process.env.PROVING_GROUND_HOLD === '1') {
  const { default: local } = await load<{ default: { prototype: LocalPlatform } }>('platform/local/index.js');
  const { ready, begin } = ordersOnInput();
  const untilBegin = async (): Promise<void> => {
    console.log(READY);
    tellWorkers(await begin);
  };
  holdLoad(local.prototype, { ready, untilBegin });
}
// As Artillery's bin/run does it.
const { createGlobalObject } = await load<{ createGlobalObject: () => Promise<void> }>('artillery-global.js');
const { default: captureConsole } = await load<{ default: () => void }>('console-capture.js');
await createGlobalObject();
captureConsole();
const { default: command } = await load<{ default: Command }>('cmds/run.js');
clouds.deregister();
try {
  await command.run(process.argv.slice(3), {
    root: dirname(artillery),
    pjson: { name: 'artillery', version: '2', oclif: {} },
  });
} catch (thrown) {
  // The command line cannot be understood; everything else is said by the run itself.
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exit(1);
}
