import { AsyncLocalStorage } from 'node:async_hooks';
import { UserFault } from 'proving-ground/errors.ts';
import { EXIT_CODES } from 'proving-ground/exit-codes.ts';
import { outputRedactor } from 'proving-ground/record/index.ts';
import type { TargetPolicy } from 'proving-ground/workload/index.ts';
import type { ArtilleryGlobal, Script } from './artillery.ts';
import { guardConnections } from './connection-guard.ts';
import { createVariableWatch, secretVariables } from './secret-variables.ts';
import { declaredSecrets } from './secrets.ts';
import { type ScenarioRun, watchScenarios } from './watched-engines.ts';

// Artillery runs the steps of `before` and `after` in its main process, where other plugins have business of their own with
// hosts that no load may go to (Datadog, Slack, a cloud). Which of the two a connection belongs to is known from the
// asynchronous context that it is made in: everything that a step, its hooks and the redirects of its requests begin
// inherits the context of the scenario. The other ways fail: a guard that is on for the time of `before` would also refuse a
// plugin that reports its start, and a stack trace ends at the first wait.

/** Guards `before` and `after` as the workers guard the users, and says in plain words when one of them fails. */
export function guardBeforeAndAfter(artillery: ArtilleryGlobal, script: Script, policy: TargetPolicy): void {
  const names = [script.before, script.after].flatMap(engineOf);
  const steps = new AsyncLocalStorage<true>();
  const watch = createVariableWatch(secretVariables([script.before, script.after], declaredSecrets(script)), (values) =>
    outputRedactor.learnPassing(values),
  );
  const end = createEnd(artillery);
  const unwatched = watchScenarios(names, (run) => (context, callback) => {
    watch(context.vars);
    const told: typeof callback = (error, after) => {
      if (error === null || error === undefined) callback(null, after);
      else if (end.failed(error)) callback(null, context);
    };
    return steps.run(true, () => begin(run, context, told));
  });
  const [name] = unwatched.filter((engine) => names.includes(engine));
  if (name !== undefined) {
    throw new UserFault('target-not-allowed', `before or after runs in the engine ${name}, which cannot be watched`, {
      hint: 'Without a guard its hooks and redirects could lead anywhere. Use the engine http for before and after.',
    });
  }
  guardConnections(policy, end.refused, () => steps.getStore() === true);
}

function begin(run: ScenarioRun, context: Parameters<ScenarioRun>[0], callback: Parameters<ScenarioRun>[1]): unknown {
  try {
    return run(context, callback);
  } catch (thrown) {
    callback(thrown, context);
    return undefined;
  }
}

/** Artillery uses `config.engine` for scenarios only. */
function engineOf(hook: unknown): string[] {
  return typeof hook === 'object' && hook !== null && 'engine' in hook && typeof hook.engine === 'string'
    ? [hook.engine]
    : [];
}

/** How a run ends when `before` or `after` goes wrong. */
interface End {
  /** A step failed. @returns whether Artillery should go on all the same. */
  failed(error: unknown): boolean;
  refused(reason: string, hint: string): void;
}

function createEnd(artillery: ArtilleryGlobal): End {
  const refusals = new Set<string>();
  let phase: 'before' | 'after' = 'before';
  artillery.globalEvents.on('shutdown:start', () => {
    phase = 'after';
  });
  const stop = (exitCode: number): void => {
    // After the run, Artillery is on its way out already, and takes the last word on the exit code from here.
    if (phase === 'after') artillery.suggestedExitCode ||= exitCode;
    else void artillery.shutdown({ earlyStop: true, exitCode });
  };
  return {
    failed: (error) => {
      const isAfter = phase === 'after';
      if (refusals.size === 0) {
        const consequence = isAfter ? 'what it was to clear up is still there' : 'no load was sent';
        console.error(`\nerror: ${phase} failed: ${messageOf(error)}; ${consequence}`);
        stop(EXIT_CODES.failed);
      }
      return isAfter;
    },
    refused: (reason, hint) => {
      if (refusals.has(reason)) return;
      refusals.add(reason);
      console.error(`\nerror: ${phase}: ${reason}\n  ${hint}`);
      if (phase === 'after') artillery.suggestedExitCode = EXIT_CODES.configuration;
      else stop(EXIT_CODES.configuration);
    },
  };
}

function messageOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown);
}
