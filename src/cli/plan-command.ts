import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { extname } from 'node:path';
import { Command, Option } from 'commander';
import { systemErrorCode, UserFault } from '../errors.ts';
import { outputRedactor } from '../record/index.ts';
import { styleFor, textWidth } from '../report/index.ts';
import { planHtml, planJson, planSvg, planText } from '../report/plan/index.ts';
import { readTestFile, secretValues } from '../workload/index.ts';
import {
  defaultWorkers,
  type EffectiveTest,
  effectiveTest,
  type MeasuredRun,
  makePlan,
  type Plan,
  parseMs,
  valueAt,
} from '../workload/plan/index.ts';
import { foundBaseline, namedBaseline } from './plan-baseline.ts';

const EXAMPLES = `
Examples:
  npx proving-ground plan artillery/peak.yml
  npx proving-ground plan artillery/peak.yml --session-length "25 s"
  npx proving-ground plan artillery/peak.yml --baseline reports/latest --output plan.html
  npx proving-ground plan artillery/peak.yml --format json | jq .requests.expected`;

interface Options {
  readonly environment?: string;
  readonly target?: string;
  readonly sessionLength?: string;
  readonly responseTime?: string;
  readonly baseline?: string;
  readonly workers?: string;
  readonly output?: string;
  readonly format: 'text' | 'json';
  readonly json?: true;
}

const WRITERS: Readonly<Record<string, (plan: Plan) => string>> = { '.svg': planSvg, '.html': planHtml };

/** `proving-ground plan <test>`: what a test will do, before it runs. Nothing is sent anywhere. */
export function planCommand(): Command {
  return new Command('plan')
    .description('Show what a test will do before it runs: how long, how many users and requests, when')
    .argument('<test>', 'test file, for example artillery/peak.yml')
    .option('-e, --environment <name>', 'one of the environments of the test')
    .option('-t, --target <url>', 'as for artillery run')
    .option('--session-length <time>', 'how long a user stays: milliseconds, or words such as "25 s"')
    .option('--response-time <time>', 'assumed time of an answer (50 ms)')
    .option('--baseline <run>', 'a run to learn from; by default the last run of the same test, if there is one')
    .option('--workers <number>', 'how many workers Artillery uses (processors of this machine, less one)')
    .option('-o, --output <file>', 'write it as a drawing (plan.svg) or a page (plan.html) as well')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .option('--json', 'the same as --format json')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((file: string, options: Options) => {
      const write = writerFor(options.output);
      const plan = planOf(file, options);
      print(plan, options);
      write(plan);
    });
}

function planOf(file: string, options: Options): Plan {
  const { environment, target } = options;
  const test = effectiveTest(readTestFile(file), { environment, target, env: process.env });
  const plan = makePlan(test, {
    workers: wholeNumber(options.workers, '--workers') ?? defaultWorkers(cpus().length),
    sessionMs: time(options.sessionLength, '--session-length'),
    responseMs: time(options.responseTime, '--response-time'),
    measured: baselineFor(test, options.baseline),
    measuredIsWanted: options.baseline !== undefined,
  });
  outputRedactor.learn(secretsOf(test));
  return outputRedactor.texts(plan);
}

/** Names of requests and URLs may hold secrets, and a target a user and a password. */
function secretsOf({ file, config, scenarios, before, after }: EffectiveTest): string[] {
  const secrets = valueAt(config, 'plugins.verdict.secrets');
  const declared = Array.isArray(secrets) ? secrets.map(String) : [];
  return secretValues({ file, config, flows: [scenarios, before, after], declared, env: process.env });
}

function baselineFor(test: EffectiveTest, named: string | undefined): MeasuredRun | undefined {
  return named === undefined ? foundBaseline(reportsOf(test), test) : namedBaseline(named, test);
}

/** Where the verdict plugin of the test puts its runs. */
function reportsOf({ config }: EffectiveTest): string {
  const reports = valueAt(config, 'plugins.verdict.reports');
  return typeof reports === 'string' ? reports : 'reports';
}

function print(plan: Plan, options: Options): void {
  if (options.json === true || options.format === 'json') {
    console.log(planJson(plan));
    return;
  }
  const width = textWidth(process.stdout);
  console.log(planText(plan, { style: styleFor(process.stdout, process.env), width }));
}

/** @throws UserFault `option-value` before anything is computed. */
function writerFor(output: string | undefined): (plan: Plan) => void {
  if (output === undefined) return () => undefined;
  const form = WRITERS[extname(output).toLowerCase()];
  if (form === undefined) {
    throw new UserFault('option-value', `--output ${output} ends neither in .svg nor in .html`, {
      hint: 'A drawing is written to plan.svg, a page to plan.html. For JSON use --json > plan.json.',
    });
  }
  return (plan) => {
    try {
      writeFileSync(output, form(plan));
    } catch (cause) {
      const reason = systemErrorCode(cause) ?? 'unknown error';
      throw new UserFault('plan-unwritable', `${output} cannot be written (${reason})`, {
        hint: 'Give a file in a folder that exists and can be written.',
        cause,
      });
    }
    // Beside what is printed: with --json that is for machines.
    console.error(`Wrote ${output}`);
  };
}

function wholeNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1024) return value;
  throw new UserFault('option-value', `${option} is ${JSON.stringify(text)}; it must be a whole number from 1 to 1024`);
}

function time(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseMs(text.trim());
  if (ms !== undefined && ms >= 0) return ms;
  throw new UserFault('option-value', `${option} is ${JSON.stringify(text)}, which is no length of time`, {
    hint: 'Write milliseconds (1500), or a number and a unit: "500 ms", "25 s", "2 min".',
  });
}
