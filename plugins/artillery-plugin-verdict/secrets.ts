import { outputRedactor } from 'proving-ground/record/redact.ts';
import { expandIncludes, secretValues } from 'proving-ground/workload/index.ts';
import type { Script } from './artillery.ts';

/** Names that `config.plugins.verdict.secrets` declares; none where it is no list, which the check says. */
export function declaredSecrets(script: Script): string[] {
  const options = script.config.plugins?.verdict;
  const declared: unknown = typeof options === 'object' && options !== null ? Reflect.get(options, 'secrets') : [];
  return Array.isArray(declared) ? declared.filter((name) => typeof name === 'string') : [];
}

/** Teaches the redactor of this thread the secrets of a test that are known before it runs. */
export function learnSecrets(script: Script, argv: readonly string[]): void {
  const { config, before, after, _scriptPath } = script;
  outputRedactor.learn(
    secretValues({
      file: _scriptPath ?? '',
      config,
      flows: [journeysOf(script), before, after],
      declared: declaredSecrets(script),
      env: process.env,
    }),
  );
  // The key of Artillery's own service, the only secret among its options.
  outputRedactor.learn(argv.filter((_, index) => argv[index - 1] === '--key'));
}

/** A journey that cannot be read has no secrets, and the check says why it cannot. */
function journeysOf({ scenarios, _scriptPath }: Script): readonly unknown[] {
  try {
    return _scriptPath === undefined ? scenarios : expandIncludes(scenarios, _scriptPath);
  } catch {
    return scenarios;
  }
}
