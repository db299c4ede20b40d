import { addMeasurements, type Measurements, NO_MEASUREMENTS } from '../../record/index.ts';
import { mergeSketches, quantileOf, type Sketch } from '../../stats/index.ts';
import type { Quantity, Sentence, Subject } from './sentence.ts';

/** A span of a run, as far as one sentence looks at it. */
export interface Span {
  readonly measured: Measurements;
  /** Length, in seconds. */
  readonly seconds: number;
  /** Virtual users that the plan starts in it. */
  readonly plannedUsers: number;
}

/** The span of no length, to which others are added. */
export const EMPTY_SPAN: Span = { measured: NO_MEASUREMENTS, seconds: 0, plannedUsers: 0 };

/** The union of two spans that follow each other. */
export function addSpans(a: Span, b: Span): Span {
  return {
    measured: addMeasurements(a.measured, b.measured),
    seconds: a.seconds + b.seconds,
    plannedUsers: a.plannedUsers + b.plannedUsers,
  };
}

/**
 * What a sentence observes in a span, in the unit of its limit; undefined where there is no data. A count of requests or of
 * an error that never occurred is 0 as soon as any user ran.
 */
export function valueOfSentence({ quantity, subject, limit }: Sentence, span: Span): number | undefined {
  const facts = factsOf(subject, span.measured);
  if (quantity.kind === 'rate' && limit.unit === '% of planned') return share(facts.users, span.plannedUsers);
  return valueOfQuantity(quantity, facts, span.seconds);
}

/** The part of the measurements that a sentence about this subject needs; the rest costs only time to add up. */
export function relevantTo(subject: Subject, { counters, events, histograms }: Measurements): Measurements {
  const isRelevant = (name: string): boolean => name === 'vusers.created' || concerns(subject, name);
  return {
    counters: pick(counters, isRelevant),
    events: pick(events, isRelevant),
    histograms: pick(histograms, isRelevant),
  };
}

function concerns(subject: Subject, name: string): boolean {
  switch (subject.kind) {
    case 'all requests':
      return name === 'http.response_time' || ENDPOINT_COUNTER.test(name);
    case 'named':
      return name.includes(subject.name);
    case 'metric':
      return name === subject.name;
  }
}

function pick<V>(record: Readonly<Record<string, V>>, isWanted: (name: string) => boolean): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => isWanted(name)));
}

/** What is known about the subject of a sentence. */
interface Facts {
  /** Its values: times of requests or journeys, or those of the metric. */
  readonly values: Sketch | undefined;
  /** How often it happened; undefined: nobody counts it. */
  readonly count: number | undefined;
  /** How often it failed, and out of how many attempts. */
  readonly failed: number;
  readonly attempts: number;
  /** Virtual users that were started. */
  readonly users: number;
}

function valueOfQuantity(quantity: Quantity, facts: Facts, seconds: number): number | undefined {
  const { values, count } = facts;
  switch (quantity.kind) {
    case 'rate':
      return count === undefined || seconds === 0 ? undefined : count / seconds;
    case 'count':
      return count;
    case 'error rate':
      return share(facts.failed, facts.attempts);
    case 'quantile':
      return values === undefined || values.count === 0 ? undefined : quantileOf(values, quantity.percent / 100);
    case 'mean':
      return values === undefined || values.count === 0 ? undefined : values.sum / values.count;
    case 'min':
    case 'max':
      return values === undefined || values.count === 0 ? undefined : values[quantity.kind];
  }
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : (part / whole) * 100;
}

function factsOf(subject: Subject, measured: Measurements): Facts {
  const users = measured.counters['vusers.created'] ?? 0;
  switch (subject.kind) {
    case 'all requests':
      return { ...requestFacts(measured, () => true, measured.histograms['http.response_time']), users };
    case 'metric':
      return metricFacts(subject.name, measured, users);
    case 'named': {
      const started = measured.counters[`${JOURNEY_STARTED}${subject.name}`];
      return started === undefined
        ? endpointFacts(subject.name, measured, users)
        : journeyFacts(subject.name, started, measured);
    }
  }
}

const JOURNEY_STARTED = 'vusers.created_by_name.';
const ENDPOINT_TIME = 'plugins.metrics-by-endpoint.response_time.';
const ENDPOINT_COUNTER = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.(?:codes\.(?<code>\d{3})|errors\.[^.]+)$/;

function endpointFacts(name: string, measured: Measurements, users: number): Facts {
  // Without useOnlyRequestNames, metrics-by-endpoint calls it "/search (Search)".
  const isIt = (endpoint: string): boolean => endpoint === name || endpoint.endsWith(` (${name})`);
  const sketches = Object.entries(measured.histograms).flatMap(([metric, sketch]) =>
    metric.startsWith(ENDPOINT_TIME) && isIt(metric.slice(ENDPOINT_TIME.length)) ? [sketch] : [],
  );
  const [first, ...others] = sketches;
  return { ...requestFacts(measured, isIt, first && others.reduce(mergeSketches, first)), users };
}

/** A request fails when there is no answer, or the server says that it is to blame (5xx). */
function requestFacts(
  { counters }: Measurements,
  isIt: (endpoint: string) => boolean,
  values: Sketch | undefined,
): Omit<Facts, 'users'> {
  let [answers, failed, attempts] = [0, 0, 0];
  for (const [metric, count] of Object.entries(counters)) {
    const groups = ENDPOINT_COUNTER.exec(metric)?.groups;
    if (groups?.endpoint === undefined || !isIt(groups.endpoint)) continue;
    attempts += count;
    if (groups.code !== undefined) answers += count;
    if (groups.code === undefined || groups.code.startsWith('5')) failed += count;
  }
  return { values, count: answers, failed, attempts };
}

/** The names are those that the verdict plugin in the workers gives to the ends of journeys. */
function journeyFacts(name: string, started: number, { counters, histograms }: Measurements): Facts {
  const failed = counters[`journeys.${name}.failed`] ?? 0;
  return { values: histograms[`journeys.${name}.time`], count: started, failed, attempts: started, users: started };
}

function metricFacts(name: string, { counters, events, histograms }: Measurements, users: number): Facts {
  const values = histograms[name];
  return { values, count: counters[name] ?? events[name] ?? values?.count, failed: 0, attempts: 0, users };
}
