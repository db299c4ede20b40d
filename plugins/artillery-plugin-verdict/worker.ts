import { expandIncludes } from 'proving-ground/workload/index.ts';
import type { ArtilleryGlobal, Script } from './artillery.ts';
import { measureJourneys } from './journey-metrics.ts';
import { feedMainProcess } from './worker-feed.ts';

/**
 * The plugin in a worker: puts included journeys in their places, in the script that the worker will run, and sends
 * the worker's measurements to the main process every second.
 */
export function setUpWorker(artillery: ArtilleryGlobal, script: Script, worker: string): void {
  if (script._scriptPath !== undefined) script.scenarios = expandIncludes(script.scenarios, script._scriptPath);
  measureJourneys(script);
  feedMainProcess(artillery.__SSMS, artillery.testRunId, worker);
}
