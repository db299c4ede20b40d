import { basename, join } from 'node:path';
import { UserFault } from '../../errors.ts';
import {
  buildGateRecord,
  type GateDetails,
  type GatePolicy,
  type GateRecord,
  type PlannedPair,
  type Side,
} from '../../gate/regression/index.ts';
import { createRunFolder, machineHere } from '../../record/index.ts';
import { writeGate } from '../../report/gate/index.ts';
import { standardError } from '../display.ts';
import { type Interrupt, listenForSignals } from '../interrupt.ts';
import { shellWord as quoted } from '../shell-word.ts';
import { removeLeftovers } from '../system/checked-out-ref.ts';
import { DEFAULT_START, type OpenOptions, type OpenSystem, openSystem } from '../system/open-system.ts';
import type { Subject } from '../system/subject.ts';
import type { BlockTest } from './block-test.ts';
import { showProgress } from './gate-display.ts';
import { measurePair } from './measure-pair.ts';
import { type PairsRun, runPairs } from './run-pairs.ts';

/** A comparison that was asked for. */
export interface GateRequest {
  readonly test: BlockTest;
  readonly baseline: Subject;
  readonly candidate: Subject;
  readonly minutes: number;
  /** undefined: as many as the looks want. */
  readonly mostPairs: number | undefined;
  readonly seed: string;
  /** Over what the test says; undefined: as the test says. */
  readonly start: string | undefined;
  readonly ready: string | undefined;
  /** undefined: a new folder in `reports`. */
  readonly output: string | undefined;
  readonly keepsBlocks: boolean;
  readonly policy: GatePolicy;
}

/** How long a comparison may take unless somebody says otherwise. */
export const DEFAULT_MINUTES = 10;

const START_TIMEOUT_SEC = 120;

/**
 * Measures pairs until there is an answer, and writes it down; also when a signal ends it, with the pairs that were whole by then.
 *
 * @throws UserFault when a side or a block cannot be run, and `interrupted` or `terminated` when a signal comes before the first block.
 */
export async function runGate(request: GateRequest): Promise<GateRecord> {
  removeLeftovers();
  const interrupt = listenForSignals(() => say('\nInterrupted: judging what was measured'));
  try {
    return await compareSides(request, interrupt);
  } catch (thrown) {
    if (thrown !== interrupt.signal.reason) throw thrown;
    throw new UserFault(interrupt.by() === 'SIGTERM' ? 'terminated' : 'interrupted', 'nothing was measured yet');
  } finally {
    interrupt.end();
  }
}

async function compareSides(request: GateRequest, interrupt: Interrupt): Promise<GateRecord> {
  const { test, seed, minutes } = request;
  const startedAt = new Date();
  const sides = await openSides(request, interrupt.signal);
  try {
    say(
      `Comparing ${sides.baseline.label} (baseline) with ${sides.candidate.label} (candidate), at most ${minutes} min, seed ${seed}`,
    );
    await tryBoth(sides, interrupt.signal);
    const folder =
      request.output ?? createRunFolder('reports', startedAt, `${basename(test.file).replace(/\.[^.]+$/, '')}-gate`);
    const { pairs, step } = await measurePairs(request, sides, folder, interrupt.signal);
    const interruptedBy = interrupt.by();
    const details = { ...detailsOf(request, sides, startedAt), pairs: pairs as GateDetails['pairs'] };
    const record = buildGateRecord(step, { ...details, ...(interruptedBy === undefined ? {} : { interruptedBy }) });
    writeGate(folder, record);
    say(`Wrote ${folder} (report.html, summary.md, gate.json, junit.xml)`);
    return record;
  } finally {
    for (const side of Object.values(sides)) side.close();
  }
}

function measurePairs(
  { test, seed, minutes, policy, mostPairs, keepsBlocks }: GateRequest,
  sides: Record<Side, OpenSystem>,
  folder: string,
  signal: AbortSignal,
): Promise<PairsRun> {
  const keepIn = ({ pair }: PlannedPair): ((side: Side) => string) | undefined =>
    keepsBlocks ? (side) => join(folder, 'blocks', `${pair + 1}-${side}`) : undefined;
  return runPairs({
    policy,
    seed,
    budgetMs: minutes * 60_000,
    mostPairs: mostPairs ?? Infinity,
    measure: (plan) => measurePair({ test, sides, plan, keepIn: keepIn(plan), signal }),
    onEvent: showProgress(standardError(), policy, minutes, Date.now),
    now: Date.now,
    signal,
  });
}

async function openSides(
  { test, baseline, candidate, start, ready }: GateRequest,
  signal: AbortSignal,
): Promise<Record<Side, OpenSystem>> {
  const { PLATFORM_DATA: named } = process.env;
  // Both are up at the same time.
  const optionsOf = (side: Side): OpenOptions => ({
    data: named === undefined ? undefined : join(named, side),
    test: test.file,
    start: start ?? test.options.start ?? DEFAULT_START,
    ready: ready ?? test.options.ready,
    timeoutSec: test.options.startTimeout ?? START_TIMEOUT_SEC,
    env: test.env,
    say,
    signal,
  });
  const first = await openSystem(baseline, optionsOf('baseline'));
  try {
    return { baseline: first, candidate: await openSystem(candidate, optionsOf('candidate')) };
  } catch (thrown) {
    first.close();
    throw thrown;
  }
}

/** Before any time is counted: a first start may fill a database, and one that cannot start at all is told at once. */
async function tryBoth(sides: Record<Side, OpenSystem>, signal: AbortSignal): Promise<void> {
  for (const [name, side] of Object.entries(sides)) {
    say(side.subject.kind === 'url' ? `Looking whether the ${name} answers` : `Trying to start the ${name}`);
    await side.check(signal);
  }
}

function detailsOf(request: GateRequest, sides: Record<Side, OpenSystem>, startedAt: Date): Omit<GateDetails, 'pairs'> {
  const { test, policy, seed, minutes } = request;
  return {
    test: { name: basename(test.file), file: test.file },
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    seed,
    replay: replayOf(request, sides),
    environment: machineHere(),
    baseline: subjectOf(sides.baseline),
    candidate: subjectOf(sides.candidate),
    policy,
    plan: { blockSec: test.plan.durationSec, warmUpSec: test.plan.warmUpSec, looks: [...policy.looks], minutes },
    marginPositions: test.margins.flatMap(({ rule, position }) =>
      position === undefined
        ? []
        : [{ ...(rule.target === undefined ? {} : { target: { ...rule.target } }), metric: rule.metric, position }],
    ),
  };
}

function subjectOf({ subject, label, commit }: OpenSystem): GateRecord['baseline'] {
  return { kind: subject.kind, spec: subject.spec, label, ...(commit === undefined ? {} : { commit }) };
}

/** A ref may move; the commit does not. */
function replayOf(
  { test, seed, minutes, mostPairs, start, ready }: GateRequest,
  sides: Record<Side, OpenSystem>,
): string {
  const what = ({ subject, commit }: OpenSystem): string => quoted(`${subject.kind}:${commit ?? subject.spec}`);
  return [
    `npx proving-ground gate ${quoted(test.file)}`,
    `--baseline ${what(sides.baseline)} --candidate ${what(sides.candidate)}`,
    ...(test.environment === undefined ? [] : [`--environment ${quoted(test.environment)}`]),
    ...(start === undefined ? [] : [`--start ${quoted(start)}`]),
    ...(ready === undefined ? [] : [`--ready ${quoted(ready)}`]),
    `--block ${test.plan.durationSec} --warm-up ${test.plan.warmUpSec} --minutes ${minutes}${mostPairs === undefined ? '' : ` --pairs ${mostPairs}`} --seed ${quoted(seed)}`,
  ].join(' ');
}

function say(line: string): void {
  console.error(line);
}
