import { createErrorExamples, errorKind, saidByError } from 'proving-ground/record/error-examples.ts';
import { answerCollect } from 'proving-ground/record/live-events.ts';
import { outputRedactor } from 'proving-ground/record/redact.ts';
import type { ArtilleryGlobal, Script } from './artillery.ts';
import { failedRequest } from './journey-metrics.ts';
import { type ScenarioContext, watchScenarios } from './watched-engines.ts';

/** Keeps examples of its own, with what the server said. */
const OWN_ENGINE = 'undici';

/**
 * In a worker: keeps a few examples of the errors that end journeys on Artillery's own engines and on those of others. They
 * tell of their users only how each of them ended: an answer 4xx or 5xx is no error to them.
 */
export function watchErrors({ globalEvents }: ArtilleryGlobal, script: Script): void {
  const examples = createErrorExamples();
  answerCollect(globalEvents, () => ({ slice: undefined, samples: undefined, examples: examples.take() }));
  const note = (error: unknown, context: ScenarioContext): void => {
    const kind = outputRedactor.text(errorKind(error));
    const endpoint = endpointOf(error, context);
    if (!examples.wants(kind, endpoint, Date.now())) return;
    const journey = context.scenario?.name;
    const said = saidByError(error, kind);
    examples.add({
      ...{ kind, endpoint, at: new Date().toISOString() },
      journey: journey === undefined ? undefined : outputRedactor.text(journey),
      ...(said === undefined ? {} : { said, saidBy: 'client' }),
    });
  };
  const { engines } = script.config;
  const others = typeof engines === 'object' && engines !== null ? Object.keys(engines) : [];
  watchScenarios(
    others.filter((name) => name !== OWN_ENGINE),
    (run) => (context, done) =>
      run(context, (error, final) => {
        if (error) note(error, final ?? context);
        done(error, final);
      }),
  );
}

function endpointOf(error: unknown, context: ScenarioContext): string | undefined {
  const request = failedRequest(context, error);
  if (request === undefined) return undefined;
  const { name, url } = request;
  return outputRedactor.text(String(name ?? url));
}
