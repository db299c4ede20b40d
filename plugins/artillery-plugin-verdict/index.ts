import { artilleryGlobal, type PluginEvents, type Script } from './artillery.ts';

/** Artillery hands histograms on only to plugins that say this. */
export const LEGACY_METRICS_FORMAT = false;

const worker = process.env.LOCAL_WORKER_ID;

// Each side loads only what it needs: a worker neither writes files nor judges, and its start and memory count.
const setUp = worker === undefined ? await mainProcessSide() : await workerSide(worker);

/** What Artillery constructs: once in the main process, and once in every worker before it runs the script. */
export class Plugin {
  constructor(script: Script, events: PluginEvents) {
    setUp(script, events);
  }
}

type SetUp = (script: Script, events: PluginEvents) => void;

async function mainProcessSide(): Promise<SetUp> {
  const { setUpMainProcess } = await import('./main-process.ts');
  return (script, events) => setUpMainProcess(artilleryGlobal(), script, events);
}

async function workerSide(id: string): Promise<SetUp> {
  const { setUpWorker } = await import('./worker.ts');
  return (script) => setUpWorker(artilleryGlobal(), script, id);
}
