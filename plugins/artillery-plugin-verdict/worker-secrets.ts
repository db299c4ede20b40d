import type { ArtilleryGlobal, Script } from './artillery.ts';
import { redactMetricNames } from './redacted-metrics.ts';
import { redactOutput } from './redacted-output.ts';
import { createVariableWatch, secretVariables, shareSecrets } from './secret-variables.ts';
import { declaredSecrets, learnSecrets } from './secrets.ts';
import { watchScenarios } from './watched-engines.ts';

/**
 * In a worker: learns the secrets of the test, and those that its users come by, and lets none of them reach the names of
 * metrics or what is printed. To be called when everything that listens in on the metric store does so.
 */
export function keepSecrets(artillery: ArtilleryGlobal, script: Script): void {
  learnSecrets(script, []);
  redactOutput();
  redactMetricNames(artillery.__SSMS.prototype);
  const names = secretVariables(script.scenarios, declaredSecrets(script));
  if (names.length === 0) return;
  const watch = createVariableWatch(names, shareSecrets(artillery.testRunId));
  const unwatched = watchScenarios(enginesOf(script), (run) => (context, done) => {
    watch(context.vars);
    return run(context, done);
  });
  if (unwatched.length > 0) {
    console.error(
      `warning: users of the engine ${unwatched.join(', ')} cannot be watched: secrets that they come by (${names.join(', ')}) ` +
        'may show in what is printed and written',
    );
  }
}

function enginesOf({ config: { engines } }: Script): string[] {
  return typeof engines === 'object' && engines !== null ? Object.keys(engines) : [];
}
