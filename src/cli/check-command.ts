import { dirname, join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { UserFault } from '../errors.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { styleFor } from '../report/index.ts';
import { readTargets } from '../workload/index.ts';
import { checkWithoutSecrets } from './check/check-without-secrets.ts';
import { formatGithub } from './check/github-format.ts';
import { formatJson } from './check/json-format.ts';
import { checkRules } from './check/rule-check.ts';
import { formatSarif } from './check/sarif-format.ts';
import { type FileReport, formatText } from './check/text-format.ts';

const EXAMPLES = `
Examples:
  npx proving-ground check artillery/*.yml
  npx proving-ground check artillery/peak.yml -e staging
  npx proving-ground check artillery/*.yml --format sarif > check.sarif

Exit codes:
  ${EXIT_CODES.passed}    nothing is wrong; warnings alone do not count, unless --strict is given
  ${EXIT_CODES.configuration}    something is wrong; docs/faults.md explains every fault`;

interface Options {
  readonly environment?: string;
  readonly target?: string;
  readonly config?: string;
  /** Their names. */
  readonly variables?: readonly string[];
  readonly format: 'text' | 'json' | 'sarif' | 'github';
  readonly strict?: boolean;
}

/** `proving-ground check <files…>`: finds what is wrong with tests; nothing is run and nothing is sent. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Find everything that is wrong with tests, before they run; nothing is sent anywhere')
    .argument('<files...>', 'tests, and journeys that tests include')
    .option('-e, --environment <name>', 'check the test as it runs with this environment (default: with each of them)')
    .option('-t, --target <url>', 'the target that the run will be given')
    .option('-c, --config <file>', 'a file with config that the run will be given')
    .option('-v, --variables <json>', 'the variables that the run will be given, as a JSON object', variableNames)
    .addOption(
      new Option('--format <format>', 'what to print').choices(['text', 'json', 'sarif', 'github']).default('text'),
    )
    .option('--strict', 'let warnings fail the check too')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((paths: string[], options: Options) => {
      const { files, refused } = checkFiles(paths, options);
      if (files.length > 0) console.log(format(files, options.format));
      if (refused !== undefined) throw refused;
      process.exitCode = isClean(files, options.strict === true) ? EXIT_CODES.passed : EXIT_CODES.configuration;
    });
}

/** Among the tests there may be the list of targets, which has its own reader and its own faults. */
function checkFiles(
  paths: readonly string[],
  options: Options,
): { readonly files: readonly FileReport[]; readonly refused: unknown } {
  let refused: unknown;
  const files = paths.flatMap((path) => {
    try {
      return [checkFile(path, options)];
    } catch (thrown) {
      if (!(thrown instanceof UserFault)) throw thrown;
      refused ??= thrown;
      return [];
    }
  });
  return { files, refused };
}

function checkFile(path: string, { environment, target, config, variables }: Options): FileReport {
  const checked = checkWithoutSecrets(path, {
    environment,
    target,
    configFile: config,
    variables,
    rules: checkRules,
  });
  if (checked.kind === 'targets') readTargets(join(dirname(resolve(path)), 'any test'));
  return { path: relative(process.cwd(), path) || path, ...checked };
}

function variableNames(json: string): string[] {
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return Object.keys(parsed);
  } catch {
    // Said below, together with JSON that is no object.
  }
  throw new InvalidArgumentError(`It must be a JSON object, for example '{"size": 3}'.`);
}

function isClean(files: readonly FileReport[], strict: boolean): boolean {
  return files.every(({ findings }) => findings.every(({ severity }) => severity === 'warning' && !strict));
}

function format(files: readonly FileReport[], kind: Options['format']): string {
  const findings = files.flatMap((file) => file.findings);
  switch (kind) {
    case 'json':
      return formatJson(files);
    case 'sarif':
      return formatSarif(files);
    case 'github':
      return formatGithub(findings);
    case 'text': {
      const layout = {
        style: styleFor(process.stdout, process.env),
        width: Math.max(60, process.stdout.columns ?? 100),
      };
      const annotations = process.env.GITHUB_ACTIONS === 'true' ? formatGithub(findings) : '';
      return [formatText(files, layout), ...(annotations === '' ? [] : [annotations])].join('\n');
    }
  }
}
