// Modules, not the index of their folder: that loads all of it, with the libraries for samples and reports, in every worker.
import { DEFAULT_MAX_SEND_LAG_MS } from 'proving-ground/gate/validity/limits.ts';
import { createTargetPolicy, expandIncludes, readTargets } from 'proving-ground/workload/index.ts';
import type { ArtilleryGlobal, Script } from './artillery.ts';
import { guardConnections } from './connection-guard.ts';
import { watchErrors } from './error-watch.ts';
import { loadEarly } from './generator/load-early.ts';
import { goBeforeOtherThreads } from './generator/thread-priority.ts';
import { startWorkerProbe } from './generator/worker-probe.ts';
import { measureJourneys } from './journey-metrics.ts';
import { parseOptions } from './options.ts';
import { seedJourneyChoice, workerNumber } from './seeded-choice.ts';
import { feedMainProcess } from './worker-feed.ts';
import { keepSecrets } from './worker-secrets.ts';

/**
 * The plugin in a worker: puts included journeys in their places, in the script that the worker will run, sends the
 * worker's measurements to the main process every second, and lets it connect only to where load may go.
 */
export function setUpWorker(artillery: ArtilleryGlobal, script: Script, worker: string): void {
  if (script._scriptPath !== undefined) script.scenarios = expandIncludes(script.scenarios, script._scriptPath);
  seedJourneyChoice(script, process.env.SEED ?? '');
  measureJourneys(script);
  loadEarly();
  goBeforeOtherThreads();
  const { maxSendLag = DEFAULT_MAX_SEND_LAG_MS } = parseOptions(script.config.plugins?.verdict, undefined).validity;
  const probe = startWorkerProbe(workerNumber(script.config.phases), maxSendLag);
  const feed = feedMainProcess(artillery, worker, probe);
  keepSecrets(artillery, script);
  watchErrors(artillery, script);
  const policy = createTargetPolicy(readTargets(script._scriptPath ?? ''), process.env.CONFIRM_PRODUCTION);
  guardConnections(policy, feed.refuse);
}
