import { relative } from 'node:path';
import { describeFault } from 'proving-ground/errors.ts';
import { EXIT_CODES } from 'proving-ground/exit-codes.ts';
import { answerWhatToWatch } from 'proving-ground/record/system/index.ts';
import { readTestFile } from 'proving-ground/workload/index.ts';
import { isTargetOf } from './address.ts';
import type { ArtilleryGlobal, Script } from './artillery.ts';
import { type Keeper, keepPlatform } from './keeper.ts';
import { type Locate, type Options, parseOptions } from './options.ts';
import type { Program } from './platform-process.ts';
import { describeUnexpectedEnd, reportOutcome } from './report-outcome.ts';
import { environmentOf, whatToWatch } from './what-to-watch.ts';

/** The verdict plugin listens to this: the run cannot be trusted. `{source, message}`. */
const FAULT_EVENT = 'proving-ground:fault';
const STOP_GRACE_MS = 10_000;

/**
 * Makes sure that a test which targets the reference platform has one; ends the process when it cannot have one.
 *
 * @returns stops the platform at the end of the run.
 */
export function setUpReferencePlatform(
  artillery: ArtilleryGlobal,
  script: Script,
  program: Program,
): () => Promise<void> {
  const options = readOptions(script);
  if (!isTargetOf(script.config.target, options.address)) return async () => undefined;
  const keeper = keepPlatform(
    { program, address: options.address, env: options.env, startTimeoutMs: options.startTimeoutSeconds * 1000 },
    {
      onLine: (line) => print(artillery, line),
      onUnexpectedEnd: ({ how }, lastLine) => failRun(artillery, describeUnexpectedEnd(how, lastLine)),
    },
  );
  const report = reportOutcome(keeper.outcome, options, process.env);
  console.error(report.text);
  if (report.kind === 'refused') process.exit(report.exitCode);
  process.on('exit', () => keeper.abandon());
  offerToWatch(artillery, keeper, options);
  return () => stop(artillery, keeper);
}

/** The verdict plugin asks when the load begins. */
function offerToWatch(artillery: ArtilleryGlobal, { outcome }: Keeper, { address, env }: Options): void {
  if (outcome.kind !== 'started' && outcome.kind !== 'joined') return;
  const { pid } = outcome;
  answerWhatToWatch(artillery.globalEvents, () =>
    whatToWatch({ origin: address.origin, pid, env: environmentOf(pid, { ...process.env, ...env }) }),
  );
}

function readOptions(script: Script): Options {
  const options = parseOptions(script.config.plugins?.['reference-platform'], locatorOf(script));
  if ('address' in options) return options;
  for (const fault of options) console.error(describeFault(fault, false));
  process.exit(EXIT_CODES.configuration);
}

/** Artillery keeps no positions. A test written in TypeScript has no YAML to point into. */
function locatorOf({ _scriptPath: path }: Script): Locate {
  if (path === undefined || !/\.(?:ya?ml|json)$/i.test(path)) return () => undefined;
  return (place) => {
    try {
      return readTestFile(relative(process.cwd(), path)).position(place);
    } catch {
      // Artillery's reader accepts a few files that ours does not; a fault without its place is better than none.
      return undefined;
    }
  };
}

function failRun(artillery: ArtilleryGlobal, message: string): void {
  print(artillery, `error: ${message}`);
  artillery.globalEvents.emit(FAULT_EVENT, { source: 'reference-platform', message });
  artillery.ext({
    // After every check has set its own code, of which the last one wins; and only in place of success.
    ext: 'onShutdown',
    method: async ({ exitCode }) => {
      if (!artillery.suggestedExitCode && !exitCode) artillery.suggestedExitCode = EXIT_CODES.failed;
    },
  });
}

async function stop(artillery: ArtilleryGlobal, keeper: Keeper): Promise<void> {
  const patience = setTimeout(() => print(artillery, 'Waiting for the reference platform to stop'), 2_000);
  const exit = await keeper.stop(STOP_GRACE_MS);
  clearTimeout(patience);
  if (exit?.how === 'signal SIGKILL')
    print(artillery, `The reference platform did not stop in ${STOP_GRACE_MS / 1000} s and was killed.`);
}

function print(artillery: ArtilleryGlobal, text: string): void {
  artillery.logger({ level: 'error' }).log(text);
}
