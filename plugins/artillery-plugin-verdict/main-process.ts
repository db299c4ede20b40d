import { randomInt } from 'node:crypto';
import { describeFault, exitCodeOfFault } from 'proving-ground/errors.ts';
import { EXIT_CODES } from 'proving-ground/exit-codes.ts';
import { createMetricValues, evaluateRules } from 'proving-ground/gate/index.ts';
import {
  type ArtilleryPhase,
  type ArtilleryTotal,
  createRecorder,
  type RunEnding,
  type RunRecord,
} from 'proving-ground/record/index.ts';
import type { ArtilleryGlobal, PluginEvents, Script, ShutdownEvent } from './artillery.ts';
import { apdexOf, concludeRun, type FixedDetails, printRun, saveRun } from './conclusion.ts';
import { type PreparedTest, prepareTest } from './prepare.ts';
import { configurationOf, environmentOf, replayCommand, testOf } from './run-facts.ts';
import { listenToWorkers, type WorkerFeed } from './worker-feed.ts';

/** Another plugin says that the run cannot be trusted: `{source, message}`. */
const FAULT_EVENT = 'proving-ground:fault';

/** The plugin in the main process: refuses a broken test, records the run, and gives the verdict at its end. */
export function setUpMainProcess(artillery: ArtilleryGlobal, script: Script, events: PluginEvents): void {
  const enforced = process.env.ARTILLERY_DISABLE_ENSURE === undefined;
  const test = orExit(() => prepareTest(script, enforced));
  takeOverFromArtillery();
  const details = fixedDetails(artillery, script);
  console.log(`Seed ${details.seed} (the same run again: ${details.replay})`);
  if (!enforced) console.log('ARTILLERY_DISABLE_ENSURE is set: rules are shown and do not change the verdict.');
  new RunWatch(artillery, test, details).subscribe(events);
}

/** A fault in the test ends everything here, before any worker exists and any load is sent. */
function orExit<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    console.error(describeFault(thrown, wantsStack()));
    process.exit(exitCodeOfFault(thrown));
  }
}

function takeOverFromArtillery(): void {
  // Both evaluations would print, and the last one to finish would decide the exit code.
  process.env.ARTILLERY_DISABLE_ENSURE = 'proving-ground';
  // A load test of something private tells nobody; Artillery would send a hash of the target to its makers.
  process.env.ARTILLERY_DISABLE_TELEMETRY ??= 'proving-ground';
}

function fixedDetails(artillery: ArtilleryGlobal, script: Script): FixedDetails {
  // Workers inherit the environment: this is how all of them, and the processors in them, get the same seed.
  process.env.SEED ||= String(randomInt(1, 1_000_000));
  const seed = process.env.SEED;
  return {
    test: testOf(script),
    startedAt: new Date().toISOString(),
    seed,
    replay: replayCommand(seed, process.argv.slice(2)),
    environment: environmentOf(artillery.version),
    configuration: configurationOf(script),
  };
}

/** Follows one run from its first phase to its verdict. */
class RunWatch {
  readonly #artillery: ArtilleryGlobal;
  readonly #test: PreparedTest;
  readonly #details: FixedDetails;
  readonly #recorder = createRecorder(Date.now);
  readonly #faults: string[] = [];
  #state: 'waiting' | 'running' | 'measured' | 'concluded' = 'waiting';

  constructor(artillery: ArtilleryGlobal, test: PreparedTest, details: FixedDetails) {
    this.#artillery = artillery;
    this.#test = test;
    this.#details = details;
  }

  subscribe(events: PluginEvents): void {
    const workers = listenToWorkers(this.#artillery.testRunId, (slice) => this.#recorder.addSlice(slice));
    events.on('phaseStarted', (phase: ArtilleryPhase) => {
      this.#state = 'running';
      this.#recorder.phaseStarted(phase);
      // So that no slice straddles two phases.
      void workers.flush();
    });
    events.on('phaseCompleted', (phase: ArtilleryPhase) => this.#recorder.phaseCompleted(phase));
    events.on('done', (total: ArtilleryTotal) => {
      this.#recorder.finish(total);
      this.#state = 'measured';
    });
    this.#artillery.globalEvents.on(FAULT_EVENT, (fault: { source: string; message: string }) => {
      this.#faults.push(`${fault.source}: ${fault.message}`);
    });
    this.#artillery.ext({ ext: 'beforeExit', method: () => this.#orFault(() => this.#beforeExit(workers)) });
    // After every beforeExit, so that the last word on the exit code is the verdict's.
    this.#artillery.ext({ ext: 'onShutdown', method: (event) => this.#orFault(async () => this.#onShutdown(event)) });
    process.on('exit', (code) => this.#onExit(code));
  }

  async #beforeExit(workers: WorkerFeed): Promise<void> {
    // Without waiting: plugins that pass the results on (Slack, Cloud) do so in this very round of hooks.
    if (this.#state === 'measured') this.#announceChecks();
    if (this.#state !== 'waiting') await workers.flush();
  }

  #onShutdown(event: ShutdownEvent): void {
    // Shut down before the first phase: whoever did so has said why, and there is nothing to judge.
    if (this.#state === 'waiting') return;
    const how = this.#state === 'measured' ? 'completed' : howItEnded(event);
    const asked = this.#artillery.suggestedExitCode || (how === 'completed' ? 0 : event.exitCode);
    this.#conclude({ how, faults: this.#faults, suggestedExitCode: asked ?? 0 });
  }

  /** A worker that crashes takes Artillery down without any hook; what was measured by then is saved all the same. */
  #onExit(code: number): void {
    if (this.#state === 'waiting' || this.#state === 'concluded') return;
    const suggestedExitCode = code || EXIT_CODES.internal;
    const faults = [...this.#faults, `Artillery ended with exit code ${code} in the middle of the run`];
    this.#conclude({ how: 'crashed', faults, suggestedExitCode });
    process.exitCode = suggestedExitCode;
  }

  #conclude(ending: RunEnding): void {
    this.#state = 'concluded';
    const recording = this.#recorder.recording();
    const record = concludeRun(this.#test, this.#details, recording, ending, apdexOf(this.#artillery));
    this.#artillery.suggestedExitCode = record.verdict.exitCode;
    const folder = this.#save(record, recording);
    printRun(record, folder);
  }

  /** A verdict is printed even if it cannot be written; but then the run does not pass. */
  #save(record: RunRecord, recording: Parameters<typeof saveRun>[2]): string | undefined {
    try {
      return saveRun(this.#test.options.reports, record, recording);
    } catch (thrown) {
      this.#fault(thrown);
      return undefined;
    }
  }

  /** The event by which Artillery's own evaluation tells other plugins of its results. */
  #announceChecks(): void {
    const metrics = createMetricValues(this.#recorder.recording().total, apdexOf(this.#artillery));
    const checks = evaluateRules(this.#test.rules, metrics).map(({ rule, strict, outcome }) => ({
      original: rule,
      strict,
      result: outcome === 'passed' ? 1 : 0,
    }));
    this.#artillery.globalEvents.emit('checks', checks);
  }

  /** Artillery swallows what its hooks throw; a verdict plugin that failed must not let a run pass. */
  async #orFault(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.#fault(thrown);
    }
  }

  #fault(thrown: unknown): void {
    console.error(describeFault(thrown, wantsStack()));
    this.#artillery.suggestedExitCode = exitCodeOfFault(thrown);
  }
}

function howItEnded({ exitCode }: ShutdownEvent): RunEnding['how'] {
  return exitCode === EXIT_CODES.interrupted || exitCode === EXIT_CODES.terminated ? 'interrupted' : 'stopped early';
}

function wantsStack(): boolean {
  return process.env.DEBUG_STACK !== undefined;
}
