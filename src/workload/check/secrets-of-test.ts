import { isEntry } from '../plan/entry.ts';
import { secretValues } from '../secrets/secret-values.ts';
import { type Cursor, textAt } from './cursor.ts';
import { allSteps } from './journey.ts';
import type { TestModel } from './test-model.ts';

/** What `config.plugins.verdict.secrets` declares. */
export function declaredSecrets(config: Cursor): readonly Cursor[] {
  return config
    .at('plugins', 'verdict', 'secrets')
    .items()
    .filter((item) => textAt(item) !== undefined);
}

/** The secrets of a test in every way it may run: what is found in it quotes lines that may hold them. */
export function secretsOfTest({ source, root, views, journeys, options }: TestModel): readonly string[] {
  const configs = views.length === 0 ? [root.at('config')] : views.map(({ config }) => config);
  const declared = [...new Set(configs.flatMap(declaredSecrets).flatMap((item) => textAt(item) ?? []))];
  const flows = journeys.flatMap(({ heads, steps }) => [
    ...heads.map(({ value }) => value),
    ...allSteps(steps).map(({ cursor }) => cursor.value),
  ]);
  const env = options.env ?? process.env;
  const file = source.absolutePath;
  const parts = configs.map(({ value }) => (isEntry(value) ? value : {}));
  return [...new Set(parts.flatMap((config) => secretValues({ file, config, flows, declared, env })))];
}
