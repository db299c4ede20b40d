import { artilleryGlobal, type PluginEvents, type Script } from './artillery.ts';
import { setUpMainProcess } from './main-process.ts';
import { setUpWorker } from './worker.ts';

/** Artillery hands histograms on only to plugins that say this. */
export const LEGACY_METRICS_FORMAT = false;

/** What Artillery constructs: once in the main process, and once in every worker before it runs the script. */
export class Plugin {
  constructor(script: Script, events: PluginEvents) {
    const worker = process.env.LOCAL_WORKER_ID;
    if (worker === undefined) setUpMainProcess(artilleryGlobal(), script, events);
    else setUpWorker(artilleryGlobal(), script, worker);
  }
}
