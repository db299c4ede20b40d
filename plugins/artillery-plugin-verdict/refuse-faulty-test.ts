import { relative } from 'node:path';
import { checkRules, checkWithoutSecrets, formatFinding, formatGithub } from 'proving-ground/cli/check/index.ts';
import { UserFault } from 'proving-ground/errors.ts';
import { styleFor } from 'proving-ground/report/index.ts';
import type { Finding } from 'proving-ground/workload/check/index.ts';
import type { RunFlags, Script } from './artillery.ts';

/**
 * Finds everything that is wrong with the test file and what it names, prints it, and refuses the test if any of it is an
 * error. A test that is no YAML (TypeScript, for example) is not looked at.
 *
 * @param flags what `artillery run` was called with.
 * @throws UserFault `test-faulty`.
 */
export function refuseFaultyTest(script: Script, flags: RunFlags): void {
  const path = script._scriptPath;
  if (path === undefined || !/\.(?:ya?ml|json)$/i.test(path)) return;
  const file = relative(process.cwd(), path);
  const { findings } = checkWithoutSecrets(file, {
    environment: script._environment,
    everyEnvironment: false,
    target: flags.target,
    configFile: flags.config,
    variables: variableNames(flags.variables),
    isOverridden: flags.overrides !== undefined,
    env: process.env,
    rules: checkRules,
  });
  if (findings.length > 0) print(findings);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return;
  throw new UserFault(
    'test-faulty',
    `${file} has ${errors === 1 ? 'an error' : `${errors} errors`}; no load was sent`,
    {
      hint: `Mend ${errors === 1 ? 'it' : 'them'} and look again without running: npx proving-ground check ${file}`,
    },
  );
}

function print(findings: readonly Finding[]): void {
  const layout = { style: styleFor(process.stderr, process.env), width: Math.max(60, process.stderr.columns ?? 100) };
  console.error(findings.map((finding) => formatFinding(finding, layout)).join('\n'));
  if (process.env.GITHUB_ACTIONS === 'true') console.log(formatGithub(findings));
}

function variableNames(json: string | undefined): string[] {
  try {
    const variables: unknown = JSON.parse(json ?? '{}');
    return typeof variables === 'object' && variables !== null ? Object.keys(variables) : [];
  } catch {
    // Artillery reads the same text and has ended with its own message by now.
    return [];
  }
}
