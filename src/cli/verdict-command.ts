import { dirname, join, relative } from 'node:path';
import { Command, Option } from 'commander';
import { UserFault } from '../errors.ts';
import {
  judgeRun,
  type LocateRule,
  phaseTimesOf,
  type RunRequests,
  readRules,
  replay,
  requestsOfRun,
  type TestRules,
} from '../gate/index.ts';
import { metricsOfSpan, type RunRecord, readRun } from '../record/index.ts';
import { readSamples } from '../record/samples/index.ts';
import { isCapable, runSummary, styleFor, textWidth } from '../report/index.ts';
import { readTestFile } from '../workload/index.ts';

const EXAMPLES = `
Examples:
  npx proving-ground verdict reports/latest
  npx proving-ground verdict reports/latest --test artillery/smoke.yml
  npx proving-ground verdict reports/latest --format json | jq .verdict.outcome`;

interface Options {
  readonly test?: string;
  readonly format: 'text' | 'json';
}

/** `proving-ground verdict <run>`: judges a recorded run once more; nothing is sent anywhere. */
export function verdictCommand(): Command {
  return new Command('verdict')
    .description('Judge a recorded run again, by the rules it had or by those of another test')
    .argument('<run>', 'folder of a run, for example reports/latest, or its run.json')
    .option('--test <file>', 'take the rules (config.ensure) of this test file')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((path: string, options: Options) => {
      const recorded = readRun(path);
      const record = judgeAgain(recorded, options.test, requestsIn(recorded, path));
      print(record, path, options.format);
      process.exitCode = record.verdict.exitCode;
    });
}

/**
 * The record with a new verdict; what was measured, and what went wrong beside the rules, stays as it was.
 *
 * @param requests its samples; without them sentences with `after` or `for` are judged by windows of ten seconds.
 */
export function judgeAgain(record: RunRecord, testFile: string | undefined, requests?: RunRequests): RunRecord {
  const { rules, thresholds } = testFile === undefined ? rulesOfRecord(record) : rulesOfFile(testFile);
  for (const tracker of thresholds) replay(record, tracker);
  const results = thresholds.map((tracker) => tracker.result(requests));
  const plannedUsers = record.phases.reduce((sum, phase) => sum + phase.plannedUsers, 0);
  const facts = {
    ending: record.ending,
    metrics: metricsOfSpan(record.metrics),
    plannedUsers,
    plannedRequestsPerUser: record.plannedRequestsPerUser,
    validity: record.validity,
  };
  return { ...record, verdict: judgeRun(rules, results, facts, record.metrics.extra) };
}

/** Its samples, from the file beside its `run.json`. */
function requestsIn(record: RunRecord, path: string): RunRequests | undefined {
  if (record.samples === undefined) return undefined;
  const folder = path.endsWith('.json') ? dirname(path) : path;
  const columns = ['due', 'lastByte', 'status', 'error', 'phase', 'endpoint'] as const;
  const samples = readSamples(join(folder, record.samples.file), columns, record.samples.count);
  return requestsOfRun(samples, phaseTimesOf(record), record.metrics.counters);
}

function rulesOfRecord(record: RunRecord): TestRules {
  return readRules(record.configuration, positionsOf(record.test.file));
}

function rulesOfFile(path: string): TestRules {
  const file = readTestFile(path);
  const config = isRecord(file.content) ? file.content.config : undefined;
  if (isRecord(config)) return readRules(config, (at) => file.position(at));
  throw new UserFault('ensure-shape', `${path} has no config`, { hint: 'Give a test file: config, scenarios.' });
}

/** The test may have changed or gone since; then its rules have no place to point to. */
function positionsOf(path: string): LocateRule {
  try {
    const file = readTestFile(path);
    return (at) => file.position(at);
  } catch {
    return () => undefined;
  }
}

function print(record: RunRecord, path: string, format: Options['format']): void {
  if (format === 'json') {
    console.log(JSON.stringify(record, null, 2));
    return;
  }
  const { stdout, env } = process;
  const folder = relative(process.cwd(), path.endsWith('.json') ? dirname(path) : path) || '.';
  const options = { style: styleFor(stdout, env), width: textWidth(stdout), wraps: isCapable(stdout, env), folder };
  console.log(runSummary(record, options));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
