import { isEntry } from './entry.ts';

/** The part of a run's record (`run.json`) that a plan can learn from. */
export interface RunToLearnFrom {
  readonly test: { readonly file: string; readonly environment?: string | undefined };
  readonly startedAt: string;
  readonly ending: { readonly how: string };
  /** Absent in a baseline, which keeps no variables. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly metrics: {
    readonly counters: Readonly<Record<string, number>>;
    readonly summaries: Readonly<Record<string, { readonly mean: number } | undefined>>;
  };
}

/** What a run tells about its users. */
export interface MeasuredRun {
  /** How to call it in a sentence, such as the path of its folder. */
  readonly label: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Mean of the users that came to the end of their journey, in milliseconds. undefined: nobody did. */
  readonly sessionMs: number | undefined;
  /** Users started of the journey that Artillery calls by this name. */
  usersOf(metricName: string): number;
  /** Requests of an endpoint by its label; undefined when the run did not count by endpoint. */
  requestsOf(label: string): number | undefined;
  /** Why it may not fit the test as it is now; empty when nothing speaks against it. */
  readonly doubts: readonly string[];
}

/** What the test to be planned says, to see whether the run was one of it. */
export interface PlannedAs {
  readonly environment?: string | undefined;
  readonly config: Readonly<Record<string, unknown>>;
}

const ENDPOINT = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.(?:codes\.\d+|errors\.[^.]+)$/;
const METHOD = /^[A-Z]+ /;

/** Reads a run's record for what it tells about the users of a test. */
export function measuredRun(run: RunToLearnFrom, label: string, planned: PlannedAs): MeasuredRun {
  const { counters, summaries } = run.metrics;
  const endpoints = requestsByEndpoint(counters);
  return {
    label,
    startedAt: run.startedAt,
    sessionMs: summaries['vusers.session_length']?.mean,
    usersOf: (metricName) => counters[`vusers.created_by_name.${metricName}`] ?? 0,
    requestsOf: (endpoint) => requestsOf(endpoint, endpoints),
    doubts: doubtsAbout(run, planned),
  };
}

function requestsByEndpoint(counters: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const requests = new Map<string, number>();
  for (const [name, count] of Object.entries(counters)) {
    const endpoint = ENDPOINT.exec(name)?.groups?.endpoint;
    if (endpoint !== undefined) requests.set(endpoint, (requests.get(endpoint) ?? 0) + count);
  }
  return requests;
}

/**
 * metrics-by-endpoint calls a request by its name, or by `path (name)`, or by its path alone, without the method.
 */
function requestsOf(label: string, endpoints: ReadonlyMap<string, number>): number | undefined {
  const path = label.replace(METHOD, '').replace(/\?.*$/, '');
  const matching = [...endpoints].filter(
    ([endpoint]) => endpoint === label || endpoint.endsWith(` (${label})`) || endpoint.replace(/\?.*$/, '') === path,
  );
  return endpoints.size === 0 ? undefined : matching.reduce((sum, [, count]) => sum + count, 0);
}

function doubtsAbout(run: RunToLearnFrom, { environment, config }: PlannedAs): string[] {
  const doubts: string[] = [];
  if (run.ending.how !== 'completed') doubts.push('it was cut short, so that long sessions are missing in it');
  if (run.test.environment !== environment) {
    doubts.push(`it ran ${run.test.environment === undefined ? 'without -e' : `with -e ${run.test.environment}`}`);
  }
  if (run.configuration !== undefined && haveChanged(run.configuration.variables, config.variables))
    doubts.push('the variables of the test have changed since');
  return doubts;
}

/** Values that the record holds back as secrets are taken as unchanged. */
function haveChanged(then: unknown, now: unknown): boolean {
  const [before, after] = [isEntry(then) ? then : {}, isEntry(now) ? now : {}];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].some((name) => {
    return before[name] !== '[redacted]' && JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  });
}
