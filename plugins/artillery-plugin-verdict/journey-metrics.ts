import type { Script } from './artillery.ts';

const STARTED_AT = Symbol('journey started at');
const FAILED = Symbol('journey failed');

/** A request as hooks see it. */
interface FailedRequest {
  readonly name?: unknown;
  readonly url?: unknown;
}

interface JourneyContext {
  readonly scenario?: { readonly name?: string };
  readonly [STARTED_AT]?: number;
  readonly [FAILED]?: { readonly error: unknown; readonly request: FailedRequest };
}

interface JourneyEvents {
  emit(event: 'counter' | 'histogram', name: string, value: number): unknown;
}

const BEGIN = 'provingGroundBeginJourney';
const END = 'provingGroundEndJourney';
const FAIL = 'provingGroundFailJourney';

/**
 * Measures every journey of a script under its name: `journeys.<name>.time` in milliseconds from the first step to the last,
 * think time included, and the counters `journeys.<name>.completed` and `journeys.<name>.failed` (a request got no answer, or
 * a capture did not match). Artillery itself measures only all journeys together.
 */
export function measureJourneys(script: Script): void {
  const { processor } = script.config;
  const functions = typeof processor === 'object' && processor !== null ? processor : {};
  script.config.processor = Object.assign(functions, { [BEGIN]: beginJourney, [END]: endJourney, [FAIL]: failJourney });
  for (const scenario of script.scenarios) {
    if (typeof scenario !== 'object' || scenario === null || !('name' in scenario)) continue;
    Object.assign(scenario, {
      beforeScenario: [BEGIN, ...hooksOf(scenario, 'beforeScenario')],
      afterScenario: [...hooksOf(scenario, 'afterScenario'), END],
      onError: [...hooksOf(scenario, 'onError'), FAIL],
    });
  }
}

function hooksOf(scenario: object, key: string): unknown[] {
  const hooks: unknown = Object.entries(scenario).find(([name]) => name === key)?.[1];
  return hooks === undefined ? [] : [hooks].flat();
}

function beginJourney(context: JourneyContext, _events: JourneyEvents, done: () => void): void {
  Object.assign(context, { [STARTED_AT]: performance.now() });
  done();
}

function endJourney(context: JourneyContext, events: JourneyEvents, done: () => void): void {
  const name = context.scenario?.name;
  const startedAt = context[STARTED_AT];
  if (name !== undefined && startedAt !== undefined) {
    events.emit('histogram', `journeys.${name}.time`, performance.now() - startedAt);
    events.emit('counter', `journeys.${name}.completed`, 1);
  }
  done();
}

/** The request of a named journey that failed with this error; undefined: none did. */
export function failedRequest(context: JourneyContext, error: unknown): FailedRequest | undefined {
  const failed = context[FAILED];
  return failed?.error === error ? failed?.request : undefined;
}

function failJourney(
  error: unknown,
  request: FailedRequest,
  context: JourneyContext,
  events: JourneyEvents,
  done: () => void,
): void {
  const name = context.scenario?.name;
  // Requests that run in parallel can fail together; the user is lost once.
  if (name !== undefined && context[FAILED] === undefined) events.emit('counter', `journeys.${name}.failed`, 1);
  Object.assign(context, { [FAILED]: { error, request } });
  done();
}
