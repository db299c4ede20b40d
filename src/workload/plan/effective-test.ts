import { dirname, resolve } from 'node:path';
import { type Position, UserFault } from '../../errors.ts';
import { expandIncludes } from '../include.ts';
import type { TestFile, YamlPath } from '../test-file.ts';
import { type Entry, isEntry } from './entry.ts';
import { mergeConfig } from './merge.ts';
import { resolveTemplates } from './template.ts';

/** A test as Artillery runs it: environment laid over it, templates of the configuration resolved, includes expanded. */
export interface EffectiveTest {
  /** The test file, as the user typed it. */
  readonly file: string;
  readonly environment?: string | undefined;
  readonly config: Entry;
  readonly scenarios: readonly unknown[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** Phases of the file that the environment does not replace, so that they run after its own. */
  readonly keptPhases: number;
  /** Where a value of the configuration stands: in the environment if it comes from there. */
  readonly locate: (pathInConfig: YamlPath) => Position | undefined;
}

/** What a user can say beside the file. */
export interface TestChoice {
  /** `-e`: the name of one of `config.environments`. */
  readonly environment?: string | undefined;
  /** `--target`: wins over the file and the environment. */
  readonly target?: string | undefined;
  /** The variables of the shell, for `{{ $env.X }}`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Prepares a test file as Artillery's `run` does, in the same order.
 *
 * @throws UserFault `environment-unknown` (where Artillery only warns), `test-file-shape`, and the faults of includes.
 */
export function effectiveTest(file: TestFile, { environment, target, env }: TestChoice): EffectiveTest {
  const { content } = file;
  if (!isEntry(content) || !Array.isArray(content.scenarios)) {
    throw new UserFault('test-file-shape', `${file.path} is no test: it has no list of scenarios`, {
      hint: 'A test has config (target, phases) and scenarios.',
    });
  }
  const base = isEntry(content.config) ? content.config : {};
  const overlay = environment === undefined ? {} : overlayOf(base, environment, file);
  const merged = { ...mergeConfig(base, overlay), ...(target === undefined ? {} : { target }) };
  const variables = {
    $scenarioFile: resolve(file.path),
    $dirname: dirname(resolve(file.path)),
    $processEnvironment: env,
    $env: env,
    $environment: environment,
  };
  const config = resolveTemplates(merged, variables);
  return {
    file: file.path,
    environment,
    config: isEntry(config) ? config : {},
    scenarios: expandIncludes(content.scenarios, file.path),
    before: content.before,
    after: content.after,
    keptPhases: Array.isArray(overlay.phases) ? Math.max(0, lengthOf(base.phases) - overlay.phases.length) : 0,
    locate: (path) =>
      (environment === undefined ? undefined : file.position(['config', 'environments', environment, ...path])) ??
      file.position(['config', ...path]),
  };
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function overlayOf(config: Entry, environment: string, file: TestFile): Entry {
  const environments = isEntry(config.environments) ? config.environments : {};
  const overlay = environments[environment];
  if (isEntry(overlay)) return overlay;
  const names = Object.keys(environments);
  throw new UserFault('environment-unknown', `${file.path} has no environment ${JSON.stringify(environment)}`, {
    position: file.position(['config', 'environments']),
    hint:
      names.length === 0
        ? 'It has no config.environments at all; leave -e out.'
        : `It has ${names.join(', ')}. (Artillery itself would only warn, and run without it.)`,
  });
}
