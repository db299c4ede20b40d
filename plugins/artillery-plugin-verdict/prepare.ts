import { cpus } from 'node:os';
import { relative } from 'node:path';
import { foundBaseline } from 'proving-ground/cli/plan-baseline.ts';
import { type LocateRule, readRules, type TestRules } from 'proving-ground/gate/index.ts';
import type { WatchedSystem } from 'proving-ground/record/system/index.ts';
import {
  checkTargets,
  createTargetPolicy,
  expandIncludes,
  readTargets,
  readTestFile,
  type TargetPolicy,
  type TestFile,
} from 'proving-ground/workload/index.ts';
import { defaultWorkers, type EffectiveTest, makePlan, type Plan } from 'proving-ground/workload/plan/index.ts';
import type { Script } from './artillery.ts';
import { watchListOf } from './monitor/watch-list.ts';
import { type Options, parseOptions } from './options.ts';
import { type PlannedUsers, plannedUsersOf } from './planned-users.ts';

/** What a test asks of this plugin. */
export interface PreparedTest extends TestRules {
  readonly options: Options;
  readonly plan: Plan;
  readonly plannedUsers: PlannedUsers;
  /** What is to be watched; undefined: nothing may be. */
  readonly watchList: readonly WatchedSystem[] | undefined;
}

/**
 * Reads everything that can be wrong in a test before any load is sent.
 *
 * @param enforced false: rules are shown but do not change the verdict.
 * @throws UserFault with the place in the file.
 */
export function prepareTest(script: Script, enforced: boolean): PreparedTest {
  const file = testFileOf(script);
  const locate: LocateRule = (path) => file?.position(path);
  const options = parseOptions(script.config.plugins?.verdict, locate(['config', 'plugins', 'verdict']));
  const scenarios =
    script._scriptPath === undefined ? script.scenarios : expandIncludes(script.scenarios, script._scriptPath);
  const policy = createTargetPolicy(readTargets(script._scriptPath ?? ''), process.env.CONFIRM_PRODUCTION);
  refuseForeignTargets(script, file, policy);
  const { rules, thresholds } = readRules(script.config, locate);
  const known = metricsNamedAfter(namesIn(scenarios));
  for (const rule of rules) rule.condition(known);
  const plan = planOf(script, scenarios, file, options.reports);
  return {
    options,
    thresholds,
    plan,
    watchList: watchListOf(options.monitor, { policy, env: process.env, locate }),
    plannedUsers: plannedUsersOf(plan),
    rules: enforced ? rules : rules.map((rule) => ({ ...rule, strict: false })),
  };
}

/** By the script that Artillery is about to run: after environments, overrides and templates. */
function planOf(script: Script, scenarios: readonly unknown[], file: TestFile | undefined, reports: string): Plan {
  const { config, before, after, _environment } = script;
  const test: EffectiveTest = {
    file: file?.path ?? 'the test',
    environment: _environment,
    config,
    scenarios,
    before,
    after,
    keptPhases: 0,
    locate: (path) => file?.position(['config', ...path]),
  };
  return makePlan(test, { workers: defaultWorkers(cpus().length), measured: foundBaseline(reports, test) });
}

function refuseForeignTargets(
  { config, _environment }: Script,
  file: TestFile | undefined,
  policy: TargetPolicy,
): void {
  const { target, phases } = config;
  checkTargets({ file: file?.path, target, environment: _environment, phases }, policy);
}

/** Read once more for positions: Artillery keeps none. A test written in TypeScript has no YAML to point into. */
function testFileOf(script: Script): TestFile | undefined {
  const path = script._scriptPath;
  return path !== undefined && /\.(?:ya?ml|json)$/i.test(path)
    ? readTestFile(relative(process.cwd(), path))
    : undefined;
}

/** Names that people typed, and that metrics will carry: those of journeys and of requests. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  const nested = Object.values(value).flatMap(namesIn);
  return 'name' in value && typeof value.name === 'string' ? [value.name, ...nested] : nested;
}

/** Such names may contain any word, also "and"; the reader of a condition must know them to see where they end. */
function metricsNamedAfter(names: readonly string[]): string[] {
  return names.flatMap((name) => [
    `vusers.created_by_name.${name}`,
    `plugins.metrics-by-endpoint.response_time.${name}`,
    `plugins.metrics-by-endpoint.${name}`,
  ]);
}
