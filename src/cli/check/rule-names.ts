import { allSteps, type Cursor, isPresent, type RuleFacts, textAt } from '../../workload/check/index.ts';
import { METHODS } from '../../workload/schema/index.ts';

/** The names that the rules of a test can be about. */
export interface RuleNames {
  readonly phases: readonly string[];
  readonly journeys: readonly string[];
  readonly requests: readonly string[];
  /**
   * Whether a request may be called this, whose name is not known here: with a variable in it or of an unknown engine it may
   * be called anything; without a name it is called by its URL.
   */
  readonly mayBeCalled: (name: string) => boolean;
  /** Whether the processor may give a request this name. */
  readonly mayBeNamedByCode: (name: string) => boolean;
}

/** Collects what people have named in a test. */
export function ruleNames({ config, journeys, mayBeNamedByCode }: RuleFacts): RuleNames {
  const requests = journeys
    .flatMap(({ steps }) => allSteps(steps))
    .flatMap(({ cursor, kind }) => (isMethod(kind) ? [cursor.at(kind)] : []));
  const names = requests.flatMap((request) => textAt(request.at('name')) ?? []);
  const scenarios = journeys.filter(({ role }) => role === 'scenario');
  const isKnown = journeys.every(({ dialect, steps }) => dialect !== undefined && steps.length > 0);
  const isOpen = !isKnown || names.some((name) => name.includes('{{'));
  return {
    phases: config
      .at('phases')
      .items()
      .flatMap((phase) => textAt(phase.at('name')) ?? []),
    journeys: scenarios.map(({ name }, index) => name ?? String(index)),
    requests: names,
    mayBeNamedByCode,
    mayBeCalled: (name) => isOpen || (names.length < requests.length && /\/|\{\{/.test(name)),
  };
}

/** The metrics that carry these names, so that a condition can be cut into words. */
export function metricsNamedAfter({ journeys, requests }: RuleNames): string[] {
  return [...journeys, ...requests].flatMap((name) => [
    `vusers.created_by_name.${name}`,
    `plugins.metrics-by-endpoint.response_time.${name}`,
    `plugins.metrics-by-endpoint.${name}`,
  ]);
}

function isMethod(kind: string): boolean {
  return METHODS.some((method) => method === kind);
}

/** Whether metrics of requests are called by the names of the requests alone. */
export function usesRequestNames(config: Cursor): boolean {
  const options = config.at('plugins', 'metrics-by-endpoint');
  return options.at('useOnlyRequestNames').value === true && !isPresent(options.at('metricsNamespace'));
}
