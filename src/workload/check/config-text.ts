import { dirname } from 'node:path';
import { callIn, resolveTemplates, valueAt, variablesIn } from '../plan/template.ts';

/** What Artillery puts into the configuration when it starts. */
export interface ConfigVariables {
  /** The test file, absolute. */
  readonly scenarioFile: string;
  readonly environment: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * A text of the configuration as Artillery would read it.
 *
 * @returns undefined where that cannot be told before the run.
 */
export function configText(text: string, { scenarioFile, environment, env }: ConfigVariables): string | undefined {
  const known = {
    $scenarioFile: scenarioFile,
    $dirname: dirname(scenarioFile),
    $environment: environment,
    $env: env,
    $processEnvironment: env,
  };
  const isKnown = variablesIn(text).every(({ name }) => valueAt(known, name) !== undefined);
  const resolved = isKnown && callIn(text) === undefined ? resolveTemplates(text, known) : undefined;
  return typeof resolved === 'string' && !resolved.includes('{{') ? resolved : undefined;
}
