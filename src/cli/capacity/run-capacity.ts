import { basename } from 'node:path';
import { UserFault } from '../../errors.ts';
import { buildCapacityRecord, type CapacityRecord, firstBroken } from '../../gate/capacity/index.ts';
import { createRunFolder, machineHere } from '../../record/index.ts';
import { writeCapacity } from '../../report/capacity/index.ts';
import { addressOf, createTargetPolicy, readTargets } from '../../workload/index.ts';
import { standardError } from '../display.ts';
import { type Interrupt, listenForSignals } from '../interrupt.ts';
import { shellWord } from '../shell-word.ts';
import { removeLeftovers } from '../system/checked-out-ref.ts';
import { type OpenSystem, openSystem } from '../system/open-system.ts';
import type { Subject } from '../system/subject.ts';
import { showCapacityProgress } from './capacity-display.ts';
import type { CapacityTest } from './capacity-test.ts';
import { type CapacityFound, findCapacity } from './find-capacity.ts';
import { limitOfRun } from './limit-of-run.ts';
import { TrialRuns } from './trial-runs.ts';

/** A search that was asked for. */
export interface CapacityRequest {
  readonly test: CapacityTest;
  /** As it was typed. */
  readonly until: string;
  readonly system: Subject;
  readonly ready: string | undefined;
  readonly minutes: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly phase: string | undefined;
  readonly seed: string;
  /** undefined: a new folder in `reports`. */
  readonly output: string | undefined;
}

/** No generator of one machine sends more than a few times this; whoever wants more says so with `--to`. */
const MOST_PER_SEC = 2_000;
/** The longer holds take this share of the time, each; from 20 minutes on they are as long as anybody needs. */
const CONFIRM_SHARE = 0.045;
const LONGEST_CONFIRM_SEC = 60;
/** Kept for the diagnosis and the report. */
const CLOSING_MS = 6_000;

/**
 * Starts the system, searches, and writes down what was found; also when a signal ends it, with the trials that were whole by then.
 *
 * @throws UserFault when the system or a run cannot be started, and `interrupted` or `terminated` when a signal comes before the probe.
 */
export async function runCapacity(request: CapacityRequest): Promise<CapacityRecord> {
  const startedAt = new Date();
  removeLeftovers();
  const interrupt = listenForSignals(() => say('\nInterrupted: writing down what was measured'));
  try {
    const system = await openRequested(request, interrupt.signal);
    try {
      // What we start ourselves tells it when it is started.
      if (system.subject.kind === 'url') await system.check(interrupt.signal);
      return await searchOn(system, request, interrupt, startedAt);
    } finally {
      system.close();
    }
  } catch (thrown) {
    if (thrown !== interrupt.signal.reason) throw thrown;
    throw new UserFault(interrupt.by() === 'SIGTERM' ? 'terminated' : 'interrupted', 'nothing was measured yet');
  } finally {
    interrupt.end();
  }
}

function openRequested({ test, system, ready }: CapacityRequest, signal: AbortSignal): Promise<OpenSystem> {
  const options = {
    ...{ test: test.file, start: test.start ?? '', ready: ready ?? test.ready },
    ...{ timeoutSec: test.startTimeoutSec, env: test.env, data: process.env.PLATFORM_DATA, say, signal },
  };
  return openSystem(system, options);
}

async function searchOn(
  system: OpenSystem,
  request: CapacityRequest,
  interrupt: Interrupt,
  startedAt: Date,
): Promise<CapacityRecord> {
  const { test, minutes, seed } = request;
  say(`Searching for the capacity of ${system.label}, at most ${minutes} min, seed ${seed}`);
  const started = await system.start(interrupt.signal);
  const confirmSec = Math.round(Math.min(LONGEST_CONFIRM_SEC, Math.max(10, minutes * 60 * CONFIRM_SHARE)));
  const mostPerSec = Math.min(request.to ?? MOST_PER_SEC, allowedPerSec(test.file, started.url));
  const runs = new TrialRuns({
    ...{ test, url: started.url, seed, signal: interrupt.signal, mostPerSec, confirmSec },
    ...{ from: request.from, to: request.to === undefined ? undefined : mostPerSec },
  });
  try {
    await started.ready;
    const found = await findCapacity({
      seed,
      budgetMs: startedAt.getTime() + minutes * 60_000 - CLOSING_MS - Date.now(),
      mostPerSec,
      leastPerSec: request.from ?? 0,
      probe: (startPerSec) => runs.probe(startPerSec),
      measure: (rates, first) => runs.measure(rates, first),
      confirm: (below, above, first) => runs.confirm(below, above, first),
      batchMs: (trials) => runs.batchMs(trials),
      confirmMs: () => runs.confirmMs(),
      onEvent: showCapacityProgress(standardError(), startedAt.getTime(), Date.now),
      now: Date.now,
      signal: interrupt.signal,
      interruptedBy: interrupt.by,
    });
    return save(request, recordOf(found, { request, system, runs, startedAt, confirmSec }), startedAt);
  } finally {
    runs.close();
    await started.stop();
  }
}

/** New users per second that the owners of the target allow. */
function allowedPerSec(test: string, url: string): number {
  const address = addressOf(url);
  if (address === undefined) return MOST_PER_SEC;
  const decision = createTargetPolicy(readTargets(test), process.env.CONFIRM_PRODUCTION)(address);
  return (decision.allowed ? decision.target?.maxArrivalRate : undefined) ?? Infinity;
}

interface Searched {
  readonly request: CapacityRequest;
  readonly system: OpenSystem;
  readonly runs: TrialRuns;
  readonly startedAt: Date;
  readonly confirmSec: number;
}

function recordOf(found: CapacityFound, searched: Searched): CapacityRecord {
  const { request, system, runs, startedAt, confirmSec } = searched;
  const { test, minutes, seed } = request;
  const { end, trials, range, confirmation, recovery } = found;
  const [broken] = end.estimate === undefined ? [] : firstBroken(trials, end.estimate.perSec);
  const folder = broken === undefined ? undefined : runs.folderOf(broken);
  return buildCapacityRecord(end, test.clauses, {
    test: { name: basename(test.file), file: test.file },
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    seed,
    replay: replayOf(request),
    environment: machineHere(),
    system: { kind: system.subject.kind, spec: system.subject.spec, label: system.label },
    plan: { minutes, warmUpSec: runs.warmUpSec, holdSec: runs.holdSec, confirmSec },
    trials: [...trials],
    ...(range === undefined ? {} : { range: { fromPerSec: range.fromPerSec, toPerSec: range.toPerSec } }),
    ...(folder === undefined ? {} : { limitedBy: limitOfRun(folder) }),
    ...(confirmation === undefined ? {} : { confirmation: { ...confirmation } }),
    ...(recovery === undefined ? {} : { recovery: recoveryOf(recovery) }),
  });
}

function recoveryOf({
  ratePerSec,
  afterSec,
  watchedSec,
}: NonNullable<CapacityFound['recovery']>): NonNullable<CapacityRecord['recovery']> {
  return { ratePerSec, watchedSec, ...(afterSec === undefined ? {} : { afterSec }) };
}

function replayOf({ test, until, system, ready, minutes, from, to, phase, seed }: CapacityRequest): string {
  return [
    `npx proving-ground capacity ${shellWord(test.file)} --until ${shellWord(until)}`,
    `--${system.kind === 'url' ? 'url' : 'start'} ${shellWord(system.spec)}`,
    ...(ready === undefined ? [] : [`--ready ${shellWord(ready)}`]),
    ...(test.environment === undefined ? [] : [`--environment ${shellWord(test.environment)}`]),
    ...(phase === undefined ? [] : [`--phase ${shellWord(phase)}`]),
    ...(from === undefined ? [] : [`--from ${from}`]),
    ...(to === undefined ? [] : [`--to ${to}`]),
    `--minutes ${minutes} --seed ${shellWord(seed)}`,
  ].join(' ');
}

function save({ test, output }: CapacityRequest, record: CapacityRecord, startedAt: Date): CapacityRecord {
  const name = `${basename(test.file).replace(/\.[^.]+$/, '')}-capacity`;
  const folder = output ?? createRunFolder('reports', startedAt, name);
  writeCapacity(folder, record);
  say(`Wrote ${folder} (report.html, summary.md, capacity.json, junit.xml)`);
  return record;
}

function say(line: string): void {
  console.error(line);
}
