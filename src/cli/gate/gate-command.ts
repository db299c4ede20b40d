import { randomInt } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { systemErrorCode, UserFault } from '../../errors.ts';
import {
  buildGateRecord,
  DEFAULT_POLICY,
  type GatePolicy,
  type GateRecord,
  judgeGate,
  parseGateRecord,
} from '../../gate/regression/index.ts';
import { GATE_FILE, gateText, writeGate } from '../../report/gate/index.ts';
import { styleFor, textWidth } from '../../report/index.ts';
import { parseSubject } from '../system/subject.ts';
import { type BlockTest, readBlockTest } from './block-test.ts';
import { givenMargin } from './margins.ts';
import { DEFAULT_MINUTES, runGate } from './run-gate.ts';

const HELP = `
What can be compared:
  http://127.0.0.1:3000       a system that runs already
  "node server.js"            a command; each block starts it afresh, with a free port in PORT
  main, HEAD~1                a version of this repository; it is checked out, installed and started
  A prefix settles doubts: url:…, command:…, ref:…

Exit codes: 0 unchanged or improved, 3 regressed, 5 inconclusive, 2 the command or the test cannot be used.

Examples:
  npx proving-ground gate artillery/gate.yml --baseline main --candidate HEAD
  npx proving-ground gate artillery/smoke.yml --baseline http://127.0.0.1:3000 --candidate http://127.0.0.1:3001
  npx proving-ground gate artillery/gate.yml --baseline "node old/server.js" --candidate "node server.js" --minutes 20
  npx proving-ground gate --rejudge reports/latest-gate`;

interface Options {
  readonly baseline?: string;
  readonly candidate?: string;
  readonly environment?: string;
  readonly minutes?: string;
  readonly pairs?: string;
  readonly block?: string;
  readonly warmUp?: string;
  readonly margin?: readonly string[];
  readonly seed?: string;
  readonly start?: string;
  readonly ready?: string;
  readonly output?: string;
  readonly rejudge?: string;
  readonly keepBlocks?: true;
  readonly format: 'text' | 'json';
}

/** `proving-ground gate <test>`: whether one version is slower than another. */
export function gateCommand(): Command {
  return new Command('gate')
    .description('Measure two versions in turns, and say whether one is slower')
    .argument('[test]', 'test file, for example artillery/gate.yml')
    .option('-b, --baseline <what>', 'what it is compared with')
    .option('-c, --candidate <what>', 'what may have become slower')
    .option('-e, --environment <name>', 'one of the environments of the test')
    .option('--minutes <number>', `how long it may take (${DEFAULT_MINUTES})`)
    .option('--pairs <number>', 'end after so many pairs (6 to 24), whatever time is left')
    .option('--block <seconds>', 'how long each block measures (10)')
    .option('--warm-up <seconds>', 'load before each block that is not counted (3)')
    .option('--margin <sentence>', 'how much worse is too much, over those of the test; may be repeated', collect)
    .option('--seed <text>', 'the same order, arrivals and data again')
    .option('--start <command>', 'how versions of this repository are started')
    .option('--ready <path>', 'path that answers with success once the system can be loaded')
    .option('-o, --output <folder>', 'where the result goes (a new folder in reports)')
    .option('--keep-blocks', 'keep the run of every block, in blocks/ of that folder')
    .option('--rejudge <folder>', 'judge a comparison again, by the margins of the test if one is named')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', HELP)
    .exitOverride()
    .action(async (file: string | undefined, options: Options) => {
      const record =
        options.rejudge === undefined ? await measured(file, options) : rejudged(options.rejudge, file, options);
      print(record, options.format);
      process.exitCode = record.exitCode;
    });
}

async function measured(file: string | undefined, options: Options): Promise<GateRecord> {
  const [baseline, candidate] = [required(options.baseline, '--baseline'), required(options.candidate, '--candidate')];
  if (file === undefined) {
    throw new UserFault('option-value', 'no test is named', {
      hint: 'Name one: npx proving-ground gate artillery/gate.yml …',
    });
  }
  const test = readBlockTest(file, {
    environment: options.environment,
    blockSec: wholeNumber(options.block, '--block', 1, 600),
    warmUpSec: wholeNumber(options.warmUp, '--warm-up', 0, 600),
  });
  return runGate({
    test,
    baseline: parseSubject(baseline, '--baseline'),
    candidate: parseSubject(candidate, '--candidate'),
    minutes: minutesOf(options.minutes) ?? test.options.minutes ?? DEFAULT_MINUTES,
    mostPairs: wholeNumber(options.pairs, '--pairs', 6, 24),
    seed: options.seed ?? String(randomInt(1, 1_000_000)),
    start: options.start,
    ready: options.ready,
    output: options.output,
    keepsBlocks: options.keepBlocks === true,
    policy: policyOf(test, options.margin),
  });
}

/** What holds unless the test says otherwise, and what the test says. */
function policyOf({ margins, options, requests }: BlockTest, sentences: readonly string[] = []): GatePolicy {
  const own = sentences.map((text) => givenMargin(text, requests));
  return {
    ...DEFAULT_POLICY,
    // The last one that fits counts.
    margins: [...DEFAULT_POLICY.margins, ...margins.map(({ rule }) => rule), ...own],
    maxLatenessP99Ms: options.maxLateness ?? DEFAULT_POLICY.maxLatenessP99Ms,
  };
}

function collect(sentence: string, before: readonly string[] = []): string[] {
  return [...before, sentence];
}

/** The same pairs, by the margins of a test or those that they were judged by. Nothing is measured. */
function rejudged(path: string, file: string | undefined, options: Options): GateRecord {
  const { folder, record } = readGate(path);
  const { policy: before, ...rest } = record;
  const test =
    file === undefined
      ? undefined
      : readBlockTest(file, { environment: options.environment, blockSec: undefined, warmUpSec: undefined });
  const policy = test === undefined ? before : policyOf(test, options.margin);
  const seed = options.seed ?? record.seed;
  const step = judgeGate({ pairs: record.pairs, policy, seed, isOutOfTime: true });
  const again = buildGateRecord(step, { ...rest, seed, policy });
  writeGate(options.output ?? folder, again);
  return again;
}

function readGate(path: string): { readonly folder: string; readonly record: GateRecord } {
  try {
    const isFolder = statSync(path).isDirectory();
    const record = parseGateRecord(JSON.parse(readFileSync(isFolder ? join(path, GATE_FILE) : path, 'utf8')));
    return { folder: isFolder ? path : join(path, '..'), record };
  } catch (cause) {
    const code = systemErrorCode(cause);
    const what = code === undefined ? 'is no comparison of this version' : `cannot be read: ${code}`;
    throw new UserFault('gate-unreadable', `${path} ${what}`, {
      hint: `Give the folder of a comparison, for example reports/latest-gate; it holds ${GATE_FILE}.`,
      cause,
    });
  }
}

function print(record: GateRecord, format: Options['format']): void {
  if (format === 'json') {
    console.log(JSON.stringify(record, null, 2));
    return;
  }
  console.log(
    `\n${gateText(record, { style: styleFor(process.stdout, process.env), width: textWidth(process.stdout) })}`,
  );
}

function required(value: string | undefined, option: string): string {
  if (value !== undefined) return value;
  throw new UserFault('option-value', `${option} is missing`, {
    hint: 'Name what is to be compared: a URL, a command in quotes, or a git ref such as main. See --help.',
  });
}

function wholeNumber(text: string | undefined, option: string, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UserFault('option-value', `${option} is ${JSON.stringify(text)}`, {
    hint: `Allowed is a whole number from ${least} to ${most}.`,
  });
}

function minutesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value >= 1 && value <= 600) return value;
  throw new UserFault('option-value', `--minutes is ${JSON.stringify(text)}`, {
    hint: 'Allowed is a number from 1 to 600.',
  });
}
