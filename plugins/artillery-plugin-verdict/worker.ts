import { expandIncludes } from 'proving-ground/workload/index.ts';
import type { ArtilleryGlobal, Script } from './artillery.ts';
import { answerWithMetrics } from './worker-metrics.ts';

/**
 * The plugin in a worker: puts included journeys in their places, in the script that the worker will run, and keeps the
 * worker's measurements at hand for a run that is cut short.
 */
export function setUpWorker(artillery: ArtilleryGlobal, script: Script, worker: string): void {
  if (script._scriptPath !== undefined) script.scenarios = expandIncludes(script.scenarios, script._scriptPath);
  answerWithMetrics(artillery.__SSMS, artillery.testRunId, worker);
}
