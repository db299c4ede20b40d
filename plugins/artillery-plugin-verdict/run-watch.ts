import { describeFault, exitCodeOfFault } from 'proving-ground/errors.ts';
import { EXIT_CODES } from 'proving-ground/exit-codes.ts';
import { createMetricValues, evaluateRules, type Observation } from 'proving-ground/gate/index.ts';
import {
  type ArtilleryPhase,
  type ArtilleryTotal,
  createErrorExamples,
  createRecorder,
  phaseName,
  type RunEnding,
  type RunRecord,
} from 'proving-ground/record/index.ts';
import { plainText } from 'proving-ground/report/index.ts';
import type { ArtilleryGlobal, PluginEvents, ShutdownEvent } from './artillery.ts';
import { apdexOf, concludeRun, type FixedDetails, printRun, type SavedParts, saveRun } from './conclusion.ts';
import { createGeneratorLog } from './generator/generator-log.ts';
import { type LiveOutput, startLiveOutput } from './live/live-output.ts';
import type { OutputMode } from './live/output-mode.ts';
import { createRunMonitor, type RunMonitor } from './monitor/run-monitor.ts';
import { createObserver, type Observer } from './observer.ts';
import type { PreparedTest } from './prepare.ts';
import { RunOutput } from './run-output.ts';
import { readOwnSamples } from './run-samples.ts';
import { listenToWorkers, type WorkerFeed } from './worker-feed.ts';

/** Another plugin says that the run cannot be trusted: `{source, message}`. */
const FAULT_EVENT = 'proving-ground:fault';

/** Follows one run from its first phase to its verdict. */
export class RunWatch {
  readonly #artillery: ArtilleryGlobal;
  readonly #test: PreparedTest;
  readonly #details: FixedDetails;
  readonly #recorder = createRecorder(Date.now);
  readonly #generator = createGeneratorLog();
  readonly #errorExamples = createErrorExamples();
  readonly #observer: Observer;
  readonly #monitor: RunMonitor;
  readonly #output: RunOutput;
  readonly #mode: OutputMode;
  #live: LiveOutput | undefined;
  readonly #faults: string[] = [];
  #stoppedBy: string | undefined;
  /** One phase ends as the next begins; their flushes must not overtake each other. */
  #boundaries: Promise<void> = Promise.resolve();
  #state: 'waiting' | 'running' | 'measured' | 'concluded' = 'waiting';

  /** @param mode what is shown while the run goes on. */
  constructor(artillery: ArtilleryGlobal, test: PreparedTest, details: FixedDetails, mode: OutputMode) {
    this.#artillery = artillery;
    this.#mode = mode;
    this.#test = test;
    this.#details = details;
    this.#output = new RunOutput(test.options.reports, details.startedAt, details.test.file);
    this.#monitor = createRunMonitor(artillery.globalEvents, test.watchList);
    this.#observer = createObserver((observation) => this.#observe(observation), test.plannedUsers);
  }

  /** Must be called before the workers start. */
  subscribe(events: PluginEvents): void {
    this.#live = startLiveOutput(this.#test, events, this.#mode);
    const workers = listenToWorkers(this.#artillery.testRunId, {
      slice: (slice) => {
        this.#recorder.addSlice(slice);
        this.#observer.add(slice);
      },
      samples: (batch) => {
        this.#output.append(batch);
        this.#observer.addSamples(batch);
      },
      timings: (span) => this.#monitor.addTimings(span),
      examples: (examples) => examples.forEach(this.#errorExamples.add),
      generator: (second) => {
        this.#generator.add(second);
        this.#live?.generator(second);
      },
      second: () => this.#observer.close(Date.now()),
      refused: (reason, hint) => this.#refuse(reason, hint),
    });
    events.on('phaseStarted', (phase: ArtilleryPhase) => {
      this.#state = 'running';
      this.#output.open();
      this.#recorder.phaseStarted(phase);
      this.#generator.start(phase.startTime ?? Date.now());
      this.#monitor.start(phase.startTime ?? Date.now());
      this.#live?.phaseStarted(phase, phase.startTime ?? Date.now());
      this.#atBoundary(workers, (at) => this.#observer.enterPhase(phaseName(phase), at));
    });
    events.on('phaseCompleted', (phase: ArtilleryPhase) => {
      this.#recorder.phaseCompleted(phase);
      this.#live?.phaseCompleted();
      this.#atBoundary(workers, (at) => this.#observer.leavePhase(at));
    });
    events.on('done', (total: ArtilleryTotal) => {
      this.#recorder.finish(total);
      this.#monitor.stop();
      this.#state = 'measured';
    });
    this.#artillery.globalEvents.on(FAULT_EVENT, (fault: { source: string; message: string }) => {
      this.#faults.push(`${fault.source}: ${fault.message}`);
    });
    this.#artillery.globalEvents.on('shutdown:start', () => this.#watchOtherPlugins());
    this.#artillery.ext({ ext: 'beforeExit', method: () => this.#orFault(() => this.#beforeExit(workers)) });
    // After every beforeExit, so that the last word on the exit code is the verdict's.
    this.#artillery.ext({ ext: 'onShutdown', method: (event) => this.#orFault(async () => this.#onShutdown(event)) });
    process.on('exit', (code) => this.#onExit(code));
  }

  /** What was measured so far belongs to the phase before; no slice and no observation may straddle the two. */
  #atBoundary(workers: WorkerFeed, cross: (at: number) => void): void {
    const at = Date.now();
    this.#boundaries = this.#boundaries.then(async () => {
      await workers.flush();
      cross(at);
    });
  }

  async #beforeExit(workers: WorkerFeed): Promise<void> {
    // Without waiting: plugins that pass the results on (Slack, Cloud) do so in this very round of hooks.
    if (this.#state === 'measured') this.#announceChecks();
    if (this.#state === 'waiting') return;
    await this.#boundaries;
    await workers.end();
    this.#observer.close(Date.now());
  }

  /** Artillery swallows what a hook of a plugin throws: a check that did not take place would look like one that passed. */
  #watchOtherPlugins(): void {
    for (const hook of this.#artillery.extensionEvents) {
      const { method } = hook;
      hook.method = async (event) => {
        try {
          await method(event);
        } catch (thrown) {
          this.#faults.push(`a plugin failed at the end of the run (${hook.ext}): ${messageOf(thrown)}`);
        }
      };
    }
  }

  /** A hook or a redirect leads to where no load may go: the first time is once too often. */
  #refuse(reason: string, hint: string): void {
    if (this.#faults.includes(reason)) return;
    this.#faults.push(reason);
    console.error(`\nerror: ${plainText(reason)}\n  ${plainText(hint)}`);
    void this.#artillery.shutdown({ earlyStop: true, exitCode: EXIT_CODES.configuration });
  }

  #observe(observation: Observation): void {
    for (const tracker of this.#test.thresholds) tracker.observe(observation);
    this.#live?.observe(observation);
    const stop = this.#test.thresholds.find((tracker) => tracker.stoppedAt() !== undefined);
    if (stop === undefined || this.#stoppedBy !== undefined || this.#state !== 'running') return;
    this.#stoppedBy = stop.result().rule;
    console.log(`\nStopping the run: ${plainText(this.#stoppedBy)}`);
    void this.#artillery.shutdown({ earlyStop: true, exitCode: EXIT_CODES.stoppedByRule });
  }

  #onShutdown(event: ShutdownEvent): void {
    // Shut down before the first phase: whoever did so has said why, and there is nothing to judge.
    if (this.#state === 'waiting') return;
    const how = this.#state === 'measured' ? 'completed' : howItEnded(event);
    const asked = this.#artillery.suggestedExitCode || (how === 'completed' ? 0 : event.exitCode);
    const stoppedBy = this.#stoppedBy === undefined ? {} : { stoppedBy: this.#stoppedBy };
    this.#conclude({ how, faults: this.#faults, suggestedExitCode: asked ?? 0, ...stoppedBy });
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
    this.#output.loadIsOver();
    this.#live?.close();
    this.#monitor.stop();
    const recording = this.#recorder.recording();
    const system = this.#monitor.record();
    const errorExamples = this.#errorExamples.take();
    const computed = { apdex: apdexOf(this.#artillery), ...this.#generator.evidence(), errorExamples };
    const { samples, faults } = readOwnSamples(this.#output);
    const whole = { ...ending, faults: [...ending.faults, ...faults] };
    const record = concludeRun(this.#test, this.#details, recording, whole, { ...computed, samples, system });
    this.#artillery.suggestedExitCode = record.verdict.exitCode;
    const folder = this.#save(record, recording, system);
    printRun(record, folder);
  }

  /** A verdict is printed even if it cannot be written; but then the run does not pass. */
  #save(record: RunRecord, ...measured: SavedParts): string | undefined {
    try {
      return saveRun(this.#output.folder(), record, ...measured);
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

function messageOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown);
}

function howItEnded({ exitCode }: ShutdownEvent): RunEnding['how'] {
  return exitCode === EXIT_CODES.interrupted || exitCode === EXIT_CODES.terminated ? 'interrupted' : 'stopped early';
}

/** Whether faults are printed with their stack: Artillery refuses a --debug of ours. */
export function wantsStack(): boolean {
  return process.env.DEBUG_STACK !== undefined;
}
