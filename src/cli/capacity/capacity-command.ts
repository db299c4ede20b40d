import { randomInt } from 'node:crypto';
import { Command, Option } from 'commander';
import { UserFault } from '../../errors.ts';
import type { CapacityRecord } from '../../gate/capacity/index.ts';
import { capacityText } from '../../report/capacity/index.ts';
import { styleFor, textWidth } from '../../report/index.ts';
import { addressOf, createTargetPolicy, readTargets } from '../../workload/index.ts';
import { parseSubject, type Subject } from '../system/subject.ts';
import { type CapacityTest, readCapacityTest } from './capacity-test.ts';
import { runCapacity } from './run-capacity.ts';

const HELP = `
The objective is one or more sentences about requests, joined by "and": quantiles, mean, max and error rate, of all requests
or of one endpoint. docs/capacity.md says how a rate is judged, and how near the answer comes.

Exit codes: 0 found and confirmed, 4 not valid (the generator was the bottleneck), 5 inconclusive, 2 the command or the test
cannot be used, 130 interrupted (what was measured is written down).

Examples:
  npx proving-ground capacity artillery/peak.yml --until 'p95 of "Search" < 300 ms and error rate < 1 %'
  npx proving-ground capacity artillery/peak.yml --until 'p99 < 1 s' --phase "Analytics spike" --minutes 15
  npx proving-ground capacity my-test.yml --until 'p95 < 200 ms' --start "node server.js" --ready /health`;

interface Options {
  readonly until: string;
  readonly url?: string;
  readonly start?: string;
  readonly ready?: string;
  readonly environment?: string;
  readonly phase?: string;
  readonly minutes?: string;
  readonly from?: string;
  readonly to?: string;
  readonly seed?: string;
  readonly output?: string;
  readonly format: 'text' | 'json';
}

/** `proving-ground capacity <test>`: the highest arrival rate at which the objective holds. */
export function capacityCommand(): Command {
  return new Command('capacity')
    .description('Search for the highest arrival rate that a system sustains, and say what gives way first')
    .argument('<test>', 'test file, for example artillery/peak.yml')
    .requiredOption('-u, --until <sentences>', 'what has to hold, for example \'p95 of "Search" < 300 ms\'')
    .option('--url <url>', 'a system that runs already (the target of the test)')
    .option('--start <command>', 'a command that starts the system, with a free port in PORT')
    .option('--ready <path>', 'path that answers with success once the system can be loaded')
    .option('-e, --environment <name>', 'one of the environments of the test')
    .option('--phase <name>', 'the phase whose mix of journeys is used (the first one)')
    .option('--minutes <number>', 'how long it may take (6)')
    .option('--from <rate>', 'new users per second that are surely sustained (a probe finds out)')
    .option('--to <rate>', 'the highest rate that may be tried (a probe finds out)')
    .option('--seed <text>', 'the same rates, arrivals and data again')
    .option('-o, --output <folder>', 'where the result goes (a new folder in reports)')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', HELP)
    .exitOverride()
    .action(async (file: string, options: Options) => {
      const record = await searched(file, options);
      print(record, options.format);
      process.exitCode = record.exitCode;
    });
}

async function searched(file: string, options: Options): Promise<CapacityRecord> {
  const { until, environment, phase, ready, output } = options;
  const test = readCapacityTest(file, { until, environment, phase });
  const [from, to] = [numberOf(options.from, '--from', 0.01), numberOf(options.to, '--to', 0.01)];
  if (from !== undefined && to !== undefined && from >= to) {
    throw new UserFault('option-value', `--from ${from} is not below --to ${to}`, { hint: 'Swap them.' });
  }
  return runCapacity({
    ...{ test, until, ready, phase, output, from, to },
    system: await systemOf(test, options),
    minutes: numberOf(options.minutes, '--minutes', 2, 600) ?? test.options.minutes ?? 6,
    seed: options.seed ?? String(randomInt(1, 1_000_000)),
  });
}

/** What was named, else whatever answers at the target of the test, else what the test says how to start. */
async function systemOf(test: CapacityTest, { url, start }: Options): Promise<Subject> {
  if (url !== undefined && start !== undefined) {
    throw new UserFault('option-value', '--url and --start exclude each other', { hint: 'Leave one of them out.' });
  }
  if (url !== undefined) return parseSubject(`url:${url}`, '--url');
  if (start !== undefined) return parseSubject(`command:${start}`, '--start');
  const { target } = test;
  if (target !== undefined && (test.start === undefined || (await answers(test.file, target)))) {
    return parseSubject(`url:${target}`, 'config.target');
  }
  if (test.start !== undefined) return parseSubject(`command:${test.start}`, '--start');
  throw new UserFault('option-value', `${test.file} has no target`, { hint: 'Name one with --url or --start.' });
}

/** Nobody is asked whom no load may go to: that is refused later on, with its reason. */
async function answers(file: string, target: string): Promise<boolean> {
  const address = addressOf(target);
  const policy = createTargetPolicy(readTargets(file), process.env.CONFIRM_PRODUCTION);
  if (address === undefined || !policy(address).allowed) return true;
  try {
    const response = await fetch(target, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function numberOf(text: string | undefined, option: string, least: number, most = 1_000_000): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new UserFault('option-value', `${option} is ${JSON.stringify(text)}`, {
    hint: `Allowed is a number from ${least} to ${most}.`,
  });
}

function print(record: CapacityRecord, format: Options['format']): void {
  const options = { style: styleFor(process.stdout, process.env), width: textWidth(process.stdout) };
  console.log(format === 'json' ? JSON.stringify(record, null, 2) : `\n${capacityText(record, options)}`);
}
