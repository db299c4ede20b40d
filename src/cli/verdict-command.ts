import { relative } from 'node:path';
import { Command, Option } from 'commander';
import { UserFault } from '../errors.ts';
import { judgeRun, type LocateRule, type Rule, rulesOfTest } from '../gate/index.ts';
import { metricsOfRecord, type RunRecord, readRun } from '../record/index.ts';
import { runSummary, styleFor } from '../report/index.ts';
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
      const record = judgeAgain(readRun(path), options.test);
      print(record, path, options.format);
      process.exitCode = record.verdict.exitCode;
    });
}

/** The record with a new verdict; what was measured, and what went wrong beside the rules, stays as it was. */
export function judgeAgain(record: RunRecord, testFile: string | undefined): RunRecord {
  const rules = testFile === undefined ? rulesOfRecord(record) : rulesOfFile(testFile);
  const facts = { ending: record.ending, metrics: metricsOfRecord(record) };
  return { ...record, verdict: judgeRun(rules, facts, record.metrics.extra) };
}

function rulesOfRecord(record: RunRecord): Rule[] {
  const { file } = record.test;
  return rulesOfTest(record.configuration, positionsOf(file));
}

function rulesOfFile(path: string): Rule[] {
  const file = readTestFile(path);
  const { content } = file;
  const config = isRecord(content) ? content.config : undefined;
  if (!isRecord(config)) {
    throw new UserFault('ensure-shape', `${path} has no config`, {
      hint: 'Give a test file with config.ensure in it.',
    });
  }
  const rules = rulesOfTest(config, (at) => file.position(at));
  if (rules.length > 0) return rules;
  throw new UserFault('ensure-shape', `${path} has no rules`, {
    hint: 'Rules stand in config.ensure: thresholds, conditions, maxErrorRate.',
  });
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
  const style = styleFor(process.stdout, process.env);
  const width = Math.max(60, process.stdout.columns ?? 80);
  console.log(runSummary(record, { style, width, folder: relative(process.cwd(), path) }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
