import { randomInt } from 'node:crypto';
import { describeFault, exitCodeOfFault } from 'proving-ground/errors.ts';
import { styleFor, textWidth } from 'proving-ground/report/index.ts';
import { planBrief } from 'proving-ground/report/plan/index.ts';
import { createTargetPolicy, readTargets } from 'proving-ground/workload/index.ts';
import type { Plan } from 'proving-ground/workload/plan/index.ts';
import { turnsIn } from 'proving-ground/workload/schedule/index.ts';
import type { ArtilleryGlobal, PluginEvents, Script } from './artillery.ts';
import { guardBeforeAndAfter } from './before-and-after.ts';
import type { FixedDetails } from './conclusion.ts';
import { loadEarly } from './generator/load-early.ts';
import { keepPausesShort } from './generator/short-pauses.ts';
import { clearTerminal } from './live/live-output.ts';
import { type OutputMode, outputMode } from './live/output-mode.ts';
import { type PreparedTest, prepareTest } from './prepare.ts';
import { redactOutput } from './redacted-output.ts';
import { refuseFaultyTest } from './refuse-faulty-test.ts';
import { configurationOf, environmentOf, replayCommand, testOf } from './run-facts.ts';
import { RunWatch, wantsStack } from './run-watch.ts';
import { learnSharedSecrets } from './secret-variables.ts';
import { learnSecrets } from './secrets.ts';

/** The plugin in the main process: refuses a broken test, records the run, and gives the verdict at its end. */
export function setUpMainProcess(artillery: ArtilleryGlobal, script: Script, events: PluginEvents): void {
  const enforced = process.env.ARTILLERY_DISABLE_ENSURE === undefined;
  // Before the first word that is printed: a faulty line is quoted, and may hold a secret.
  learnSecrets(script, process.argv);
  learnSharedSecrets(artillery.testRunId);
  redactOutput();
  const test = orExit(() => {
    refuseFaultyTest(script, artillery.testInfo?.flags ?? {});
    const prepared = prepareTest(script, enforced);
    guardHooks(artillery, script);
    return prepared;
  });
  const mode = orExit(() => modeOf(artillery, test));
  takeOverFromArtillery();
  keepPausesShort();
  loadEarly();
  const details = fixedDetails(artillery, script);
  clearTerminal(mode);
  printPlan(test.plan);
  console.log(`Seed ${details.seed} (the same run again: ${details.replay})`);
  if (!enforced) console.log('ARTILLERY_DISABLE_ENSURE is set: rules are shown and do not change the verdict.');
  new RunWatch(artillery, test, details, mode).subscribe(events);
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

function modeOf({ testInfo }: ArtilleryGlobal, { options }: PreparedTest): OutputMode {
  const isQuiet = testInfo?.flags.quiet === true;
  return outputMode({ option: options.output, isQuiet, stream: process.stdout, env: process.env });
}

function guardHooks(artillery: ArtilleryGlobal, script: Script): void {
  if (script.before === undefined && script.after === undefined) return;
  const targets = readTargets(script._scriptPath ?? '');
  guardBeforeAndAfter(artillery, script, createTargetPolicy(targets, process.env.CONFIRM_PRODUCTION));
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
  const turns = turnsIn(process.env);
  return {
    test: testOf(script),
    startedAt: new Date().toISOString(),
    seed,
    replay: replayCommand(seed, process.argv.slice(2)),
    environment: environmentOf(artillery.version),
    configuration: configurationOf(script),
    ...(turns === undefined ? {} : { turns: { turnMs: turns.turnMs, restMs: turns.restMs } }),
  };
}

function printPlan(plan: Plan): void {
  const style = styleFor(process.stdout, process.env);
  console.log(`${planBrief(plan, { style, width: textWidth(process.stdout) })}\n`);
}
